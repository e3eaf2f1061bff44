"""An entry on screen: a line in a list, and the whole of it with its place in the chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from ledger.database.unit_of_work import ReadUnit
from ledger.journal import queries
from ledger.journal.queries import Entry
from ledger.kinds import all_kinds
from ledger.registers import erasure
from ledger.registers.communities import OPERATOR
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity.permissions import CHECKER, TREASURER, CurrentMember
from web.shared.components import Fact, Link, Neighbour, Row, StatusBadge, Table
from web.shared.labels import FAMILIES, SCOPES, Labels, kind_title
from web.shared.posting_table import lines_table


@dataclass(frozen=True, kw_only=True)
class EntryPage:
    """One entry as its page shows it."""

    number: int
    of: int
    heading: str
    day: str
    state: StatusBadge | None
    chain: tuple[Neighbour, ...]
    facts: tuple[Fact, ...]
    table: Table
    can_reverse: bool
    can_erase: bool
    is_erased: bool


def may_see(visitor: CurrentMember, entry: Entry) -> bool:
    """Whether someone may open an entry: who keeps or checks the books every one, a member what is open to them."""
    return visitor.may(TREASURER, CHECKER) or entry.is_open_to(visitor.party_id)


def may_see_receipt(visitor: CurrentMember, entry: Entry) -> bool:
    """Whether someone may open an entry's receipt: also who wrote or confirmed it in an office that they still hold."""
    kind, took_part = all_kinds().get(entry.kind), visitor.party_id in (entry.entered_by, entry.confirmed_by)
    return may_see(visitor, entry) or (took_part and kind is not None and visitor.may(*kind.recorders))


def sees_whole(visitor: CurrentMember, entry: Entry) -> bool:
    """Whether someone reads all of an entry; of a private one its owners see their own part only."""
    return visitor.may(TREASURER, CHECKER) or (not entry.is_guarded and may_see(visitor, entry))


def row(entry: Entry, visitor: CurrentMember, today: dt.date) -> Row:
    """An entry as a line of a list: when, what, how much, and what became of it."""
    is_open = may_see(visitor, entry)
    return Row(
        when=formats.day(entry.effective_on, today),
        day=entry.effective_on.isoformat(),
        text=heading(entry) if is_open else gettext("A private entry"),
        href=url_for("entries.show", slug=visitor.slug, number=entry.entry_id) if is_open else None,
        amount=moved(entry) if is_open else "",
        note=gettext("No. %(number)s, %(kind)s", number=entry.entry_id, kind=kind_title(entry.kind)),
        chip=state(entry),
    )


def heading(entry: Entry) -> str:
    """What happened, as it was written down; its kind where the words were erased or never written."""
    if entry.reverses is not None:
        return gettext("Entry %(number)s taken back", number=entry.reverses)
    return entry.narration or kind_title(entry.kind)


def moved(entry: Entry) -> str:
    """How much an entry moved, in each of its units."""
    sums: dict[str, int] = {}
    for line in entry.lines:
        sums[line.leaf.unit] = sums.get(line.leaf.unit, 0) + max(line.amount, 0)
    return ", ".join(formats.amount(total, unit) for unit, total in sums.items())


def state(entry: Entry) -> StatusBadge | None:
    """What became of an entry, where anything did."""
    if entry.reverses is not None:
        return StatusBadge(gettext("takes back"), "shut")
    if entry.reversed_by is not None:
        return StatusBadge(gettext("taken back"), "shut")
    return StatusBadge(gettext("private"), "ask") if entry.privacy == "private" else None


def page(reading: ReadUnit, entry: Entry, visitor: CurrentMember) -> EntryPage:
    """An entry with its neighbours in the chain, who did what, and its lines."""
    labels = Labels.of(reading)
    erased = _erased(reading, entry, labels)
    return EntryPage(
        number=entry.entry_id,
        of=reading.head.seq,
        heading=heading(entry),
        day=formats.day_in_full(entry.effective_on),
        state=state(entry),
        chain=tuple(_chain(reading, entry, visitor)),
        facts=(*_facts(entry, labels), *erased),
        table=lines_table(entry.lines, labels, _caption(entry), visitor.slug),
        can_reverse=visitor.may(TREASURER) and entry.live,
        can_erase=visitor.may(TREASURER) and any(entry.texts.values()),
        is_erased=bool(erased) and not any(entry.texts.values()),
    )


def _caption(entry: Entry) -> str:
    return gettext("Entry %(number)s as the ledger holds it", number=entry.entry_id)


def _chain(reading: ReadUnit, entry: Entry, visitor: CurrentMember) -> Sequence[Neighbour]:
    near = {entry.entry_id, entry.reverses, entry.corrects, entry.reversed_by, entry.corrected_by}
    numbers = sorted(number for number in near if number is not None)
    items = [_neighbour(queries.entry(reading, number), entry, visitor) for number in numbers]
    before = gettext("The number before, which this one rests on.")
    return [Neighbour(text=before, seal=formats.seal(entry.prev_hash)), *items]


def _neighbour(one: Entry, here: Entry, visitor: CurrentMember) -> Neighbour:
    what = heading(one) if may_see(visitor, one) else gettext("A private entry")
    said = gettext("%(day)s. %(what)s", day=formats.day_in_full(one.effective_on), what=what)
    link = Link(
        label=gettext("Entry %(number)s", number=one.entry_id),
        href=url_for("entries.show", slug=visitor.slug, number=one.entry_id),
    )
    is_here = one.entry_id == here.entry_id
    text = gettext("Entry %(number)s. %(what)s", number=one.entry_id, what=said) if is_here else said
    return Neighbour(text=text, seal=formats.seal(one.hash), link=None if is_here else link, is_current=is_here)


def _erased(reading: ReadUnit, entry: Entry, labels: Labels) -> list[Fact]:
    """Who erased words of the entry, where anyone did."""
    found = erasure.last_erased_by(reading, entry.entry_id)
    if found is None:
        return []
    by, when = found
    told = {"person": labels.person(by), "moment": formats.moment(dt.datetime.fromisoformat(when))}
    return [Fact(term=gettext("Words"), detail=gettext("Its words were erased by %(person)s, %(moment)s", **told))]


def _facts(entry: Entry, labels: Labels) -> list[Fact]:
    recorded = dt.datetime.fromisoformat(entry.recorded_at)
    is_operators = entry.scope == "form" and entry.entered_by == OPERATOR
    known = [
        (gettext("Done on"), formats.day_in_full(entry.effective_on)),
        (gettext("About"), formats.day_in_full(entry.about_on) if entry.about_on else ""),
        (gettext("Recorded at"), formats.moment(recorded)),
        (gettext("Entered by"), labels.person(entry.entered_by)),
        (gettext("On behalf of"), labels.person(entry.on_behalf_of)),
        (gettext("Confirmed by"), labels.person(entry.confirmed_by)),
        (gettext("Decision"), entry.decision or ""),
        (gettext("Paper"), entry.document or ""),
        (gettext("Reason"), entry.texts.get("reason") or ""),
        (gettext("Note"), entry.texts.get("note") or ""),
        (gettext("Kind"), kind_title(entry.kind)),
        (gettext("Family"), gettext(FAMILIES[entry.family])),
        (gettext("How it came"), gettext(SCOPES["shell" if is_operators else entry.scope])),
    ]
    return [Fact(term=term, detail=detail) for term, detail in known if detail]
