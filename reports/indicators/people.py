"""Inclusion and learning: solidarity rates, help without debt, newcomers, training."""

from __future__ import annotations

import datetime as dt

from ledger.core.account_roles import DUES, SCHOLARSHIPS, SOLIDARITY_HOURS
from ledger.core.drafts import YEAR_CLOSE
from ledger.core.messages import N_
from ledger.core.periods import Span
from ledger.kinds.funds.solidarity_rate import SolidarityRate
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, MONEY, SUSTAINABILITY, ColumnScope, period_indicator, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent, ratio
from reports.measures.aggregates import twelve_months
from reports.measures.hours import enrolled_people, exchange_partners, is_giving, minutes_given

PRINTED = (ANNUAL,)
NONE, SOME, QUARTER, MORE = N_("none"), N_("some"), N_("up to a quarter"), N_("more")


@point_indicator(
    "solidarity-rate-band", "band", N_("Members at the solidarity rate"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def solidarity_rate_band(dataset: Dataset, day: dt.date) -> FigureValue:
    """Share of members with reduced dues this year, as a band: none, some (below k), up to a quarter, more."""
    span = dataset.year_to(day)
    people = len({r.seq for r in dataset.account_rows(DUES).within(span) if r.kind == SolidarityRate.slug and r.live})
    if not people:
        return figure_value(NONE)
    if people < dataset.min_people:
        return figure_value(SOME)
    return figure_value(QUARTER if people * 4 <= len(enrolled_people(dataset, span)) else MORE)


@period_indicator("help-without-debt", "percent", N_("Help without debt, of hours given"), PRINTED)
def help_without_debt(dataset: Dataset, span: Span) -> FigureValue:
    """Solidarity hours / hours given; percent, for whole years only (else TOO_FEW)."""
    if len(list(span.months())) < 12:
        return no_value(Reason.TOO_FEW)
    paid = sum(row.amount for row in dataset.account_rows(SOLIDARITY_HOURS).within(span) if row.family != YEAR_CLOSE)
    return percent(paid, sum(minutes_given(dataset, span).values()))


@point_indicator("newcomers-connected", "percent", N_("Newcomers with two partners or more"), PRINTED)
def newcomers_connected(dataset: Dataset, day: dt.date) -> FigureValue:
    """People who joined 30 to 120 days ago with two or more exchange partners / all who joined then; percent.

    TOO_FEW below k newcomers.
    """
    joined = Span(day - dt.timedelta(120), day - dt.timedelta(30))
    people = [member.party_id for member in dataset.registers.members.values() if member.joined in joined]
    if len(people) < max(dataset.min_people, 1):
        return no_value(Reason.TOO_FEW)
    partners = exchange_partners(dataset, twelve_months(day))
    return percent(sum(len(partners.get(person, ())) >= 2 for person in people), len(people))


def training_programmes(dataset: Dataset) -> frozenset[str]:
    """The programmes with planned or actual costs for scholarships."""
    lines = (line for budget in dataset.registers.budgets for line in budget.lines)
    planned = {line.programme for line in lines if line.account == SCHOLARSHIPS}
    return frozenset(code for code in planned | {row.programme for row in dataset.account_rows(SCHOLARSHIPS)} if code)


@period_indicator("training-per-member", "min", N_("Training for each member"), (SUSTAINABILITY,))
def training_per_member(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes given in training programmes / members; DIV0 without members."""
    programmes = training_programmes(dataset)
    rows = [row for row in dataset.exchange_rows.within(span) if is_giving(row) and row.programme in programmes]
    return ratio(-sum(row.amount for row in rows), len(enrolled_people(dataset, span)))


@period_indicator("scholarships", MONEY, N_("Scholarships"), (SUSTAINABILITY,))
def scholarships(dataset: Dataset, span: Span) -> FigureValue:
    """Costs of scholarships; minor units."""
    return figure_value(
        sum(row.amount for row in dataset.account_rows(SCHOLARSHIPS).within(span) if row.kind == "scholarship")
    )
