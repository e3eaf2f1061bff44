"""Months and their close in words: how each stands, what is in the way, what is worth a look."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from ledger.closing import period_states, reopen, year_end
from ledger.closing.close import ClosePreview, CloseWarning
from ledger.closing.period_states import MonthState
from ledger.closing.reopen import Reopening
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit
from web.i18n import formats
from web.i18n.translation import gettext, ngettext
from web.identity.permissions import CHECKER, ORGANISER, TREASURER, CurrentMember
from web.shared.components import ActionItem, Link, Row, StatusBadge
from web.shared.labels import Labels

OFFICES = (TREASURER, ORGANISER, CHECKER)


@dataclass(frozen=True, kw_only=True)
class Page:
    """Every month of the books, what waits for somebody, and how the last year's end stands."""

    heading: str
    rows: tuple[Row, ...]
    waiting: tuple[ActionItem, ...]
    year: ActionItem | None


def page(books: ReadUnit, visitor: CurrentMember, today: dt.date) -> Page:
    """The months, newest first, as the visitor may see them."""
    labels, states = Labels.of(books), period_states.month_states(books, Month.of(today).previous())
    left = sum(not state.is_closed for state in states)
    heading = ngettext("%(count)s month is over and open.", "%(count)s months are over and open.", left)
    closed = gettext("Every month that is over is closed.") if states else gettext("Nothing is entered yet.")
    is_office = visitor.may(*OFFICES)
    return Page(
        heading=heading if left else closed,
        rows=tuple(_row(state, visitor, labels, today) for state in states),
        waiting=tuple(request_step(books, one, visitor, labels) for one in reopen.open_requests(books)),
        year=_year(books, visitor) if is_office and states else None,
    )


def _row(state: MonthState, visitor: CurrentMember, labels: Labels, today: dt.date) -> Row:
    chip = StatusBadge(gettext("closed"), "shut") if state.is_closed else StatusBadge(gettext("open"), "waiting")
    where = "months.ask_again" if state.is_closed else "months.look"
    href = url_for(where, slug=visitor.slug, month=str(state.month)) if visitor.may(*OFFICES) else None
    return Row(text=formats.month(state.month.first), day="", href=href, chip=chip, note=_note(state, labels, today))


def _note(state: MonthState, labels: Labels, today: dt.date) -> str:
    if state.by is None or state.recorded_at is None:
        return gettext("Its days still take entries.")
    told = {"name": labels.person(state.by), "day": day_of(state.recorded_at, today)}
    if not state.is_closed:
        return gettext("Opened again on %(day)s with the yes of: %(name)s", **told)
    if state.was_reopened:
        return gettext("It had been opened again. Closed on %(day)s by: %(name)s", **told)
    return gettext("Closed on %(day)s by: %(name)s", **told)


def day_of(recorded_at: str, today: dt.date) -> str:
    """The day of an instant, as it stands in a list."""
    return formats.day(dt.date.fromisoformat(recorded_at[:10]), today)


def request_step(books: ReadUnit, one: Reopening, visitor: CurrentMember, labels: Labels) -> ActionItem:
    """A month that somebody asked to open again."""
    is_mine = reopen.can_approve(books, one, visitor.party_id)
    may_see = is_mine or visitor.may(*OFFICES)
    href = url_for("reopenings.show", slug=visitor.slug, number=one.agreement_id)
    return ActionItem(
        title=gettext("Asked to be opened again: %(month)s", month=formats.month(one.month.first)),
        chip=StatusBadge(gettext("for you to answer"), "ask")
        if is_mine
        else StatusBadge(gettext("waits for a second person")),
        text=gettext("Asked by: %(name)s", name=labels.person(one.asked_by)),
        link=Link(label=gettext("Look at it"), href=href) if may_see else None,
    )


def _year(books: ReadUnit, visitor: CurrentMember) -> ActionItem | None:
    found = year_end.get_year_end(books, year_end.last_financial_year(books), formats.format_message)
    if found.is_done and not found.waiting:
        return None
    span = formats.span(found.span.first, found.span.last)
    chip = (
        StatusBadge(gettext("waits for a second person"))
        if found.waiting
        else StatusBadge(gettext("not closed"), "ask")
    )
    return ActionItem(
        title=gettext("The year %(span)s", span=span),
        chip=chip,
        text=gettext("What came in and went out is not yet in the funds’ own worth."),
        link=Link(label=gettext("Look at the year’s end"), href=url_for("year_end.show", slug=visitor.slug)),
    )


# before a close


@dataclass(frozen=True, kw_only=True)
class Before:
    """A month before it is closed: what is in the way, and what is worth a look."""

    month: str
    name: str
    lead: str
    in_the_way: tuple[Row, ...]
    worth: tuple[Row, ...]
    checked: str
    may_close: bool


def before(found: ClosePreview, visitor: CurrentMember) -> Before:
    """The page that one looks at before closing."""
    way, name = tuple(_in_the_way(found, visitor)), formats.month(found.month.first)
    counted = ngettext("%(count)s entry", "%(count)s entries", found.verdict.entries)
    may = found.may_be_closed and visitor.may(TREASURER)
    return Before(
        month=str(found.month),
        name=name,
        lead=gettext("Closed, its days take no more entries, and what each account held is kept.") if may else "",
        in_the_way=way,
        worth=tuple(_notice(notice, visitor) for notice in found.notices),
        checked=gettext("All of the book was checked: %(entries)s. Every sum and every seal holds.", entries=counted)
        if found.verdict.ok
        else "",
        may_close=may,
    )


def _in_the_way(found: ClosePreview, visitor: CurrentMember) -> Iterable[Row]:
    if found.is_closed:
        yield Row(text=gettext("This month is closed already."))
    if not found.is_over:
        yield Row(text=gettext("This month is not over yet."))
    for month in found.earlier:
        href = url_for("months.look", slug=visitor.slug, month=str(month))
        yield Row(text=gettext("Still open: %(month)s", month=formats.month(month.first)), href=href)
    for finding in found.verdict.findings:
        yield Row(text=formats.format_message(finding.says), chip=StatusBadge(gettext("found by a check"), "ask"))


def _notice(notice: CloseWarning, visitor: CurrentMember) -> Row:
    days = "" if notice.days is None else ngettext("%(count)s day", "%(count)s days", notice.days)
    return Row(text=formats.format_message(notice.says), amount=days, href=_where(notice, visitor))


def _where(notice: CloseWarning, visitor: CurrentMember) -> str | None:
    if notice.slug == "year":
        return url_for("year_end.show", slug=visitor.slug)
    if not visitor.may(TREASURER, CHECKER):
        return None
    if notice.leaf is not None:
        return url_for("accounts.show", slug=visitor.slug, chart=notice.leaf.chart, fund=notice.leaf.fund)
    if notice.entry_id is not None:
        return url_for("entries.show", slug=visitor.slug, number=notice.entry_id)
    return url_for("desk.waiting", slug=visitor.slug) if notice.slug == "waiting" else None


def later_closed(found: Sequence[Month]) -> str:
    """The months that open together, in words."""
    return formats.names(formats.month(month.first) for month in reversed(found))
