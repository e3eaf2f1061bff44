"""The journal as lines, streamed: a few hundred entries at a time, however many there are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, case, select

from ledger.core.drafts import Quantity
from ledger.database.gc_pause import gc_paused
from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.journal_line import JournalLine, PostingLine
from ledger.journal.accounts import charts_and_owners
from ledger.journal.idempotency import JOURNAL
from ledger.models import decision, entry_text, journal_entry, posting, unit
from ledger.registers import members, store

STRETCH = 500
ERASED = "[erased]"
"""Stands for words that were erased, so that the line is still whole."""
FORMER = "Former member {}"
"""Stands for an owner whose name was erased."""

Asked = Callable[[Column[Any]], ColumnElement[bool]]
"""Which entries are asked for, by their numbers."""


@dataclass(frozen=True, slots=True)
class Exported:
    """An entry on its way out: its number, when it was written down, and its line with private words in it."""

    entry_id: int
    recorded_at: str
    line: JournalLine


def owner_names(uow: UnitOfWork) -> dict[int, str]:
    """The name of every owner as files write it; an erased name is replaced by a number."""
    parties = members.parties(uow)
    return {number: owner.name or FORMER.format(number) for number, owner in parties.items()}


def forgotten(uow: UnitOfWork) -> frozenset[str]:
    """What files write for the owners whose names were erased."""
    return frozenset(FORMER.format(number) for number, owner in members.parties(uow).items() if not owner.name)


def units(uow: UnitOfWork) -> list[str]:
    """What the books count in: minutes, barter values, currencies."""
    return sorted(store.codes(uow, unit))


def exported_key(entry: Any = journal_entry) -> ColumnElement[str]:
    """An entry's key as files write it: the channel stands before a key that did not come from a journal."""
    told = entry.c.idem_scope + ":" + entry.c.idem_key
    return case((entry.c.idem_scope == JOURNAL, entry.c.idem_key), else_=told)


def by_number(uow: UnitOfWork) -> Iterator[Exported]:
    """Every entry up to the head of the unit of work, in the order of the printed numbers."""
    names, last = owner_names(uow), 0
    while True:
        query = select(journal_entry.c.entry_id).where(*_here(uow), journal_entry.c.entry_id > last)
        numbers = list(uow.connection.scalars(query.order_by(journal_entry.c.entry_id).limit(STRETCH)))
        if not numbers:
            return
        yield from _lines(uow, numbers, names, _between(numbers[0], numbers[-1]))
        last = numbers[-1]


def _between(first: int, last: int) -> Asked:
    return lambda column: column.between(first, last)


def _here(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    return journal_entry.c.community_id == uow.community_id, journal_entry.c.entry_id <= uow.at


def exported(uow: UnitOfWork, numbers: Sequence[int], names: Mapping[int, str]) -> list[Exported]:
    """Some entries as lines, in the order given."""
    return _lines(uow, numbers, names, lambda column: column.in_(numbers))


def _lines(uow: UnitOfWork, numbers: Sequence[int], names: Mapping[int, str], asked: Asked) -> list[Exported]:
    with gc_paused():
        texts: dict[int, dict[str, str]] = {number: {} for number in numbers}
        for number, part, body in _rows(uow, entry_text, _WORDS, asked):
            texts[number][part] = ERASED if body is None else body
        postings: dict[int, list[PostingLine]] = {number: [] for number in numbers}
        lines = _rows(uow, posting, _LINE, asked)
        there = charts_and_owners(uow, {line[1] for line in lines})
        for number, account_id, *moved in lines:
            chart, owner = there[account_id]
            postings[number].append(_posting(chart, names[owner] if owner else None, *moved))
        headers = _rows(uow, journal_entry, _HEADER, asked, exported_key())
        keys = keys_of(uow, {link for header in headers for link in header[6:8]} - {None})
        codes = _codes(uow, {header[10] for header in headers} - {None})
        found = {row[0]: _exported(row, texts[row[0]], postings[row[0]], keys, codes) for row in headers}
        return [found[number] for number in numbers]


_HEADER = (
    "entry_id recorded_at effective_on family kind privacy reverses corrects about_on document decision_id".split()
)
_WORDS = "entry_id part body".split()
_LINE = "entry_id account_id unit fund amount programme quantity_milli quantity_unit method".split()


def _rows(
    uow: UnitOfWork, table: Table, names: Sequence[str], asked: Asked, *more: ColumnElement[Any]
) -> Sequence[Any]:
    columns = (*(table.c[name] for name in names), *more)
    query = select(*columns).where(table.c.community_id == uow.community_id, asked(table.c.entry_id))
    return uow.connection.execute(query.order_by(*table.primary_key)).all()


def keys_of(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, str]:
    """The keys of the entries that others take back or correct; asked apart, for a join would read every entry."""
    head = journal_entry.c
    query = select(head.entry_id, exported_key()).where(head.community_id == uow.community_id)
    found = uow.connection.execute(query.where(head.entry_id.in_(numbers))) if numbers else ()
    return {row[0]: row[1] for row in found}


def _codes(uow: UnitOfWork, numbers: Collection[int]) -> dict[int, str]:
    table = decision.c
    query = select(table.decision_id, table.code).where(table.community_id == uow.community_id)
    found = uow.connection.execute(query.where(table.decision_id.in_(numbers))) if numbers else ()
    return {row[0]: row[1] for row in found}


def _exported(
    row: Sequence[Any],
    texts: Mapping[str, str],
    postings: Sequence[PostingLine],
    keys: Mapping[int, str],
    codes: Mapping[int, str],
) -> Exported:
    number, recorded_at, day, family, kind, privacy, reverses, corrects, about, document, decision_id, key = row
    private = privacy == "private"
    said = texts.get("narration") or texts.get("reason")
    line = JournalLine(
        key=key,
        date=day,
        family=family,
        kind=kind,
        narration=said if said or private else kind,
        subject=None if texts.get("subject") == ERASED else texts.get("subject"),
        private=private,
        reverses=keys.get(reverses),
        corrects=keys.get(corrects),
        about=about,
        decision=codes.get(decision_id),
        document=document,
        postings=tuple(postings),
    )
    return Exported(number, recorded_at, line)


def _posting(
    chart: str,
    owner: str | None,
    unit_: str,
    fund: str,
    amount: int,
    programme: str | None,
    milli: int | None,
    counted: str,
    method: str,
) -> PostingLine:
    quantity = None if milli is None else Quantity(milli, counted, method)
    return PostingLine(chart, unit_, fund, amount, owner, programme, quantity)
