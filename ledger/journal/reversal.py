"""Reversals: the exact opposite of an entry, linked to it, with a reason. The entry itself stays as it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import RowMapping, Select, select

from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.core.errors import AlreadyReversed, FieldWrong, ReversalOfReversal, UnknownEntry
from ledger.core.messages import make_message
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.journal.idempotency import (
    Actors,
    Key,
    Posted,
    find_posted,
)
from ledger.journal.posting import post
from ledger.models import account, journal_entry, posting


def reverse(
    writing: WriteUnit, entry_id: int, reason: str, actors: Actors, key: Key, on: dt.date | None = None
) -> Posted:
    """Post the exact opposite of an entry, linked to it, with the reason; on its own day unless `on` says another.

    The original stays as it is. Raises UnknownEntry, AlreadyReversed, ReversalOfReversal, PeriodClosed.
    """
    draft = reversal_draft(writing, entry_id, reason, on)
    again = find_posted(writing, [(draft, actors, key)])
    if not again and _reversed_by(writing, entry_id) is not None:
        raise AlreadyReversed(make_message("Entry %(number)s is reversed already.", number=entry_id))
    return post(writing, draft, actors, key)


def reversal_draft(uow: UnitOfWork, entry_id: int, reason: str, on: dt.date | None = None) -> EntryDraft:
    """The draft that would take an entry back: every line negated, quantities repeated as they are."""
    if not reason.strip():
        raise FieldWrong("reason", make_message("Say why the entry is taken back."))
    where = (journal_entry.c.community_id == uow.community_id, journal_entry.c.entry_id == entry_id)
    header = uow.connection.execute(select(journal_entry).where(*where)).mappings().one_or_none()
    if header is None:
        raise UnknownEntry(make_message("There is no entry number %(number)s.", number=entry_id))
    if header["reverses"] is not None:
        raise ReversalOfReversal(
            make_message("Entry %(number)s takes another back. Enter the right one anew.", number=entry_id)
        )
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
    leaf = AccountKey(row["chart"], row["unit"], row["fund"], row["owner_id"])
    return PostingDraft(leaf, -row["amount"], row["programme"], quantity)


def _reversed_by(uow: UnitOfWork, entry_id: int) -> int | None:
    where = (journal_entry.c.community_id == uow.community_id, journal_entry.c.reverses == entry_id)
    return uow.connection.scalar(select(journal_entry.c.entry_id).where(*where))
