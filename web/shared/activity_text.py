"""A member's hours in words, from their point of view: help given, help received, hours passed on."""

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


def hours_tally(sums: HoursSums, href: str | None = None) -> Tally:
    """The tally of a member's hours: given above, received below."""
    upper = [
        TallyPart(
            label=gettext("You gave"), amount=sums.gave, shown=formats.hours_short(sums.gave), tone="gave", href=href
        )
    ]
    lower = [
        TallyPart(
            label=gettext("You received"),
            amount=sums.received,
            shown=formats.hours_short(sums.received),
            tone="got",
            href=href,
        )
    ]
    if sums.came:
        shown = formats.hours_short(sums.came)
        upper.append(TallyPart(label=gettext("Came to you otherwise"), amount=sums.came, shown=shown, tone="gift"))
    if sums.passed_on:
        shown = formats.hours_short(sums.passed_on)
        lower.append(TallyPart(label=gettext("You passed on"), amount=sums.passed_on, shown=shown, tone="gift"))
    return build_tally(upper, lower, "min")


def notch_text(diagram: Tally) -> str:
    """How much one notch of a tally of hours stands for."""
    if diagram.notch == 30:
        return gettext("One notch is half an hour. The open end is your balance.")
    length = formats.hours_in_words(diagram.notch)
    return gettext("One notch is this long: %(length)s. The open end is your balance.", length=length)


def balance_text(minutes: int) -> str:
    """A balance as a sentence; a balance below zero is not blamed."""
    length = formats.hours_in_words(minutes)
    if minutes == 0:
        return gettext("You have given as much help as you have received.")
    if minutes > 0:
        return gettext("You have given %(length)s more than you received.", length=length)
    return gettext(
        "You have received %(length)s more than you gave. That is how it should be: help goes round.", length=length
    )


def activity_row(line: StatementLine, labels: Labels, slug: str, today: dt.date) -> Row:
    """A line of the member's statement as a row: day, event, amount and note."""
    return Row(
        when=formats.day(line.effective_on, today),
        day=line.effective_on.isoformat(),
        text=event_text(line, labels),
        href=url_for("receipts.entry", slug=slug, number=line.entry_id),
        amount=change_text(line),
        note=note_text(line, labels),
    )


def event_text(line: StatementLine, labels: Labels) -> str:
    """What happened to the member's hours on a statement line."""
    if line.reverses is not None:
        return gettext("Taken back: entry %(number)s", number=line.reverses)
    is_gain, others = line.change > 0, formats.names(labels.person(other) for other in line.others)
    kind = find_kind(line.kind)
    statement_texts = kind.on_statement if kind else None
    text = statement_texts.words(gained=is_gain, alone=not others) if statement_texts else None
    if text is not None:
        return gettext(text, name=others)
    if line.family == COMMUNITY and is_gain:
        return gettext("You worked for the community")
    return kind_title(line.kind)


def change_text(line: StatementLine) -> str:
    """How much, and in which direction."""
    amount = formats.hours_column(abs(line.change))
    if line.reverses is not None:
        return gettext("%(amount)s taken back", amount=amount)
    if line.family in HELP:
        texts = gettext("%(amount)s given", amount=amount), gettext("%(amount)s received", amount=amount)
    else:
        texts = gettext("%(amount)s came", amount=amount), gettext("%(amount)s passed on", amount=amount)
    return texts[line.change < 0]


def note_text(line: StatementLine, labels: Labels) -> str:
    """The note under a line: what it was about, or that only the member sees it."""
    if line.privacy == "private":
        return gettext("Private: other members do not see this line.")
    return subject_text(line) or labels.programme(line.programme) or _narration_text(line)


def _narration_text(line: StatementLine) -> str:
    """The narration, for kinds whose event text says too little."""
    kind = find_kind(line.kind)
    is_described = line.family == COMMUNITY or (kind is not None and kind.on_statement is not None)
    return "" if line.reverses is not None or is_described else line.narration or ""


class DescribedEntry(Protocol):
    """An entry with its kind, narration and subject."""

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
    """The subject that a person typed, in its kind's wording; pages show time and names separately."""
    if entry.subject is None:
        return _narration_subject(entry.narration or "")
    kind = find_kind(entry.kind)
    return gettext(kind.subject_reads, what=entry.subject) if kind and kind.subject_reads else entry.subject


def _narration_subject(narration: str) -> str:
    """The subject in a narration such as `Weeding the beans, 1:30: Ana for Bea`.

    For entries recorded before subjects were stored separately.
    """
    match = _NARRATION.match(narration)
    return match["what"] if match and match["what"] not in _default_subjects() else ""


def _default_subjects() -> set[str]:
    """The default wording in place of a subject, in narrations without one."""
    messages = [message for kind in all_kinds().values() for message in kind.plain_narrations]
    return {text.partition(_BEFORE_TIME)[0] for message in messages for text in (message, gettext(message))}


_NARRATION = re.compile(r"(?P<what>.+), \d+:\d\d: ")
_BEFORE_TIME = ", %(time)s"
