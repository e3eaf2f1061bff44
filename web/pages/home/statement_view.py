"""One's own statement: a year of hours month by month, each with what stood before and after, and the year's swaps."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from ledger.core.amounts import BARTER_VALUE
from ledger.core.periods import Month, Span
from ledger.journal.member_activity import HoursSums, Swap
from ledger.journal.statements import Statement, StatementLine
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared import activity_text
from web.shared.components import Cell, Column, Group, Table, TextOrCell
from web.shared.labels import Labels


@dataclass(frozen=True, kw_only=True)
class Reader:
    """Whose statement it is, and what it needs to name things."""

    party_id: int
    slug: str
    labels: Labels
    today: dt.date


def lead(sums: HoursSums) -> str:
    """The statement in one sentence."""
    told_sums = {"gave": formats.hours_in_words(sums.gave), "received": formats.hours_in_words(sums.received)}
    sentence = gettext("You have given %(gave)s and received %(received)s.", **told_sums)
    return gettext("%(first)s %(second)s", first=sentence, second=activity_text.balance_text(sums.balance))


def hours(year: Statement, reader: Reader) -> Table:
    """A year's hours by month."""
    columns = [
        Column(label=gettext("What")),
        Column(label=gettext("Date")),
        Column(label=gettext("Given"), numeric=True),
        Column(label=gettext("Received or passed on"), numeric=True),
        Column(label=gettext("Balance"), numeric=True),
    ]
    gave, received = (sum(max(sign * line.change, 0) for line in year.lines) for sign in (1, -1))
    closing = formats.hours_column(year.closing)
    return Table(
        caption=gettext("Hours, %(span)s", span=formats.span(year.span.first, year.span.last)),
        columns=columns,
        groups=_months(year, reader),
        totals=[[gettext("Together"), "", formats.hours_column(gave), formats.hours_column(received), closing]],
        sentence=gettext("A balance with a minus sign says that you received more than you gave."),
    )


def _months(year: Statement, reader: Reader) -> list[Group]:
    groups = []
    for month, some in groupby(year.lines, key=lambda line: Month.of(line.effective_on)):
        lines = list(some)
        opening = lines[0].balance - lines[0].change
        rows = [
            _stands(gettext("At the beginning"), month.first, opening),
            *(_row(line, reader) for line in lines),
            _until(month, lines, reader.today),
        ]
        groups.append(Group(heading=formats.month(month.first), rows=rows))
    return groups


def _until(month: Month, lines: Sequence[StatementLine], today: dt.date) -> list[TextOrCell]:
    """What stood at a month's end; of the month that still runs, what stands so far."""
    if month != Month.of(today):
        return _stands(gettext("At the end"), month.last, lines[-1].balance)
    return _stands(gettext("So far"), max(today, lines[-1].effective_on), lines[-1].balance)


def _stands(label: str, day: dt.date, balance: int) -> list[TextOrCell]:
    return [label, _day(day), "", "", formats.hours_column(balance)]


def _day(day: dt.date) -> str:
    """A day in one piece, however narrow its column."""
    return formats.day(day).replace(" ", "\u00a0")


def _row(line: StatementLine, reader: Reader) -> list[TextOrCell]:
    happened, beside = activity_text.event_text(line, reader.labels), activity_text.note_text(line, reader.labels)
    text = gettext("%(what)s: %(about)s", what=happened, about=beside) if beside else happened
    amount = formats.hours_column(abs(line.change))
    return [
        Cell(text=text, href=url_for("receipts.entry", slug=reader.slug, number=line.entry_id)),
        _day(line.effective_on),
        amount if line.change > 0 else "",
        amount if line.change < 0 else "",
        formats.hours_column(line.balance),
    ]


def swaps(swaps_of_year: Sequence[Swap], reader: Reader, span: Span) -> Table:
    """A year's swaps, in the values that were agreed on."""
    columns = [
        Column(label=gettext("What went round")),
        Column(label=gettext("Date")),
        Column(label=gettext("You gave"), numeric=True),
        Column(label=gettext("You received"), numeric=True),
    ]
    rows = [_swap(swap, reader) for swap in swaps_of_year]
    return Table(
        caption=gettext("Swaps, %(span)s", span=formats.span(span.first, span.last)),
        columns=columns,
        groups=[Group(rows=rows)],
        sentence=gettext("These values only say what you agreed was even. They are not money and never become hours."),
    )


def _swap(swap: Swap, reader: Reader) -> list[TextOrCell]:
    text = swap.narration or gettext("A swap")
    if swap.reverses is not None:
        text = gettext("Taken back: entry %(number)s", number=swap.reverses)
    href = url_for("receipts.entry", slug=reader.slug, number=swap.entry_id)
    return [Cell(text=text, href=href), _day(swap.effective_on), _value(swap.gave, swap), _value(swap.got, swap)]


def _value(value: int, swap: Swap) -> str:
    if not value:
        return ""
    return gettext("even") if json.loads(swap.facts).get("unvalued") else formats.amount(value, BARTER_VALUE)
