"""A dataset read from the books: the rows of the years that a report compares, and what was there before them.

Older rows come one by one only where a figure needs them: those of restricted funds, for grants that run over
years, and help from the emergency fund. Everything else that is older is one row brought forward for each account.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from itertools import count
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from ledger import balances
from ledger.amounts import BARTER_VALUE, kind_of
from ledger.db import Reading
from ledger.drafts import OPENING, Leaf
from ledger.idempotency import JOURNAL
from ledger.models import account, act, journal_entry, posting
from ledger.periods import Month, Span
from ledger.registers import store
from ledger.registers.records import Account, CommunitySettings, Fund
from reports.columns import LAST_YEAR, Columns, month_columns, year_columns
from reports.cover import EMERGENCY
from reports.dataset import Community, Dataset, Head
from reports.draws import DRAW_KINDS
from reports.lists import Lists, read_registers
from reports.registers import Registers
from reports.rows import BROUGHT_FORWARD, Row, Rows, in_order

HEAD = "idem_key family kind document about_on reverses privacy entered_by confirmed_by idem_scope".split()
LINE = "entry_id line effective_on unit fund amount programme quantity_milli quantity_unit method".split()


def load(reading: Reading, month: Month, *, annual: bool = False) -> Dataset:
    """Everything that a report of a month, or of the financial year that the month lies in, may know."""
    lists = Lists(reading)
    settings, registers = lists.settings(), read_registers(lists)
    wanted = year_columns if annual else month_columns
    span = needed(wanted(month, settings.first_month))
    rows = list(_read(reading, registers, span))
    late = _taken_after(reading, span)
    rows += _brought_forward(reading, registers, rows, late, span.first - dt.timedelta(1))
    return Dataset(
        community=_community(reading, settings),
        head=Head(reading.head.seq, reading.head.hash.hex(), reading.head.recorded_at),
        rows=Rows(sorted(rows, key=in_order)),
        registers=_with_all_funds(registers, rows),
        names={party: known.name for party, known in store.names(reading).items() if known.name},
        entries_before=_entries(reading, span) - len({row.seq for row in rows if row.kind != BROUGHT_FORWARD}),
    )


def _with_all_funds(registers: Registers, rows: Iterable[Row]) -> Registers:
    """The registers with funds that entries name and nobody described yet: money of theirs is counted as set aside."""
    unknown = {row.fund: row.unit for row in rows if row.fund not in registers.funds}
    classes = {"time": "time", "value": "barter", "money": "unrestricted-designated"}
    added = {code: Fund(code=code, name=code, class_=classes[kind_of(unit)]) for code, unit in unknown.items()}
    return replace(registers, funds={**registers.funds, **added}) if added else registers


def needed(columns: Columns) -> Span:
    """The days whose rows a report compares one by one: to twelve months before the balances of the year before."""
    before = Month.of(columns.spans[LAST_YEAR].last).back(11).first
    return Span(min(before, *(span.first for span in columns.spans.values())), columns.end)


def _community(reading: Reading, settings: CommunitySettings) -> Community:
    return Community(
        slug=reading.slug,
        name=settings.name,
        currency=settings.currency,
        language=settings.language,
        paper=settings.paper,
        year_starts_month=settings.first_month,
        books_began=settings.books_began or _first_day(reading),
    )


def _here(reading: Reading) -> ColumnElement[bool]:
    return and_(posting.c.community_id == reading.community_id, posting.c.entry_id <= reading.at)


def _first_day(reading: Reading) -> dt.date | None:
    first = select(func.min(posting.c.period_id)).where(_here(reading)).scalar_subquery()
    query = select(func.min(posting.c.effective_on)).where(_here(reading), posting.c.period_id == first)
    found: dt.date | None = reading.connection.scalar(query)
    return found


def _joined(query: Select[Any]) -> Select[Any]:
    same_account = and_(account.c.community_id == posting.c.community_id, account.c.account_id == posting.c.account_id)
    same_entry = and_(
        journal_entry.c.community_id == posting.c.community_id, journal_entry.c.entry_id == posting.c.entry_id
    )
    return query.select_from(posting).join(account, same_account).join(journal_entry, same_entry)


def _postings(reading: Reading, *where: ColumnElement[bool]) -> Select[Any]:
    columns = [*(posting.c[n] for n in LINE), account.c.chart, account.c.owner_id, *(journal_entry.c[n] for n in HEAD)]
    return _joined(select(*columns)).where(_here(reading), *where)


def _read(reading: Reading, registers: Registers, span: Span) -> Iterator[Row]:
    """The rows of the span, and the older ones that a figure needs one by one."""
    taken_back = _taken_back(reading)
    recent = posting.c.period_id.between(Month.of(span.first).id, Month.of(span.last).id)
    older = and_(posting.c.period_id < Month.of(span.first).id, _needed_whole(registers))
    for query in (_postings(reading, recent), _postings(reading, older)):
        for found in reading.connection.execute(query, execution_options={"yield_per": 5000}):
            yield _row(found, registers, taken_back)


def _needed_whole(registers: Registers) -> ColumnElement[bool]:
    bound = [code for code, fund in registers.funds.items() if fund.class_ == "restricted"]
    emergency = registers.emergency.fund if registers.emergency else EMERGENCY
    helped = and_(posting.c.fund == emergency, journal_entry.c.kind.in_(sorted(DRAW_KINDS)))
    return or_(posting.c.fund.in_(bound), helped)


def _taken_back(reading: Reading) -> frozenset[int]:
    """The numbers of the entries that were reversed."""
    head = journal_entry.c
    query = select(head.reverses).where(head.community_id == reading.community_id, head.entry_id <= reading.at)
    return frozenset(reading.connection.scalars(query.where(head.reverses.is_not(None))))


def _row(found: tuple[Any, ...], registers: Registers, taken_back: Collection[int]) -> Row:
    (seq, line, day, unit, fund, amount, programme, milli, quantity_unit, method, chart, owner, *head) = found
    (key, family, kind, document, about, reverses, privacy, entered_by, confirmed_by, scope) = head
    imported = scope == JOURNAL
    return Row(
        seq,
        line,
        key,
        day,
        family,
        kind,
        _chart_line(registers, chart, unit),
        unit,
        fund,
        amount,
        owner,
        programme,
        document,
        about,
        reverses is None and seq not in taken_back,
        privacy == "private",
        milli,
        quantity_unit,
        method,
        None if imported else entered_by,
        None if imported else confirmed_by,
        imported,
    )


def _chart_line(registers: Registers, code: str, unit: str) -> Account:
    """The chart line by its code; a line that the register does not describe is nothing but itself."""
    return registers.accounts.get(code) or Account(code=code, name=code, kind="asset", side="debit", unit=unit)


def _taken_after(reading: Reading, span: Span) -> Counter[Leaf]:
    """What moved in each account after the span."""
    same = and_(account.c.community_id == posting.c.community_id, account.c.account_id == posting.c.account_id)
    names = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    query = select(*names, func.sum(posting.c.amount)).join(account, same)
    query = query.where(_here(reading), posting.c.period_id > Month.of(span.last).id).group_by(*names)
    return Counter({Leaf(*leaf): int(amount) for *leaf, amount in reading.connection.execute(query)})


def _brought_forward(
    reading: Reading, registers: Registers, rows: Iterable[Row], late: Counter[Leaf], day: dt.date
) -> Iterator[Row]:
    """One row for each account with what stood there before the rows read one by one, barter by its trades."""
    before = Counter({found.leaf: found.balance for found in balances.trial_balance(reading)})
    before.subtract(late)
    for row in rows:
        before[Leaf(row.account, row.unit, row.fund, row.owner)] -= row.amount
    line = count(1)
    for leaf, document, amount in _by_trade(reading, before, day):
        if amount:
            chart = _chart_line(registers, leaf.chart, leaf.unit)
            yield Row(
                seq=0,
                line=next(line),
                key="",
                date=day,
                family=OPENING,
                kind=BROUGHT_FORWARD,
                chart=chart,
                unit=leaf.unit,
                fund=leaf.fund,
                amount=amount,
                owner=leaf.owner,
                document=document,
                live=document is not None,
            )


def _by_trade(reading: Reading, before: Counter[Leaf], day: dt.date) -> Iterator[tuple[Leaf, str | None, int]]:
    """What stood in each account; in barter accounts apart for each trade that was still open."""
    rest = Counter(before)
    if any(leaf.unit == BARTER_VALUE for leaf in before):
        for leaf, document, amount in _open_trades(reading, day):
            rest[leaf] -= amount
            yield leaf, document, amount
    for leaf, amount in rest.items():
        yield leaf, None, amount


def _open_trades(reading: Reading, day: dt.date) -> Iterator[tuple[Leaf, str, int]]:
    names = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id, journal_entry.c.document)
    summed, later = func.sum(posting.c.amount), journal_entry.alias("later")
    same = and_(later.c.community_id == reading.community_id, later.c.reverses == journal_entry.c.entry_id)
    stands = and_(journal_entry.c.reverses.is_(None), ~exists(select(later.c.entry_id).where(same)))
    query = _joined(select(*names, summed)).where(_here(reading), posting.c.unit == BARTER_VALUE, stands)
    query = query.where(posting.c.effective_on <= day, journal_entry.c.document.is_not(None))
    for *leaf, document, amount in reading.connection.execute(query.group_by(*names).having(summed != 0)):
        yield Leaf(*leaf), document, int(amount)


def _entries(reading: Reading, span: Span) -> int:
    """How many entries the books hold up to the end of the span: all links but the acts and the later entries."""
    acts = select(func.count()).where(act.c.community_id == reading.community_id, act.c.act_id <= reading.at)
    head = journal_entry.c
    later = select(func.count()).where(
        head.community_id == reading.community_id,
        head.entry_id <= reading.at,
        head.period_id > Month.of(span.last).id,
    )
    return reading.at - int(reading.connection.scalar(acts) or 0) - int(reading.connection.scalar(later) or 0)
