"""The journal, read: flat lines for reports, one entry with its place in the chain, pages of entries, statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BindParameter,
    RowMapping,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    select,
)

from ledger.core.drafts import AccountKey, Quantity
from ledger.core.errors import UnknownEntry
from ledger.core.messages import make_message
from ledger.database import raw_sql
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.entry_filter import EntryFilter, filter_conditions, same_account
from ledger.kinds import guarded_slugs
from ledger.models import account, decision, entry_text, journal_entry, posting, seal
from ledger.registers.cache import RecentValues

__all__ = [
    "Entry",
    "EntryFilter",
    "EntryPage",
    "Line",
    "date_range",
    "entries",
    "entry",
    "kind_slugs",
]


@dataclass(frozen=True)
class Line:
    """One line of an entry."""

    line: int
    account_id: int
    leaf: AccountKey
    amount: int
    programme: str | None
    quantity: Quantity | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry as it stands: its header, its words, its lines, its link, and what became of it."""

    entry_id: int
    kind: str
    family: str
    effective_on: dt.date
    about_on: dt.date | None
    recorded_at: str
    entered_by: int
    on_behalf_of: int | None
    confirmed_by: int | None
    decision: str | None
    document: str | None
    agreement_id: int | None
    privacy: str
    scope: str
    key: str
    facts: str
    reverses: int | None
    corrects: int | None
    reversed_by: int | None
    corrected_by: int | None
    texts: Mapping[str, str | None]
    lines: tuple[Line, ...]
    hash: bytes
    prev_hash: bytes

    @property
    def narration(self) -> str | None:
        """What happened, in one sentence; None when it was erased or never written."""
        return self.texts.get("narration")

    @property
    def subject(self) -> str | None:
        """What a person typed it is about; None when it was erased, never typed, or recorded before it was stored."""
        return self.texts.get("subject")

    @property
    def live(self) -> bool:
        """Whether the entry counts: it neither reverses another nor is reversed."""
        return self.reverses is None and self.reversed_by is None

    def is_open_to(self, party_id: int) -> bool:
        """Whether a member without an office may open the entry.

        One's own; what one wrote down or confirmed; and the community's own business. Who helped whom, and what is
        private, is for those who were in it.
        """
        owners = {line.leaf.owner for line in self.lines} - {0}
        if party_id in owners:
            return True
        took_part = party_id in (self.entered_by, self.on_behalf_of, self.confirmed_by)
        return not self.is_guarded and (took_part or not owners)

    @property
    def is_guarded(self) -> bool:
        """Whether the entry is closed to members who are not in it: private, or of a kind that tells of help."""
        return self.privacy == "private" or self.kind in guarded_slugs()


@dataclass(frozen=True)
class EntryPage:
    """Some entries, newest first, and the cursor for the ones before them (None on the last page)."""

    entries: tuple[Entry, ...]
    before: int | None


def entry(uow: UnitOfWork, entry_id: int) -> Entry:
    """One entry by its printed number; UnknownEntry where the books have none or it lies beyond the unit's head."""
    found = _entries(uow, [entry_id])
    if not found:
        raise UnknownEntry(make_message("There is no entry number %(number)s.", number=entry_id))
    return found[0]


def entries(
    uow: UnitOfWork, wanted: EntryFilter | None = None, before: int | None = None, limit: int = 50
) -> EntryPage:
    """A page of entries, newest number first; `before` is the cursor that the page before gave."""
    query = select(journal_entry.c.entry_id).where(*filter_conditions(uow, wanted or EntryFilter()))
    if before is not None:
        query = query.where(journal_entry.c.entry_id < before)
    numbers = list(uow.connection.scalars(query.order_by(journal_entry.c.entry_id.desc()).limit(limit + 1)))
    shown = numbers[:limit]
    return EntryPage(tuple(_entries(uow, shown)), shown[-1] if len(numbers) > limit else None)


def date_range(uow: UnitOfWork) -> tuple[dt.date, dt.date] | None:
    """The days of the earliest and the latest entry; None while there is none."""
    first, last = uow.connection.execute(_DAYS, {"community": uow.community_id}).one()
    return None if first is None else (first, last)


def kind_slugs(uow: UnitOfWork) -> list[str]:
    """The slugs of the kinds that the books hold, known to this Hourstead or not.

    Only the entries since the last time are read, as long as the chain still holds the link that was last then.
    """
    seq, link_hash, slugs = _KINDS.get(uow.uid) or (0, b"", frozenset())
    here = (uow.community_id, seq)
    found = {slug for (slug,) in raw_sql.fetch_portable(uow.connection, _NEW_KINDS, (*here, uow.at, *here, link_hash))}
    if seq > uow.at or (seq and _SAME_CHAIN not in found):
        found = {row[0] for row in raw_sql.fetch_portable(uow.connection, _NEW_KINDS, (here[0], 0, uow.at, *here, b""))}
        slugs = frozenset()
    slugs |= found - {_SAME_CHAIN}
    if uow.is_latest:
        _KINDS.put(uow.uid, (uow.at, uow.head.hash, slugs))
    return sorted(slugs)


_KINDS: RecentValues[tuple[int, bytes, frozenset[str]]] = RecentValues(64)
_SAME_CHAIN = ""
_NEW_KINDS = """SELECT e.kind FROM journal_entry AS e WHERE e.community_id = ? AND e.entry_id > ? AND e.entry_id <= ?
UNION SELECT '' FROM seal AS s WHERE s.community_id = ? AND s.seq = ? AND s.hash = ?"""


def _entries(uow: UnitOfWork, numbers: list[int]) -> list[Entry]:
    numbers = [number for number in numbers if number <= uow.at]
    if not numbers:
        return []
    values = {"community": uow.community_id, "at": uow.at, "numbers": numbers}
    texts: dict[int, dict[str, str | None]] = {number: {} for number in numbers}
    for entry_id, part, body in uow.connection.execute(_TEXTS, values):
        texts[entry_id][part] = body
    lines: dict[int, list[Line]] = {number: [] for number in numbers}
    for line in uow.connection.execute(_LINES, values).mappings():
        lines[line["entry_id"]].append(_line(line))
    headers = uow.connection.execute(_HEADERS, values).mappings()
    found = {row["entry_id"]: _entry(row, texts[row["entry_id"]], lines[row["entry_id"]]) for row in headers}
    return [found[number] for number in numbers if number in found]


def _of(query: Select[Any], table: Any) -> Select[Any]:
    """Built once for any entry numbers: building a statement takes longer than running it."""
    numbers: BindParameter[Any] = bindparam("numbers", expanding=True)
    return query.where(table.c.community_id == bindparam("community"), table.c.entry_id.in_(numbers))


def _headers() -> Select[Any]:
    head, later = journal_entry, journal_entry.alias("later")
    sealed = and_(seal.c.community_id == head.c.community_id, seal.c.seq == head.c.entry_id)
    decided = and_(decision.c.community_id == head.c.community_id, decision.c.decision_id == head.c.decision_id)
    back = select(later.c.entry_id).where(later.c.community_id == head.c.community_id, later.c.entry_id <= _AT)
    reversed_by = back.where(later.c.reverses == head.c.entry_id).scalar_subquery()
    corrected_by = back.where(later.c.corrects == head.c.entry_id).order_by(later.c.entry_id).limit(1).scalar_subquery()
    columns = (
        seal.c.hash,
        seal.c.prev_hash,
        decision.c.code,
        reversed_by.label("reversed_by"),
        corrected_by.label("corrected_by"),
    )
    return select(head, *columns).join(seal, sealed).join(decision, decided, isouter=True)


def _end_of_journal(newest: bool) -> ScalarSelect[Any]:
    """The first or last day, by the index of months: without it every entry is read."""
    month, day, here = journal_entry.c.period_id, journal_entry.c.effective_on, journal_entry.c.community_id
    mine = here + 0 == bindparam("community")
    outermost = select(month).where(mine).order_by(month.desc() if newest else month).limit(1).scalar_subquery()
    return select((func.max if newest else func.min)(day)).where(mine, month == outermost).scalar_subquery()


def _leaf(row: RowMapping) -> AccountKey:
    return AccountKey(row["chart"], row["unit"], row["fund"], row["owner_id"])


def _quantity(row: RowMapping) -> Quantity | None:
    milli = row["quantity_milli"]
    return None if milli is None else Quantity(milli, row["quantity_unit"], row["method"])


def _line(row: RowMapping) -> Line:
    return Line(row["line"], row["account_id"], _leaf(row), row["amount"], row["programme"], _quantity(row))


def _entry(row: RowMapping, texts: Mapping[str, str | None], lines: list[Line]) -> Entry:
    same = (
        "entry_id kind family effective_on about_on recorded_at entered_by on_behalf_of confirmed_by document "
        "agreement_id privacy facts reverses corrects reversed_by corrected_by"
    ).split()
    return Entry(
        **{name: row[name] for name in same},
        decision=row["code"],
        scope=row["idem_scope"],
        key=row["idem_key"],
        texts=dict(texts),
        lines=tuple(lines),
        hash=bytes(row["hash"]),
        prev_hash=bytes(row["prev_hash"]),
    )


_AT: BindParameter[int] = bindparam("at")
_DAYS = select(_end_of_journal(newest=False), _end_of_journal(newest=True))
_TEXTS = _of(select(entry_text.c.entry_id, entry_text.c.part, entry_text.c.body), entry_text)
_LINES = _of(select(posting, account.c.chart, account.c.owner_id).join(account, same_account()), posting).order_by(
    posting.c.entry_id, posting.c.line
)
_HEADERS = _of(_headers(), journal_entry)
