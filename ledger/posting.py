"""Posting: the only code that writes entries into the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Select, insert, select, tuple_, update

from ledger import chain, limits
from ledger.chain import canonical_facts, close_link, entry_digest, new_salt, seal_row, text_mac
from ledger.db import UnitOfWork, Writing
from ledger.drafts import EntryDraft, Leaf, PostingDraft, Quantity
from ledger.errors import AlreadyReversed, FieldWrong, ReversalOfReversal, UnknownEntry
from ledger.idempotency import (
    FORM,
    JOURNAL,
    PEER,
    Actors,
    Key,
    Order,
    Posted,
    chunks,
    fingerprint,
    first_of_each,
    quantity_of,
    results,
    seen_before,
)
from ledger.identities import known
from ledger.messages import say
from ledger.models import account, entry_text, hold, journal_entry, period, posting
from ledger.opening import Opens, next_id, record
from ledger.periods import Month

__all__ = ["FORM", "JOURNAL", "PEER", "Actors", "Key", "Posted", "post", "post_many", "reverse"]


@dataclass(frozen=True)
class _Places:
    """The numbers that drafts' accounts and decisions have in this community."""

    accounts: Mapping[Leaf, int]
    decisions: Mapping[str, int]

    def leaves(self) -> dict[int, tuple[str, str, str, int]]:
        return {number: (leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf, number in self.accounts.items()}


def post(writing: Writing, draft: EntryDraft, actors: Actors, key: Key, settles: Sequence[int] = ()) -> Posted:
    """Post one entry; the same key with the same content gives the first result, with other content KeyReused.

    `settles` are the holds that kept room for it: they end with it, and only with it.
    """
    return post_many(writing, [(draft, actors, key)], settles)[0]


def post_many(writing: Writing, orders: Sequence[Order], settles: Sequence[int] = ()) -> list[Posted]:
    """Post entries in the order given, all or none: n links, each table written by one statement."""
    seen = seen_before(writing, orders)
    fresh = first_of_each(orders, seen)
    if fresh:
        places = _places(writing, [draft for draft, _, _ in fresh])
        numbers = _insert(writing, fresh, places, settles)
        seen |= {key: Posted(number) for (_, _, key), number in zip(fresh, numbers, strict=True)}
    return results(orders, seen, {key for _, _, key in fresh})


def reverse(
    writing: Writing, entry_id: int, reason: str, actors: Actors, key: Key, on: dt.date | None = None
) -> Posted:
    """Post the exact opposite of an entry, linked to it, with the reason; on its own day unless `on` says another.

    The original stays as it is. Raises UnknownEntry, AlreadyReversed, ReversalOfReversal, PeriodClosed.
    """
    draft = reversal_of(writing, entry_id, reason, on)
    again = seen_before(writing, [(draft, actors, key)])
    if not again and _reversed_by(writing, entry_id) is not None:
        raise AlreadyReversed(say("Entry %(number)s is reversed already.", number=entry_id))
    return post(writing, draft, actors, key)


def reversal_of(uow: UnitOfWork, entry_id: int, reason: str, on: dt.date | None = None) -> EntryDraft:
    """The draft that would take an entry back: every line negated, quantities repeated as they are."""
    if not reason.strip():
        raise FieldWrong("reason", say("Say why the entry is taken back."))
    where = (journal_entry.c.community_id == uow.community_id, journal_entry.c.entry_id == entry_id)
    header = uow.connection.execute(select(journal_entry).where(*where)).mappings().one_or_none()
    if header is None:
        raise UnknownEntry(say("There is no entry number %(number)s.", number=entry_id))
    if header["reverses"] is not None:
        raise ReversalOfReversal(say("Entry %(number)s takes another back. Enter the right one anew.", number=entry_id))
    return EntryDraft(
        kind=header["kind"],
        family=header["family"],
        effective_on=on or header["effective_on"],
        postings=tuple(_opposite(row) for row in uow.connection.execute(_lines_of(uow, entry_id)).mappings()),
        reason=reason.strip(),
        privacy=header["privacy"],
        document=header["document"],
        agreement=header["agreement_id"],
        reverses=entry_id,
    )


def _lines_of(uow: UnitOfWork, entry_id: int) -> Select[Any]:
    columns = (posting, account.c.chart, account.c.owner_id)
    same = (account.c.community_id == posting.c.community_id) & (account.c.account_id == posting.c.account_id)
    where = (posting.c.community_id == uow.community_id, posting.c.entry_id == entry_id)
    return select(*columns).join(account, same).where(*where).order_by(posting.c.line)


def _opposite(row: RowMapping) -> PostingDraft:
    amount = row["quantity_milli"]
    quantity = None if amount is None else Quantity(amount, row["quantity_unit"], row["method"])
    leaf = Leaf(row["chart"], row["unit"], row["fund"], row["owner_id"])
    return PostingDraft(leaf, -row["amount"], row["programme"], quantity)


def _reversed_by(uow: UnitOfWork, entry_id: int) -> int | None:
    where = (journal_entry.c.community_id == uow.community_id, journal_entry.c.reverses == entry_id)
    return uow.connection.scalar(select(journal_entry.c.entry_id).where(*where))


# accounts, months, decisions


def numbers_of(writing: Writing, draft: EntryDraft) -> Mapping[Leaf, int]:
    """The numbers of a draft's accounts; those that were never used are opened."""
    return _places(writing, [draft]).accounts


def _places(writing: Writing, drafts: Sequence[EntryDraft]) -> _Places:
    leaves = list(dict.fromkeys(line.leaf for draft in drafts for line in draft.postings))
    codes = list(dict.fromkeys(draft.decision for draft in drafts if draft.decision))
    programmes = list(dict.fromkeys(line.programme for draft in drafts for line in draft.postings if line.programme))
    decisions = known(writing, leaves, codes, programmes)
    accounts = _accounts(writing, leaves)
    missing = [leaf for leaf in leaves if leaf not in accounts]
    if missing:
        first = next_id(writing, "account")
        accounts |= {leaf: first + i for i, leaf in enumerate(missing)}
    opened = [(accounts[leaf], leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf in missing]
    months = _new_months(writing, drafts)
    record(writing, entered_by=0, opens=Opens(accounts=opened, periods=months))
    if missing:
        limits.give_to_new(writing, [(accounts[leaf], leaf) for leaf in missing])
    return _Places(accounts, decisions)


def _accounts(writing: Writing, leaves: Sequence[Leaf]) -> dict[Leaf, int]:
    found: dict[Leaf, int] = {}
    parts = (account.c.owner_id, account.c.chart, account.c.unit, account.c.fund)
    for some in chunks(leaves):
        wanted = [(leaf.owner, leaf.chart, leaf.unit, leaf.fund) for leaf in some]
        query = select(account.c.account_id, *parts)
        query = query.where(tuple_(*parts).in_(wanted), account.c.community_id == writing.community_id)
        for number, owner, chart, unit, fund in writing.connection.execute(query):
            found[Leaf(chart, unit, fund, owner)] = number
    return found


def _new_months(writing: Writing, drafts: Sequence[EntryDraft]) -> list[int]:
    wanted = {Month.of(draft.effective_on).id for draft in drafts}
    query = select(period.c.period_id).where(
        period.c.community_id == writing.community_id, period.c.period_id.in_(wanted)
    )
    return sorted(wanted - set(writing.connection.scalars(query)))


# rows


def _insert(writing: Writing, orders: Sequence[Order], places: _Places, settles: Sequence[int] = ()) -> list[int]:
    headers, texts, lines, seals = [], [], [], []
    leaves, previous = places.leaves(), writing.head.hash
    for seq, (draft, actors, key) in enumerate(orders, writing.head.seq + 1):
        header = _header(writing, seq, draft, actors, key, places)
        words = _texts(writing, seq, draft)
        mine = _lines(writing, seq, draft, places)
        macs = [(row["part"], row["mac"]) for row in words]
        seals.append(
            seal_row(writing, seq, chain.ENTRY, entry_digest(writing.uid, header, macs, mine, leaves), previous)
        )
        previous = seals[-1]["hash"]
        headers.append(header)
        texts += words
        lines += mine
    for table, rows in ((journal_entry, headers), (entry_text, texts), (posting, lines)):
        if rows:
            writing.connection.execute(insert(table), rows)
    if settles:
        _settle(writing, settles, headers[-1]["entry_id"])
    close_link(writing, seals)
    return [header["entry_id"] for header in headers]


def _settle(writing: Writing, holds: Sequence[int], entry_id: int) -> None:
    """Free the room that an entry is about to take; the database lets it go only before the entry's seal."""
    where = (hold.c.community_id == writing.community_id, hold.c.hold_id.in_(holds))
    writing.connection.execute(update(hold).where(*where).values(state="settled", entry_id=entry_id))


def _header(writing: Writing, seq: int, draft: EntryDraft, actors: Actors, key: Key, places: _Places) -> dict[str, Any]:
    return {
        "community_id": writing.community_id,
        "entry_id": seq,
        "kind": draft.kind,
        "family": draft.family,
        "effective_on": draft.effective_on,
        "period_id": Month.of(draft.effective_on).id,
        "recorded_at": writing.now,
        "about_on": draft.about_on,
        "entered_by": actors.entered_by,
        "on_behalf_of": actors.on_behalf_of,
        "confirmed_by": actors.confirmed_by,
        "decision_id": places.decisions[draft.decision] if draft.decision else None,
        "reverses": draft.reverses,
        "corrects": draft.corrects,
        "agreement_id": draft.agreement,
        "document": draft.document,
        "privacy": draft.privacy,
        "idem_scope": key.scope,
        "idem_key": key.key,
        "fingerprint": fingerprint(draft),
        "facts": canonical_facts(draft.facts),
    }


def _texts(writing: Writing, seq: int, draft: EntryDraft) -> list[dict[str, Any]]:
    rows = []
    for part, body in sorted(draft.texts().items()):
        salt = new_salt()
        mac = text_mac(salt, writing.uid, seq, part, body)
        rows.append(
            {
                "community_id": writing.community_id,
                "entry_id": seq,
                "part": part,
                "mac": mac,
                "salt": salt,
                "body": body,
            }
        )
    return rows


def _lines(writing: Writing, seq: int, draft: EntryDraft, places: _Places) -> list[dict[str, Any]]:
    return [
        {
            "community_id": writing.community_id,
            "entry_id": seq,
            "line": number,
            "account_id": places.accounts[line.leaf],
            "unit": line.leaf.unit,
            "fund": line.leaf.fund,
            "effective_on": draft.effective_on,
            "period_id": Month.of(draft.effective_on).id,
            "programme": line.programme,
            "amount": line.amount,
            **dict(zip(("quantity_milli", "quantity_unit", "method"), quantity_of(line), strict=True)),
        }
        for number, line in enumerate(draft.postings, 1)
    ]
