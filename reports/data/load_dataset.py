"""Load a dataset from the books: the rows of the years that a report compares, and the balances before them.

Two kinds of older rows are loaded one by one: those of restricted funds, because grants run over several years,
and help from the emergency fund. All others are summed into one opening row per account.
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
from ledger.registers.cache import RecentValues
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
    """All input of the report of a month, or of the financial year of that month."""
    reader = RegisterReader(reading)
    settings, registers = reader.settings(), read_registers(reader)
    span = days_needed((year_columns if annual else month_columns)(month, settings.first_month))
    loaded = read_rows(reading, registers, span)
    before = opening_rows(reading, loaded, Month.of(span.last), span.first - dt.timedelta(1))
    rows = DatasetRows(sorted([*loaded.rows, *before], key=row_order))
    entries, dated = _extent(reading, span)
    return Dataset(
        community=_community(reading, settings),
        head=ChainHead(reading.head.seq, reading.head.hash.hex(), reading.head.recorded_at),
        rows=rows,
        registers=_with_all_funds(registers, rows),
        names={party: name.name for party, name in store.party_names(reading).items() if name.name},
        claims=read_claims(reading, settings.timezone),
        last_before=_last_before(reading, span),
        reached=_reached(reading, settings.timezone, dated),
        reopened=period_states.reopened_months(reading),
        entries_before=entries - len({row.seq for row in loaded.rows}),
    )


def recent_dataset(reading: ReadUnit, month: Month) -> Dataset:
    """The dataset of a month for a page, kept in this process until the chain grows.

    Nothing that it holds changes without a new link, so the hash of the head identifies it.
    """
    key = (reading.uid, reading.head.hash, month)
    dataset = _RECENT.get(key)
    if dataset is None:
        dataset = load_dataset(reading, month)
        _RECENT.put(key, dataset)
    return dataset


_RECENT: RecentValues[Dataset] = RecentValues(4)
"""Few: each holds every line of three years."""


def days_needed(columns: Columns) -> Span:
    """The days whose rows are loaded one by one: back to twelve months before last year's balances."""
    before = Month.of(columns.spans[LAST_YEAR].last).back(11).first
    return Span(min(before, *(span.first for span in columns.spans.values())), columns.end)


def _with_all_funds(registers: Registers, rows: Iterable[DatasetRow]) -> Registers:
    """Add funds that entries use but the register lacks. Their money counts as designated."""
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
    day: dt.date | None = reading.connection.scalar(query)
    return day


def _reached(reading: ReadUnit, timezone: str, dated: dt.date | None) -> dt.date | None:
    """The day up to which the books are written: the day of the last link, or of an entry dated later.

    It does not depend on the clock, so that a report at the same chain number always has the same bytes.
    """
    at = reading.head.recorded_at
    linked = dt.datetime.fromisoformat(at).astimezone(ZoneInfo(timezone)).date() if at else None
    return max((day for day in (dated, linked) if day), default=None)


def _extent(reading: ReadUnit, span: Span) -> tuple[int, dt.date | None]:
    """The number of entries up to the end of the span, and the latest date of any entry.

    The number is all links of the chain, less the acts and the entries of later months.
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
    counts = select(*(query.scalar_subquery() for query in (acts, later, day)))
    act_count, later_count, last_date = reading.connection.execute(counts).one()
    return reading.at - int(act_count) - int(later_count), last_date


def _last_before(reading: ReadUnit, span: Span) -> tuple[int, str] | None:
    """The number and key of the newest entry before the span."""
    head = journal_entry.c
    query = select(head.entry_id, head.idem_key).where(head.community_id == reading.community_id)
    query = query.where(head.entry_id <= reading.at, head.period_id < Month.of(span.first).id)
    entry = reading.connection.execute(query.order_by(head.entry_id.desc()).limit(1)).one_or_none()
    return (entry.entry_id, entry.idem_key) if entry else None
