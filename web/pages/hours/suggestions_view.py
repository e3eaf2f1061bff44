"""Suggestions: what somebody logged before, to be logged again in three taps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.amounts import MINUTES
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import queries
from ledger.journal.idempotency import JOURNAL
from ledger.journal.queries import Entry, EntryFilter
from ledger.kinds.base import Kind
from ledger.kinds.time.community_hours import CommunityHours
from ledger.kinds.time.hours import Hours
from ledger.registers import members
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.activity_text import about
from web.shared.components import Option, Row
from web.shared.labels import Labels

MOST = 4
LOOKED_AT = 40


@dataclass(frozen=True, kw_only=True)
class Again:
    """Something that happened before and may happen again: who helped whom, with what, for which programme."""

    entry_id: int
    day: dt.date
    helper: int
    receiver: int | None
    what: str
    programme: str | None

    def kind(self, minutes: int, day: dt.date) -> Kind:
        """The same once more, on another day."""
        if self.receiver is None:
            helpers, programme = (self.helper,), self.programme or ""
            return CommunityHours(
                helpers=helpers, minutes=minutes, programme=programme, what=self.what or None, day=day
            )
        return Hours(
            helpers=(self.helper,),
            receiver=self.receiver,
            minutes=minutes,
            what=self.what or None,
            programme=self.programme,
            day=day,
        )

    def option(self, me: int, labels: Labels, today: dt.date) -> Option:
        """The same as an answer to choose."""
        return Option(value=str(self.entry_id), label=self._label(me, labels), hint=self._hint(labels, today))

    def row(self, me: int, labels: Labels, slug: str, today: dt.date) -> Row:
        """The same as a line that leads to the form with this answer chosen."""
        return Row(
            when=formats.day(self.day, today),
            day=self.day.isoformat(),
            text=self._label(me, labels),
            note=self.what or labels.programme(self.programme),
            href=url_for("hours.show", slug=slug, what=self.entry_id),
        )

    def _label(self, me: int, labels: Labels) -> str:
        if self.receiver is None:
            return gettext("I worked for the community")
        if self.helper == me:
            return gettext("I helped %(name)s", name=labels.person(self.receiver))
        return gettext("%(name)s helped me", name=labels.person(self.helper))

    def _hint(self, labels: Labels, today: dt.date) -> str:
        what, day = self.what or labels.programme(self.programme), formats.day(self.day, today)
        return gettext("%(what)s, as on %(day)s", what=what, day=day) if what else gettext("As on %(day)s", day=day)


def found(uow: UnitOfWork, me: int, today: dt.date) -> list[Again]:
    """The last things that somebody took part in, each once, with people who are still here."""
    here = members.enrolled(uow, today).keys()
    known: dict[tuple[object, ...], Again] = {}
    for entry in queries.entries(uow, EntryFilter(owner=me, unit=MINUTES), limit=LOOKED_AT).entries:
        again = of(entry, me)
        if again is not None and {again.helper, again.receiver} <= here | {None}:
            known.setdefault((again.helper, again.receiver, again.what.casefold(), again.programme), again)
    return list(known.values())[:MOST]


def of(entry: Entry, me: int) -> Again | None:
    """An entry as something to log again; None where it was no plain help or work of one person."""
    if not entry.live or entry.kind not in (Hours.slug, CommunityHours.slug):
        return None
    lines = [line for line in entry.lines if line.leaf.chart == MEMBER_TIME]
    gave = [line for line in lines if line.amount < 0]
    got = [line for line in lines if line.amount > 0]
    is_help = entry.kind == Hours.slug
    if len(gave) != 1 or len(got) != is_help or me not in {line.leaf.owner for line in lines}:
        return None
    is_private = entry.privacy == "private"
    is_readable = not is_private and (entry.subject is not None or entry.scope != JOURNAL)
    return Again(
        entry_id=entry.entry_id,
        day=entry.effective_on,
        helper=gave[0].leaf.owner,
        receiver=got[0].leaf.owner if is_help else None,
        what=about(entry) if is_readable else "",
        programme=gave[0].programme,
    )
