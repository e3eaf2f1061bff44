"""Load rows. Lines and entries are queried apart and joined here, which takes half the time of one SQL join."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, String, and_, or_, select, type_coerce

from ledger.core.periods import Month, Span
from ledger.database.unit_of_work import ReadUnit
from ledger.journal.idempotency import JOURNAL
from ledger.kinds import emergency_help_slugs
from ledger.kinds.emergency.emergency_contribution import FUND as EMERGENCY_FUND
from ledger.models import account, journal_entry, posting
from ledger.registers.records import Account
from reports.data.registers import Registers
from reports.data.rows import DatasetRow

LINE_COLUMNS = "entry_id account_id amount line programme quantity_milli quantity_unit method".split()
ENTRY_COLUMNS = "entry_id idem_key family kind document reverses privacy entered_by confirmed_by idem_scope".split()


class LeafAccount(NamedTuple):
    """An account of the ledger: chart account, unit, fund and owner."""

    chart: Account
    unit: str
    fund: str
    owner: int


class EntryHead(NamedTuple):
    """The fields that all lines of an entry share."""

    key: str
    date: dt.date
    family: str
    kind: str
    document: str | None
    about: dt.date | None
    live: bool
    private: bool
    entered_by: int | None
    confirmed_by: int | None
    imported: bool


@dataclass(frozen=True)
class LoadedRows:
    """The rows of a span and the older ones loaded one by one; all accounts, and the sum moved in each."""

    rows: tuple[DatasetRow, ...]
    accounts: Mapping[int, LeafAccount]
    moved: Mapping[int, int]


def read_rows(reading: ReadUnit, registers: Registers, span: Span) -> LoadedRows:
    """Load every row dated in the months of the span, and older ones of restricted funds and emergency help."""
    first, last = Month.of(span.first).id, Month.of(span.last).id
    older = _run(reading, _older(reading, and_(posting.c.period_id < first, _loaded_in_full(registers))))
    lines = [*_run(reading, _recent_lines(reading, first, last)), *(joined[: len(LINE_COLUMNS)] for joined in older)]
    heads = [*_run(reading, _recent_heads(reading, first, last)), *(joined[len(LINE_COLUMNS) :] for joined in older)]
    entries, accounts = _entry_heads(heads, _reversed_entries(reading)), read_leaf_accounts(reading, registers)
    moved, rows = dict[int, int](), list[DatasetRow]()
    for seq, number, amount, line, programme, milli, unit, method in lines:
        moved[number] = moved.get(number, 0) + amount
        rows.append(_row(seq, line, amount, accounts[number], entries[seq], programme, milli, unit, method))
    return LoadedRows(tuple(rows), accounts, moved)


def _run(reading: ReadUnit, query: Select[Any]) -> Sequence[Any]:
    return reading.connection.execute(query).all()


def _row(
    seq: int,
    line: int,
    amount: int,
    leaf: LeafAccount,
    head: EntryHead,
    programme: str | None,
    milli: int | None,
    unit: str | None,
    method: str | None,
) -> DatasetRow:
    return DatasetRow(
        seq,
        line,
        head.key,
        head.date,
        head.family,
        head.kind,
        leaf.chart,
        leaf.unit,
        leaf.fund,
        amount,
        leaf.owner,
        programme,
        head.document,
        head.about,
        head.live,
        head.private,
        milli,
        unit,
        method,
        head.entered_by,
        head.confirmed_by,
        head.imported,
    )


def read_leaf_accounts(reading: ReadUnit, registers: Registers) -> Mapping[int, LeafAccount]:
    """Every account by number. A code that the chart lacks becomes an asset account named by its code."""
    names = (account.c.account_id, account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    query = select(*names).where(account.c.community_id == reading.community_id)
    return {
        number: LeafAccount(_chart_line(registers, code, unit), unit, fund, owner)
        for number, code, unit, fund, owner in reading.connection.execute(query)
    }


def _chart_line(registers: Registers, code: str, unit: str) -> Account:
    return registers.accounts.get(code) or Account(code=code, name=code, kind="asset", side="debit", unit=unit)


def in_community(reading: ReadUnit) -> ColumnElement[bool]:
    """The condition for postings of the community up to the head of the chain."""
    return and_(posting.c.community_id == reading.community_id, posting.c.entry_id <= reading.at)


def join_entries(query: Select[Any]) -> Select[Any]:
    """Postings joined to their entries."""
    same = and_(journal_entry.c.community_id == posting.c.community_id, journal_entry.c.entry_id == posting.c.entry_id)
    return query.select_from(posting).join(journal_entry, same)


def _recent_lines(reading: ReadUnit, first: int, last: int) -> Select[Any]:
    query = select(*(posting.c[name] for name in LINE_COLUMNS))
    return query.where(in_community(reading), posting.c.period_id.between(first, last))


def _older(reading: ReadUnit, wanted: ColumnElement[bool]) -> Select[Any]:
    """Lines joined to their entries."""
    columns = [*(posting.c[name] for name in LINE_COLUMNS), *_head_columns()]
    return join_entries(select(*columns)).where(in_community(reading), wanted)


def _loaded_in_full(registers: Registers) -> ColumnElement[bool]:
    bound = [code for code, fund in registers.funds.items() if fund.class_ == "restricted"]
    emergency = registers.emergency.fund if registers.emergency else EMERGENCY_FUND
    helped = and_(posting.c.fund == emergency, journal_entry.c.kind.in_(sorted(emergency_help_slugs())))
    return or_(posting.c.fund.in_(bound), helped)


def _head_columns() -> list[ColumnElement[Any]]:
    """The columns of an entry. Dates stay text in the query, because `_day` parses each distinct one only once."""
    days = [type_coerce(journal_entry.c[name], String()) for name in ("effective_on", "about_on")]
    return [*(journal_entry.c[name] for name in ENTRY_COLUMNS), *days]


def _recent_heads(reading: ReadUnit, first: int, last: int) -> Select[Any]:
    head = journal_entry.c
    query = select(*_head_columns()).where(head.community_id == reading.community_id, head.entry_id <= reading.at)
    return query.where(head.period_id.between(first, last))


def _entry_heads(heads: Iterable[Any], reversed_entries: Collection[int]) -> Mapping[int, EntryHead]:
    entries: dict[int, EntryHead] = {}
    for seq, key, family, kind, document, reverses, privacy, entered_by, confirmed_by, scope, day, about in heads:
        imported = scope == JOURNAL
        entries[seq] = EntryHead(
            key,
            _day(day),
            family,
            kind,
            document,
            None if about is None else _day(about),
            reverses is None and seq not in reversed_entries,
            privacy == "private",
            None if imported else entered_by,
            None if imported else confirmed_by,
            imported,
        )
    return entries


def _reversed_entries(reading: ReadUnit) -> frozenset[int]:
    """The numbers of the entries that were reversed."""
    head = journal_entry.c
    query = select(head.reverses).where(head.community_id == reading.community_id, head.entry_id <= reading.at)
    return frozenset(reading.connection.scalars(query.where(head.reverses.is_not(None))))


@lru_cache(maxsize=4096)
def _day(written: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(written) if isinstance(written, str) else written
