"""Workload: load, rest, programmes that depend on few people, and rotation of roles."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction

from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, SUSTAINABILITY, ColumnScope, period_indicator, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent
from reports.measures.hours import enrolled_people, is_giving, median, minutes_given
from reports.measures.role_terms import current_roles

PRINTED = (SUSTAINABILITY,)
BLOCKS, BLOCK_DAYS = 13, 7


def _load(dataset: Dataset, span: Span, statistic: Callable[[Sequence[int]], Fraction]) -> FigureValue:
    days = (span.last - span.first).days + 1
    minutes = sorted(minutes_given(dataset, span).get(person, 0) for person in enrolled_people(dataset, span))
    if len(minutes) < max(dataset.min_people, 1):
        return no_value(Reason.TOO_FEW)
    weekly = statistic(minutes)
    return figure_value(weekly * 7 / days, minutes=weekly, days=days, members=len(minutes))


@period_indicator("weekly-load-median", "min", N_("Hours given in a week, median member"), PRINTED)
def weekly_load_median(dataset: Dataset, span: Span) -> FigureValue:
    """Median of the minutes given per member x 7 / days; minutes per week, TOO_FEW below k people."""
    return _load(dataset, span, median)


@period_indicator("weekly-load-p90", "min", N_("Hours given in a week, 90th percentile"), PRINTED)
def weekly_load_p90(dataset: Dataset, span: Span) -> FigureValue:
    """90th percentile (nearest rank) of the minutes given per week. Over 10 hours for four weeks needs a talk."""
    return _load(dataset, span, lambda minutes: Fraction(minutes[-(-len(minutes) * 9 // 10) - 1]))


@point_indicator("rest-weeks", "percent", N_("Members with a week of rest in the last 13"), PRINTED)
def rest_weeks(dataset: Dataset, day: dt.date) -> FigureValue:
    """Members with at least one week without hours given in the last 13 weeks / all members; percent.

    DIV0 without members.
    """
    first = day - dt.timedelta(BLOCKS * BLOCK_DAYS - 1)
    people = enrolled_people(dataset, Span(max(dataset.began or first, first), day))
    worked: dict[int, set[int]] = {person: set() for person in people}
    for row in dataset.exchange_rows.within(Span(first, day)):
        if is_giving(row) and row.owner in worked:
            worked[row.owner].add((row.date - first).days // BLOCK_DAYS)
    return percent(sum(len(blocks) < BLOCKS for blocks in worked.values()), len(people))


def _private(dataset: Dataset) -> frozenset[str]:
    return frozenset(code for code, programme in dataset.registers.programmes.items() if programme.private)


@period_indicator("programmes-on-few", "count", N_("Programmes that rest on one or two people"), PRINTED)
def programmes_on_few(dataset: Dataset, span: Span) -> FigureValue:
    """Number of programmes whose hours were given by one or two people, without private programmes."""
    hands: dict[str, set[int]] = {}
    private = _private(dataset)
    for row in dataset.exchange_rows.within(span):
        if is_giving(row) and row.programme and row.programme not in private:
            hands.setdefault(row.programme, set()).add(row.owner)
    return figure_value(sum(1 for people in hands.values() if len(people) <= 2), programmes=len(hands))


@period_indicator("care-share", "min", N_("Peer-support time for each supporter"), PRINTED)
def care_share(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes given in private programmes / people who gave them, per month; TOO_FEW below k supporters."""
    minutes: dict[int, int] = {}
    private = _private(dataset)
    for row in dataset.exchange_rows.within(span):
        if is_giving(row) and row.programme in private:
            minutes[row.owner] = minutes.get(row.owner, 0) - row.amount
    if len(minutes) < max(dataset.min_people, 1):
        return no_value(Reason.TOO_FEW)
    months = len(list(span.months()))
    return figure_value(Fraction(sum(minutes.values()), len(minutes) * months), supporters=len(minutes), months=months)


@point_indicator(
    "roles-within-term",
    "percent",
    N_("Roles within their term"),
    PRINTED,
    fills=ColumnScope.THIS_YEAR,
    is_registered=True,
)
def roles_within_term(dataset: Dataset, day: dt.date) -> FigureValue:
    """Roles within their term and within the allowed consecutive terms / all roles; percent, NOT_SET without roles."""
    most = dataset.policy_number("gov.max_consecutive", 2)
    roles = current_roles(dataset, day)
    if not roles:
        return no_value(Reason.NOT_SET)
    return percent(sum(term.to >= day and term.term <= most for term in roles), len(roles))


@point_indicator(
    "roles-with-trainee",
    "percent",
    N_("Roles with someone learning them"),
    PRINTED,
    fills=ColumnScope.THIS_YEAR,
    is_registered=True,
)
def roles_with_trainee(dataset: Dataset, day: dt.date) -> FigureValue:
    """Roles with a trainee on the day / all roles; percent, NOT_SET without roles."""
    roles = current_roles(dataset, day)
    if not roles:
        return no_value(Reason.NOT_SET)
    return percent(sum(term.trainee is not None and (term.trainee_from or day) <= day for term in roles), len(roles))


@point_indicator(
    "days-since-rotation",
    "days",
    N_("Days since a role last changed hands"),
    PRINTED,
    fills=ColumnScope.THIS_YEAR,
    is_registered=True,
)
def days_since_rotation(dataset: Dataset, day: dt.date) -> FigureValue:
    """Days since the newest term began; NOT_SET without roles."""
    begun = [term.from_ for term in dataset.registers.roles if term.from_ <= day]
    if not begun:
        return no_value(Reason.NOT_SET)
    return figure_value((day - max(begun)).days, last=max(begun).isoformat())


@period_indicator("treasury-spread", "count", N_("People who made or approved entries"), (ANNUAL,))
def treasury_spread(dataset: Dataset, span: Span) -> FigureValue:
    """Number of people who entered or confirmed money entries; NO_DATA where all entries were imported."""
    rows = [row for row in dataset.money.within(span) if not row.imported]
    people = {person for row in rows for person in (row.entered_by, row.confirmed_by) if person is not None}
    return figure_value(len(people)) if people else no_value(Reason.NO_DATA)
