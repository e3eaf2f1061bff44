"""What stood in each account before the rows that are read one by one: one row for each, barter by its trades."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from itertools import count

from sqlalchemy import and_, exists, func, select

from ledger.core.amounts import BARTER_VALUE
from ledger.core.drafts import OPENING
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import balances
from ledger.models import journal_entry, posting
from reports.data.load_rows import LeafAccount, LoadedRows, in_community, join_entries
from reports.data.rows import BROUGHT_FORWARD, DatasetRow


def opening_rows(reading: ReadUnit, read: LoadedRows, last: Month, day: dt.date) -> Iterator[DatasetRow]:
    """The rows that make balances whole, dated on the day before the rows read, in numbers of their own."""
    line = count(1)
    for account_id, document, amount in _by_trade(reading, read, last, day):
        if amount:
            yield _row(next(line), read.leaves[account_id], day, document, amount)


def _row(line: int, leaf: LeafAccount, day: dt.date, document: str | None, amount: int) -> DatasetRow:
    """A row of an open trade is alive, any other only counts in balances."""
    return DatasetRow(
        seq=0,
        line=line,
        key="",
        date=day,
        family=OPENING,
        kind=BROUGHT_FORWARD,
        chart=leaf.chart,
        unit=leaf.unit,
        fund=leaf.fund,
        amount=amount,
        owner=leaf.owner,
        document=document,
        live=document is not None,
    )


def _by_trade(reading: ReadUnit, read: LoadedRows, last: Month, day: dt.date) -> Iterator[tuple[int, str | None, int]]:
    """What stood in each account; in barter accounts apart for each trade that was still open."""
    rest = _before(reading, read, last)
    if any(read.leaves[number].unit == BARTER_VALUE for number in rest):
        for number, document, amount in _open_trades(reading, day):
            rest[number] -= amount
            yield number, document, amount
    for number, amount in rest.items():
        yield number, None, amount


def _before(reading: ReadUnit, read: LoadedRows, last: Month) -> dict[int, int]:
    """What stands now, less what was moved since."""
    now = {row.account_id: row.balance for row in balances.trial_balance(reading)}
    later = _moved_after(reading, last)
    numbers = now.keys() | later.keys() | read.moved.keys()
    return {n: now.get(n, 0) - later.get(n, 0) - read.moved.get(n, 0) for n in sorted(numbers)}


def _moved_after(reading: ReadUnit, last: Month) -> Mapping[int, int]:
    query = select(posting.c.account_id, func.sum(posting.c.amount)).where(
        in_community(reading), posting.c.period_id > last.id
    )
    found = reading.connection.execute(query.group_by(posting.c.account_id))
    return {number: int(amount) for number, amount in found}


def _open_trades(reading: ReadUnit, day: dt.date) -> Iterator[tuple[int, str, int]]:
    names, summed = (posting.c.account_id, journal_entry.c.document), func.sum(posting.c.amount)
    later = journal_entry.alias("later")
    same = and_(later.c.community_id == reading.community_id, later.c.reverses == journal_entry.c.entry_id)
    stands = and_(journal_entry.c.reverses.is_(None), ~exists(select(later.c.entry_id).where(same)))
    query = join_entries(select(*names, summed)).where(in_community(reading), posting.c.unit == BARTER_VALUE, stands)
    query = query.where(posting.c.effective_on <= day, journal_entry.c.document.is_not(None))
    for number, document, amount in reading.connection.execute(query.group_by(*names).having(summed != 0)):
        yield number, document, int(amount)
