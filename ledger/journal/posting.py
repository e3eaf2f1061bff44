"""Posting: the only code that writes entries into the books."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import Any

from sqlalchemy import update

from ledger.chain.hashing import append_seals
from ledger.chain.record_acts import NewIdentities, next_id, record
from ledger.core.drafts import AccountKey, EntryDraft
from ledger.core.periods import Month
from ledger.database import write_statements
from ledger.database.raw_sql import pipeline
from ledger.database.unit_of_work import WriteUnit
from ledger.journal import lookup
from ledger.journal.idempotency import (
    FORM,
    JOURNAL,
    PEER,
    Actors,
    Key,
    Order,
    Posted,
    find_posted,
    lookup_keys,
    orders_to_post,
    outcomes,
)
from ledger.journal.lookup import Existing
from ledger.journal.reference_checks import check_references
from ledger.journal.row_builder import DraftNumbers, build_rows
from ledger.limits import limit_rules
from ledger.models import hold

__all__ = ["FORM", "JOURNAL", "PEER", "Actors", "Key", "Posted", "post", "post_many"]

FIRST_BATCH_SIZE, BATCH_SIZE = 10, 100
"""How many entries PostgreSQL is sent at a time: few cost it more, many at first would keep it waiting."""


def post(writing: WriteUnit, draft: EntryDraft, actors: Actors, key: Key, settles: Sequence[int] = ()) -> Posted:
    """Post one entry; the same key with the same content gives the first result, with other content KeyReused.

    `settles` are the holds that kept room for it: they end with it, and only with it.
    """
    return post_many(writing, [(draft, actors, key)], settles)[0]


def post_many(writing: WriteUnit, orders: Sequence[Order], settles: Sequence[int] = ()) -> list[Posted]:
    """Post entries in the order given, all or none; their links are written by one statement."""
    stand = _stand(writing, orders)
    seen = find_posted(writing, orders, stand.entries)
    fresh = orders_to_post(orders, seen)
    if fresh:
        places = _places(writing, [draft for draft, _, _ in fresh], stand)
        numbers = _insert(writing, fresh, places, settles)
        seen |= {key: Posted(number) for (_, _, key), number in zip(fresh, numbers, strict=True)}
    return outcomes(orders, seen, {key for _, _, key in fresh})


# accounts, months, decisions


def open_accounts(writing: WriteUnit, draft: EntryDraft) -> Mapping[AccountKey, int]:
    """The numbers of a draft's accounts; those that were never used are opened."""
    return _places(writing, [draft], _stand(writing, [(draft, Actors(0), Key("", ""))])).accounts


def _stand(writing: WriteUnit, orders: Sequence[Order]) -> Existing:
    """What stands of what the orders name, asked for by one statement."""
    drafts = [draft for draft, _, _ in orders]
    lines = [line for draft in drafts for line in draft.postings]
    programmes = {line.programme for line in lines if line.programme}
    return lookup.find_existing(
        writing, lookup_keys(orders), {line.leaf for line in lines}, _months_of(drafts), programmes
    )


def _places(writing: WriteUnit, drafts: Sequence[EntryDraft], stand: Existing) -> DraftNumbers:
    leaves = dict.fromkeys(line.leaf for draft in drafts for line in draft.postings)
    codes = dict.fromkeys(draft.decision for draft in drafts if draft.decision)
    programmes = {line.programme for draft in drafts for line in draft.postings if line.programme}
    accounts = stand.accounts
    missing = [leaf for leaf in leaves if leaf not in accounts]
    months = sorted(_months_of(drafts) - stand.months)
    # what an account that is there is made of is there, too
    decisions = check_references(writing, missing, list(codes), sorted(programmes - stand.programmes))
    if missing or months:
        accounts = accounts | _opened(writing, missing, months)
    return DraftNumbers(accounts, decisions)


def _opened(writing: WriteUnit, leaves: Sequence[AccountKey], months: Sequence[int]) -> dict[AccountKey, int]:
    """Open accounts and months that were never used; the accounts' numbers."""
    first = next_id(writing, "account") if leaves else 0
    accounts = {leaf: first + place for place, leaf in enumerate(leaves)}
    rows = [(number, leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf, number in accounts.items()]
    record(writing, entered_by=0, opens=NewIdentities(accounts=rows, periods=months))
    if leaves:
        limit_rules.apply_to_new_accounts(writing, [(number, leaf) for leaf, number in accounts.items()])
    return accounts


def _months_of(drafts: Iterable[EntryDraft]) -> frozenset[int]:
    """The months that drafts are filed in."""
    return frozenset(Month.of(draft.effective_on).id for draft in drafts)


def _insert(
    writing: WriteUnit, orders: Sequence[Order], places: DraftNumbers, settles: Sequence[int] = ()
) -> list[int]:
    head, seals = writing.head, list[dict[str, Any]]()
    with nullcontext() if settles else pipeline(writing.connection):
        for some in _in_turn(writing, orders):
            rows = build_rows(writing, some, places, head)
            write_statements.write_entries(writing.connection, rows.headers, rows.words, rows.lines)
            head = rows.head
            seals += rows.seals
        if settles:
            _settle(writing, settles, head.seq)
        append_seals(writing, seals)
    return [seal["seq"] for seal in seals]


def _in_turn(writing: WriteUnit, orders: Sequence[Order]) -> Iterator[Sequence[Order]]:
    """PostgreSQL writes some entries while the next are hashed here; SQLite is no other process and takes them all."""
    if writing.engine_name == "sqlite":
        yield orders
        return
    yield orders[:FIRST_BATCH_SIZE]
    for first in range(FIRST_BATCH_SIZE, len(orders), BATCH_SIZE):
        yield orders[first : first + BATCH_SIZE]


def _settle(writing: WriteUnit, holds: Sequence[int], entry_id: int) -> None:
    """Free the room that an entry is about to take; the database lets it go only before the entry's seal."""
    where = (hold.c.community_id == writing.community_id, hold.c.hold_id.in_(holds))
    writing.connection.execute(update(hold).where(*where).values(state="settled", entry_id=entry_id))
