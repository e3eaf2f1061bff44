"""The journal as lines, streamed: a few hundred entries at a time, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, select

from ledger import members
from ledger.db import UnitOfWork
from ledger.drafts import Leaf, Quantity
from ledger.exchange.lines import JournalLine, PostingLine
from ledger.idempotency import JOURNAL
from ledger.models import account, decision, entry_text, journal_entry, posting, unit
from ledger.registers import store

STRETCH = 500
ERASED = "[erased]"
"""Stands for words that were erased, so that the line is still whole."""
FORMER = "Former member {}"
"""Stands for an owner whose name was erased."""


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


def leaves(uow: UnitOfWork) -> list[Leaf]:
    """Every account of the books, in the order chart line, fund, unit, owner."""
    columns = (account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    rows = uow.connection.execute(select(*columns).where(account.c.community_id == uow.community_id)).all()
    return [Leaf(*row) for row in sorted(rows, key=lambda row: (row[0], row[2], row[1], row[3]))]


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
        yield from exported(uow, numbers, names)
        last = numbers[-1]


def _here(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    return journal_entry.c.community_id == uow.community_id, journal_entry.c.entry_id <= uow.at


def exported(uow: UnitOfWork, numbers: Sequence[int], names: Mapping[int, str]) -> list[Exported]:
    """Some entries as lines, in the order given."""
    texts: dict[int, dict[str, str]] = {number: {} for number in numbers}
    where = (entry_text.c.community_id == uow.community_id, entry_text.c.entry_id.in_(numbers))
    columns = (entry_text.c.entry_id, entry_text.c.part, entry_text.c.body)
    for number, part, body in uow.connection.execute(select(*columns).where(*where)):
        texts[number][part] = ERASED if body is None else body
    postings: dict[int, list[PostingLine]] = {number: [] for number in numbers}
    lines = _postings(uow, numbers)
    there = places(uow, {row["account_id"] for row in lines})
    for row in lines:
        postings[row["entry_id"]].append(_posting(row, *there[row["account_id"]], names))
    headers = uow.connection.execute(_headers(uow, numbers)).mappings().all()
    keys = keys_of(uow, {row[link] for row in headers for link in ("reverses", "corrects")} - {None})
    codes = _codes(uow, {row["decision_id"] for row in headers} - {None})
    found = {
        row["entry_id"]: _exported(row, texts[row["entry_id"]], postings[row["entry_id"]], keys, codes)
        for row in headers
    }
    return [found[number] for number in numbers]


_HEADER = (
    "entry_id recorded_at effective_on family kind privacy reverses corrects about_on document decision_id".split()
)
_LINE = "entry_id account_id unit fund amount programme quantity_milli quantity_unit method".split()


def _headers(uow: UnitOfWork, numbers: Sequence[int]) -> Select[Any]:
    head = journal_entry.c
    columns = (*(head[name] for name in _HEADER), exported_key().label("key"))
    return select(*columns).where(head.community_id == uow.community_id, head.entry_id.in_(numbers))


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


def _postings(uow: UnitOfWork, numbers: Sequence[int]) -> Sequence[RowMapping]:
    columns = (posting.c[name] for name in _LINE)
    query = select(*columns).where(posting.c.community_id == uow.community_id, posting.c.entry_id.in_(numbers))
    return uow.connection.execute(query.order_by(posting.c.entry_id, posting.c.line)).mappings().all()


def places(uow: UnitOfWork, accounts: Collection[int]) -> dict[int, tuple[str, int]]:
    """The chart line and the owner of some accounts; asked apart, for a join may read all lines of each account."""
    table = account.c
    query = select(table.account_id, table.chart, table.owner_id).where(table.community_id == uow.community_id)
    return {row[0]: (row[1], row[2]) for row in uow.connection.execute(query.where(table.account_id.in_(accounts)))}


def _exported(
    row: RowMapping,
    texts: Mapping[str, str],
    postings: Sequence[PostingLine],
    keys: Mapping[int, str],
    codes: Mapping[int, str],
) -> Exported:
    private = row["privacy"] == "private"
    said = texts.get("narration") or texts.get("reason")
    line = JournalLine(
        key=row["key"],
        date=row["effective_on"],
        family=row["family"],
        kind=row["kind"],
        narration=said if said or private else row["kind"],
        private=private,
        reverses=keys.get(row["reverses"]),
        corrects=keys.get(row["corrects"]),
        about=row["about_on"],
        decision=codes.get(row["decision_id"]),
        document=row["document"],
        postings=tuple(postings),
    )
    return Exported(row["entry_id"], row["recorded_at"], line)


def _posting(row: RowMapping, chart: str, owner: int, names: Mapping[int, str]) -> PostingLine:
    milli = row["quantity_milli"]
    return PostingLine(
        chart,
        row["unit"],
        row["fund"],
        row["amount"],
        names[owner] if owner else None,
        row["programme"],
        None if milli is None else Quantity(milli, row["quantity_unit"], row["method"]),
    )
