"""Idempotency: one key stands for one deed, however often it is sent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from ledger.chain.hashing import canonical_facts, canonical_json, sha256
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.errors import KeyReused
from ledger.core.messages import make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import lookup
from ledger.models import entry_text

FORM, JOURNAL, PEER = "form", "journal", "peer"
"""The channels that idempotency keys come through."""


@dataclass(frozen=True)
class Actors:
    """Who wrote an entry down, for whom, and which second person confirmed it."""

    entered_by: int
    on_behalf_of: int | None = None
    confirmed_by: int | None = None


@dataclass(frozen=True)
class Key:
    """The idempotency key of one deed, unique within the channel it came through."""

    scope: str
    key: str


@dataclass(frozen=True)
class Posted:
    """The printed number of an entry, and whether the same key had posted it before."""

    entry_id: int
    was_there: bool = False


Order = tuple[EntryDraft, Actors, Key]
_CHUNK = 200
_Item = TypeVar("_Item")


def find_posted(
    uow: UnitOfWork, orders: Sequence[Order], stand: Sequence[lookup.KeyRow] | None = None
) -> dict[Key, Posted]:
    """What stands in the books already under the orders' keys; KeyReused where it says something else.

    `stand` are the entries under these keys, where somebody looked them up already.
    """
    found: dict[Key, Posted] = {}
    if stand is None:
        stand = lookup.find_keys(uow, lookup_keys(orders))
    wanted = {key: draft for draft, _, key in reversed(orders)} if stand else {}
    for row in stand:
        key = Key(row["idem_scope"], row["idem_key"])
        if not same_request(uow, row, wanted[key]):
            raise KeyReused(
                make_message(
                    "This form was sent before with other content. Entry %(number)s stands.", number=row["entry_id"]
                )
            )
        found[key] = Posted(row["entry_id"], was_there=True)
    return found


def lookup_keys(orders: Sequence[Order]) -> list[tuple[str, str]]:
    """The orders' keys as they are looked up: each once, with its channel."""
    return list(dict.fromkeys((key.key, key.scope) for _, _, key in orders))


def same_request(uow: UnitOfWork, row: lookup.KeyRow, draft: EntryDraft) -> bool:
    """Whether a posted entry says what the draft says; erased words are taken as equal."""
    if bytes(row["fingerprint"]) != fingerprint(draft):
        return False
    where = (entry_text.c.community_id == uow.community_id, entry_text.c.entry_id == row["entry_id"])
    stored = {text.part: text for text in uow.connection.execute(select(entry_text).where(*where))}
    words = draft.texts()
    if "subject" not in stored:  # posted before subjects were stored; the narration says the same
        words.pop("subject", None)
    return stored.keys() == words.keys() and all(text.body in (None, words[part]) for part, text in stored.items())


def fingerprint(draft: EntryDraft) -> bytes:
    """SHA-256 over everything a request says but its erasable words, which are compared on their own."""
    lines = [
        [p.leaf.chart, p.leaf.unit, p.leaf.fund, p.leaf.owner, p.amount, p.programme, *quantity_of(p)]
        for p in draft.postings
    ]
    about = draft.about_on.isoformat() if draft.about_on else None
    head = [draft.kind, draft.family, draft.effective_on.isoformat(), about, draft.reverses, draft.corrects]
    rest = [draft.privacy, draft.decision, draft.document, draft.agreement, canonical_facts(draft.facts)]
    return sha256(canonical_json([*head, *rest, lines]))


def quantity_of(line: PostingDraft) -> tuple[int | None, str | None, str | None]:
    """A line's quantity as its three columns, all null or none."""
    return (line.quantity.milli, line.quantity.unit, line.quantity.method) if line.quantity else (None, None, None)


def orders_to_post(orders: Sequence[Order], seen: Mapping[Key, Posted]) -> list[Order]:
    """The orders still to post, each key once."""
    fresh: dict[Key, Order] = {}
    for order in orders:
        first = fresh.setdefault(order[2], order)
        if first is not order and first[0] != order[0]:
            raise KeyReused(make_message("The key “%(key)s” stands twice, with other content.", key=order[2].key))
    return [order for key, order in fresh.items() if key not in seen]


def outcomes(orders: Sequence[Order], seen: Mapping[Key, Posted], fresh: set[Key]) -> list[Posted]:
    """The outcome of every order, in the order given."""
    out = []
    for _, _, key in orders:
        out.append(seen[key] if key in fresh else Posted(seen[key].entry_id, was_there=True))
        fresh.discard(key)
    return out


def chunks(items: Sequence[_Item]) -> Iterator[Sequence[_Item]]:
    """The items a few hundred at a time, so that no statement grows without bound."""
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
