"""What happened, as the one who reads it would say it: gave help, received help, passed on."""

from __future__ import annotations

import datetime as dt
import re
from typing import Protocol

from flask import url_for

from ledger.core.drafts import COMMUNITY
from ledger.journal.member_activity import HELP, HoursSums
from ledger.journal.statements import StatementLine
from ledger.kinds import all_kinds, find_kind
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Row
from web.shared.diagrams import Tally, TallyPart, build_tally
from web.shared.labels import Labels, kind_title


def hours_tally(found: HoursSums, href: str | None = None) -> Tally:
    """The tally stick of someone's hours."""
    upper = [TallyPart(label=gettext("You gave"), amount=found.gave, shown=spelt(found.gave), tone="gave", href=href)]
    lower = [
        TallyPart(
            label=gettext("You received"), amount=found.received, shown=spelt(found.received), tone="got", href=href
        )
    ]
    if found.came:
        shown = spelt(found.came)
        upper.append(TallyPart(label=gettext("Came to you otherwise"), amount=found.came, shown=shown, tone="gift"))
    if found.passed_on:
        shown = spelt(found.passed_on)
        lower.append(TallyPart(label=gettext("You passed on"), amount=found.passed_on, shown=shown, tone="gift"))
    return build_tally(upper, lower, "min")


def notch_text(drawn: Tally) -> str:
    """What one notch of a stick of hours stands for."""
    if drawn.notch == 30:
        return gettext("One notch is half an hour. The open end is your balance.")
    length = formats.hours_in_words(drawn.notch)
    return gettext("One notch is this long: %(length)s. The open end is your balance.", length=length)


def spelt(minutes: int) -> str:
    """Hours under a drawing: `3 h 30`, `30 min`."""
    return formats.hours_short(minutes)


def balance_text(minutes: int) -> str:
    """A balance as a sentence, without a word of blame."""
    length = formats.hours_in_words(minutes)
    if minutes == 0:
        return gettext("You have given as much help as you have received.")
    if minutes > 0:
        return gettext("You have given %(length)s more than you received.", length=length)
    return gettext(
        "You have received %(length)s more than you gave. That is how it should be: help goes round.", length=length
    )


def activity_row(line: StatementLine, labels: Labels, slug: str, today: dt.date) -> Row:
    """A line of someone's own hours: what they did, and how much it was."""
    return Row(
        when=formats.day(line.effective_on, today),
        day=line.effective_on.isoformat(),
        text=event_text(line, labels),
        href=url_for("receipts.entry", slug=slug, number=line.entry_id),
        amount=change_text(line),
        note=note_text(line, labels),
    )


def event_text(line: StatementLine, labels: Labels) -> str:
    """One move of one's own hours in words."""
    if line.reverses is not None:
        return gettext("Taken back: entry %(number)s", number=line.reverses)
    gained, others = line.change > 0, formats.names(labels.person(other) for other in line.others)
    kind = find_kind(line.kind)
    reading = kind.on_statement if kind else None
    words = reading.words(gained=gained, alone=not others) if reading else None
    if words is not None:
        return gettext(words, name=others)
    if line.family == COMMUNITY and gained:
        return gettext("You worked for the community")
    return kind_title(line.kind)


def change_text(line: StatementLine) -> str:
    """How much, and which way."""
    amount = formats.hours_column(abs(line.change))
    if line.reverses is not None:
        return gettext("%(amount)s taken back", amount=amount)
    if line.family in HELP:
        way = gettext("%(amount)s given", amount=amount), gettext("%(amount)s received", amount=amount)
    else:
        way = gettext("%(amount)s came", amount=amount), gettext("%(amount)s passed on", amount=amount)
    return way[line.change < 0]


def note_text(line: StatementLine, labels: Labels) -> str:
    """What stands under a line: what it was about, and that nobody else sees it where nobody does."""
    if line.privacy == "private":
        return gettext("Private: other members do not see this line.")
    return subject_text(line) or labels.programme(line.programme) or _whole(line)


def _whole(line: StatementLine) -> str:
    """The words of an entry whose kind says too little by itself."""
    kind = find_kind(line.kind)
    reads_whole = line.family == COMMUNITY or (kind is not None and kind.on_statement is not None)
    return "" if line.reverses is not None or reads_whole else line.narration or ""


class DescribedEntry(Protocol):
    """An entry with its kind and its words."""

    @property
    def kind(self) -> str:
        """The slug of its kind."""

    @property
    def narration(self) -> str | None:
        """What happened, in one sentence."""

    @property
    def subject(self) -> str | None:
        """What a person typed it is about."""


def subject_text(entry: DescribedEntry) -> str:
    """What somebody typed it is about; a page shows the time and the names by itself."""
    if entry.subject is None:
        return _subject_in(entry.narration or "")
    kind = find_kind(entry.kind)
    return gettext(kind.subject_reads, what=entry.subject) if kind and kind.subject_reads else entry.subject


def _subject_in(narration: str) -> str:
    """The subject inside a narration such as `Weeding the beans, 1:30: Ana for Bea`.

    Entries recorded before subjects were stored say it nowhere else.
    """
    match = _NARRATION.match(narration)
    return match["what"] if match and match["what"] not in _plain_subjects() else ""


def _plain_subjects() -> set[str]:
    """What stands in the place of the subject in narrations without one."""
    messages = [message for kind in all_kinds().values() for message in kind.plain_narrations]
    return {text.partition(_BEFORE_TIME)[0] for message in messages for text in (message, gettext(message))}


_NARRATION = re.compile(r"(?P<what>.+), \d+:\d\d: ")
_BEFORE_TIME = ", %(time)s"
