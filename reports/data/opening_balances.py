"""Opening rows: the balance of each account before the loaded rows; one row per account, barter one per trade."""

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


def opening_rows(reading: ReadUnit, loaded: LoadedRows, last: Month, day: dt.date) -> Iterator[DatasetRow]:
    """The opening rows, dated the day before the loaded rows. Their entry number is 0."""
    line = count(1)
    for account_id, document, amount in _by_trade(reading, loaded, last, day):
        if amount:
            yield _row(next(line), loaded.accounts[account_id], day, document, amount)


def _row(line: int, leaf: LeafAccount, day: dt.date, document: str | None, amount: int) -> DatasetRow:
    """One opening row. It is live only where it belongs to an open trade; all others count in balances only."""
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


def _by_trade(
    reading: ReadUnit, loaded: LoadedRows, last: Month, day: dt.date
) -> Iterator[tuple[int, str | None, int]]:
    """The balance of each account; barter accounts are split by open trade."""
    balance = _before(reading, loaded, last)
    if any(loaded.accounts[number].unit == BARTER_VALUE for number in balance):
        for number, document, amount in _open_trades(reading, day):
            balance[number] -= amount
            yield number, document, amount
    for number, amount in balance.items():
        yield number, None, amount


def _before(reading: ReadUnit, loaded: LoadedRows, last: Month) -> dict[int, int]:
    """The current balance less all later movements. This is faster than summing all older postings."""
    now = {row.account_id: row.balance for row in balances.trial_balance(reading)}
    later = _moved_after(reading, last)
    account_ids = now.keys() | later.keys() | loaded.moved.keys()
    return {n: now.get(n, 0) - later.get(n, 0) - loaded.moved.get(n, 0) for n in sorted(account_ids)}


def _moved_after(reading: ReadUnit, last: Month) -> Mapping[int, int]:
    query = select(posting.c.account_id, func.sum(posting.c.amount)).where(
        in_community(reading), posting.c.period_id > last.id
    )
    sums = reading.connection.execute(query.group_by(posting.c.account_id))
    return {number: int(amount) for number, amount in sums}


def _open_trades(reading: ReadUnit, day: dt.date) -> Iterator[tuple[int, str, int]]:
    names, summed = (posting.c.account_id, journal_entry.c.document), func.sum(posting.c.amount)
    later = journal_entry.alias("later")
    same = and_(later.c.community_id == reading.community_id, later.c.reverses == journal_entry.c.entry_id)
    stands = and_(journal_entry.c.reverses.is_(None), ~exists(select(later.c.entry_id).where(same)))
    query = join_entries(select(*names, summed)).where(in_community(reading), posting.c.unit == BARTER_VALUE, stands)
    query = query.where(posting.c.effective_on <= day, journal_entry.c.document.is_not(None))
    for number, document, amount in reading.connection.execute(query.group_by(*names).having(summed != 0)):
        yield number, document, int(amount)
