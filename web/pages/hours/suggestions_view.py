"""Suggestions: what somebody logged before, to be logged again in three taps."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from ledger.core.account_roles import MEMBER_TIME
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import member_activity
from ledger.journal.idempotency import JOURNAL
from ledger.journal.member_activity import Exchange
from ledger.journal.queries import Entry
from ledger.kinds.base import Kind
from ledger.kinds.time.community_hours import CommunityHours
from ledger.kinds.time.hours import Hours
from ledger.registers import members
from ledger.registers.cache import cached_by_hash
from web.i18n import formats
from web.i18n.translation import current_language, gettext
from web.shared.activity_text import subject_text
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


def find(uow: UnitOfWork, me: int, today: dt.date, last_link: bytes | None = None) -> list[Again]:
    """The last things that somebody took part in, each once, with people who are still here.

    `last_link` is the hash of the last entry that moved their hours, where it is known.
    """
    link = member_activity.find_last_link(uow, me) if last_link is None else last_link
    name = ("suggestions", me, today, current_language().code)
    return cached_by_hash(uow, link + uow.last_act, name, lambda: _read(uow, me, today))


def _read(uow: UnitOfWork, me: int, today: dt.date) -> list[Again]:
    here = members.enrolled(uow, today).keys()
    known: dict[tuple[object, ...], Again] = {}
    for exchange in member_activity.latest_exchanges(uow, me, LOOKED_AT):
        again = of(exchange, me)
        if again is not None and {again.helper, again.receiver} <= here | {None}:
            known.setdefault((again.helper, again.receiver, again.what.casefold(), again.programme), again)
    return list(known.values())[:MOST]


def of_entry(entry: Entry, me: int) -> Again | None:
    """An entry as something to log again; None where it was no plain help or work of one person."""
    lines = [line for line in entry.lines if line.leaf.chart == MEMBER_TIME]
    return of(
        Exchange(
            entry_id=entry.entry_id,
            effective_on=entry.effective_on,
            kind=entry.kind,
            is_private=entry.privacy == "private",
            is_imported=entry.scope == JOURNAL,
            is_live=entry.live,
            narration=entry.narration,
            subject=entry.subject,
            lines=tuple((line.leaf.owner, line.amount, line.programme) for line in lines),
        ),
        me,
    )


def of(exchange: Exchange, me: int) -> Again | None:
    """What moved a member's hours as something to log again; None where it was no plain help or work of one person."""
    if not exchange.is_live or exchange.kind not in (Hours.slug, CommunityHours.slug):
        return None
    gave = [(owner, programme) for owner, amount, programme in exchange.lines if amount < 0]
    got = [owner for owner, amount, _ in exchange.lines if amount > 0]
    is_help = exchange.kind == Hours.slug
    if len(gave) != 1 or len(got) != is_help or me not in {gave[0][0], *got}:
        return None
    is_readable = not exchange.is_private and (exchange.subject is not None or not exchange.is_imported)
    return Again(
        entry_id=exchange.entry_id,
        day=exchange.effective_on,
        helper=gave[0][0],
        receiver=got[0] if is_help else None,
        what=subject_text(exchange) if is_readable else "",
        programme=gave[0][1],
    )
