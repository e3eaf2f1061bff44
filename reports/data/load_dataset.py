"""A dataset read from the books: the rows of the years that a report compares, and what was there before them.

Older rows come one by one only where a figure needs them: those of restricted funds, for grants that run over
years, and help from the emergency fund. Everything else that is older is one row brought forward for each account.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy import func, select

from ledger.closing import period_states
from ledger.core.amounts import kind_of
from ledger.core.periods import Month, Span
from ledger.database.unit_of_work import ReadUnit
from ledger.models import act, journal_entry, posting
from ledger.registers import store
from ledger.registers.records import CommunitySettings, Fund
from reports.data.columns import LAST_YEAR, Columns, month_columns, year_columns
from reports.data.dataset import ChainHead, Community, Dataset
from reports.data.load_claims import read_claims
from reports.data.load_registers import RegisterReader, read_registers
from reports.data.load_rows import in_community, read_rows
from reports.data.opening_balances import opening_rows
from reports.data.registers import Registers
from reports.data.rows import DatasetRow, DatasetRows, row_order


def load_dataset(reading: ReadUnit, month: Month, *, annual: bool = False) -> Dataset:
    """Everything that a report of a month, or of the financial year that the month lies in, may know."""
    lists = RegisterReader(reading)
    settings, registers = lists.settings(), read_registers(lists)
    span = days_needed((year_columns if annual else month_columns)(month, settings.first_month))
    read = read_rows(reading, registers, span)
    before = opening_rows(reading, read, Month.of(span.last), span.first - dt.timedelta(1))
    rows = DatasetRows(sorted([*read.rows, *before], key=row_order))
    entries, dated = _extent(reading, span)
    return Dataset(
        community=_community(reading, settings),
        head=ChainHead(reading.head.seq, reading.head.hash.hex(), reading.head.recorded_at),
        rows=rows,
        registers=_with_all_funds(registers, rows),
        names={party: known.name for party, known in store.names(reading).items() if known.name},
        claims=read_claims(reading, settings.timezone),
        last_before=_last_before(reading, span),
        reached=_reached(reading, settings.timezone, dated),
        reopened=period_states.reopened(reading),
        entries_before=entries - len({row.seq for row in read.rows}),
    )


def days_needed(columns: Columns) -> Span:
    """The days whose rows a report compares one by one: to twelve months before the balances of the year before."""
    before = Month.of(columns.spans[LAST_YEAR].last).back(11).first
    return Span(min(before, *(span.first for span in columns.spans.values())), columns.end)


def _with_all_funds(registers: Registers, rows: Iterable[DatasetRow]) -> Registers:
    """The registers with funds that entries name and nobody described yet: money of theirs is counted as set aside."""
    unknown = {row.fund: row.unit for row in rows if row.fund not in registers.funds}
    classes = {"time": "time", "value": "barter", "money": "unrestricted-designated"}
    added = {code: Fund(code=code, name=code, class_=classes[kind_of(unit)]) for code, unit in unknown.items()}
    return replace(registers, funds={**registers.funds, **added}) if added else registers


def _community(reading: ReadUnit, settings: CommunitySettings) -> Community:
    return Community(
        slug=reading.slug,
        name=settings.name,
        currency=settings.currency,
        language=settings.language,
        paper=settings.paper,
        year_starts_month=settings.first_month,
        books_began=settings.books_began or _first_day(reading),
    )


def _first_day(reading: ReadUnit) -> dt.date | None:
    first = select(func.min(posting.c.period_id)).where(in_community(reading)).scalar_subquery()
    query = select(func.min(posting.c.effective_on)).where(in_community(reading), posting.c.period_id == first)
    found: dt.date | None = reading.connection.scalar(query)
    return found


def _reached(reading: ReadUnit, timezone: str, dated: dt.date | None) -> dt.date | None:
    """How far the books are written: the day of their last link, or of an entry that is dated later.

    No clock of today is asked, so that a sheet read at the same number again comes out the same.
    """
    at = reading.head.recorded_at
    linked = dt.datetime.fromisoformat(at).astimezone(ZoneInfo(timezone)).date() if at else None
    return max((day for day in (dated, linked) if day), default=None)


def _extent(reading: ReadUnit, span: Span) -> tuple[int, dt.date | None]:
    """How many entries the books hold up to the end of the span, and the last day that any entry is dated.

    The count is all links but the acts and the later entries.
    """
    acts = select(func.count()).where(act.c.community_id == reading.community_id, act.c.act_id <= reading.at)
    head = journal_entry.c
    later = select(func.count()).where(
        head.community_id == reading.community_id,
        head.entry_id <= reading.at,
        head.period_id > Month.of(span.last).id,
    )
    last = select(func.max(posting.c.period_id)).where(in_community(reading)).scalar_subquery()
    day = select(func.max(posting.c.effective_on)).where(in_community(reading), posting.c.period_id == last)
    asked = select(*(query.scalar_subquery() for query in (acts, later, day)))
    many, after, dated = reading.connection.execute(asked).one()
    return reading.at - int(many) - int(after), dated


def _last_before(reading: ReadUnit, span: Span) -> tuple[int, str] | None:
    """The newest entry that is older than the span: its number and its key."""
    head = journal_entry.c
    query = select(head.entry_id, head.idem_key).where(head.community_id == reading.community_id)
    query = query.where(head.entry_id <= reading.at, head.period_id < Month.of(span.first).id)
    found = reading.connection.execute(query.order_by(head.entry_id.desc()).limit(1)).one_or_none()
    return (found.entry_id, found.idem_key) if found else None
