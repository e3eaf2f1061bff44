"""Erasing: the words of an entry, or a person's names, go for good; the chain keeps that they were there, and holds.

What was erased is also listed outside the database: books restored from an older backup do not show it
(docs/operating.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Table, select

from ledger.chain import hashing
from ledger.core.errors import NothingToErase, StillMember, UnknownEntry, UnknownMember
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.models import act, entry_text, journal_entry, party, party_text
from ledger.registers import communities, members
from ledger.registers.registry import MEMBERS

ENTRY, PARTY = "entry", "party"
STILL_HERE = N_("Names are erased once the last day of membership is over. Note that day first.")


@dataclass(frozen=True, order=True)
class Erasure:
    """One text that is gone: of an entry or a party, and which part; the MAC tells it from others and says nothing."""

    uid: str
    subject: str
    number: int
    part: str
    mac: str


def erase_words(writing: WriteUnit, entry_id: int, *, entered_by: int, part: str | None = None) -> int:
    """Erase an entry's words, or one part of them (`narration`, `reason`, `note`); amounts stay. The act's number.

    The subject is erased with the narration, which says it too.
    Raises UnknownEntry, and NothingToErase where no such words are left.
    """
    where = (journal_entry.c.community_id == writing.community_id, journal_entry.c.entry_id == entry_id)
    if writing.connection.scalar(select(journal_entry.c.entry_id).where(*where)) is None:
        raise UnknownEntry(make_message("There is no entry number %(number)s.", number=entry_id))
    left = [row.part for row in _present(writing, entry_text, entry_text.c.entry_id == entry_id)]
    if not left or (part is not None and part not in left):
        raise NothingToErase(
            make_message("Entry %(number)s has no such words, or they are gone already.", number=entry_id)
        )
    if part == "narration" and "subject" in left:
        hashing.append_act(writing, "erase", entered_by=entered_by, facts={"part": "subject"}, entry_id=entry_id)
    facts = {} if part is None else {"part": part}
    return hashing.append_act(writing, "erase", entered_by=entered_by, facts=facts, entry_id=entry_id)


def erase_names(writing: WriteUnit, party_id: int, *, entered_by: int) -> int:
    """Erase every name that someone had here; their entries stay, as those of a number. The act's number.

    Raises UnknownMember, StillMember before they have left, NothingToErase where no name is left.
    """
    where = (party.c.community_id == writing.community_id, party.c.party_id == party_id)
    if party_id < members.FIRST_PERSON or writing.connection.scalar(select(party.c.kind).where(*where)) is None:
        raise UnknownMember(make_message("There is nobody with the number %(code)s in this community.", code=party_id))
    known = MEMBERS.get(writing, str(party_id))
    if known is not None and not known.has_left(communities.today(writing)):
        raise StillMember(make_message(STILL_HERE))
    if not _present(writing, party_text, party_text.c.party_id == party_id):
        raise NothingToErase(make_message("These names are gone already."))
    return hashing.append_act(writing, "erase", entered_by=entered_by, facts={"party": party_id})


def last_erased_by(uow: UnitOfWork, entry_id: int) -> tuple[int, str] | None:
    """Who erased words of an entry last, and when (UTC, ISO 8601); None where nobody did."""
    gone = select(entry_text.c.erased_act).where(
        entry_text.c.community_id == uow.community_id, entry_text.c.entry_id == entry_id
    )
    query = select(act.c.entered_by, act.c.recorded_at).where(act.c.community_id == uow.community_id)
    query = query.where(act.c.act_id.in_(gone), act.c.act_id <= uow.at).order_by(act.c.act_id.desc()).limit(1)
    row = uow.connection.execute(query).one_or_none()
    return None if row is None else (row.entered_by, row.recorded_at)


def all_erasures(unit: UnitOfWork) -> Iterator[Erasure]:
    """Every text that is gone from the community's books."""
    for table, subject, number in ((entry_text, ENTRY, "entry_id"), (party_text, PARTY, "party_id")):
        where = (table.c.community_id == unit.community_id, table.c.body.is_(None))
        for whose, part, mac in unit.connection.execute(
            select(table.c[number], table.c.part, table.c.mac).where(*where)
        ):
            yield Erasure(unit.uid, subject, whose, part, bytes(mac).hex())


def repeat_erasures(writing: WriteUnit, known: Collection[Erasure], *, entered_by: int) -> int:
    """Erase what was erased before, in books that came back from a backup made earlier; the number of acts."""
    here = {(one.subject, one.number, one.part, one.mac) for one in known if one.uid == writing.uid}
    words = [
        (row.entry_id, row.part)
        for row in _present(writing, entry_text)
        if (ENTRY, row.entry_id, row.part, bytes(row.mac).hex()) in here
    ]
    names = {
        row.party_id
        for row in _present(writing, party_text)
        if (PARTY, row.party_id, row.part, bytes(row.mac).hex()) in here
    }
    for number, part in words:
        hashing.append_act(writing, "erase", entered_by=entered_by, facts={"part": part}, entry_id=number)
    for number in sorted(names):
        hashing.append_act(writing, "erase", entered_by=entered_by, facts={"party": number})
    return len(words) + len(names)


def _present(unit: UnitOfWork, table: Table, *only: ColumnElement[bool]) -> list[Row[Any]]:
    """The texts that are there; only what tells them apart is read."""
    whose = [column for column in table.primary_key if column.name != "community_id"]
    where = (table.c.community_id == unit.community_id, table.c.body.is_not(None), *only)
    return list(unit.connection.execute(select(*whose, table.c.mac).where(*where).order_by(*whose)))
