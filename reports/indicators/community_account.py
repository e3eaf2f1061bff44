"""The community account, members far from balance, partner communities, claims and disputes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from fractions import Fraction

from ledger.core.account_roles import PARTNER_TIME
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import (
    ANNUAL,
    BUDGET_REVIEW,
    SUSTAINABILITY,
    FigureVariant,
    period_indicator,
    point_indicator,
)
from reports.language.figure import FigureValue, Reason, figure_value, months_covered, no_value, percent
from reports.language.value_formats import Measure
from reports.measures.aggregates import balance, hours_used, twelve_months
from reports.measures.hours import count_exchanges, median, member_balances, pot_balance

PRINTED = (ANNUAL,)


@point_indicator("pot", "min", N_("The community pot"), (BUDGET_REVIEW, SUSTAINABILITY))
def pot_position(dataset: Dataset, day: dt.date) -> FigureValue:
    """The community account, the counterpart of members and partners; minutes, below 0 it has promised help."""
    return figure_value(pot_balance(dataset, day))


def _promised(outcome: FigureValue) -> Message | None:
    return make_message(N_("promised")) if isinstance(outcome.value, int | Fraction) and outcome.value < 0 else None


@point_indicator(
    "pot-months", "months", N_("Months of programme hours that the pot covers"), (SUSTAINABILITY,), wording=_promised
)
def pot_months(dataset: Dataset, day: dt.date) -> FigureValue:
    """Community account / average monthly programme hours of twelve months; months, "promised" below 0.

    PARTIAL while the books are younger than a year; DIV0 without programme hours.
    """
    span = twelve_months(day)
    known_span = Span(max(span.first, dataset.began or span.first), day)
    months, programme_minutes = len(list(known_span.months())), hours_used(dataset, known_span)
    if not programme_minutes:
        return no_value(Reason.DIV0)
    outcome = figure_value(
        Fraction(pot_balance(dataset, day) * months, programme_minutes),
        pot=pot_balance(dataset, day),
        programme_minutes=programme_minutes,
        months=months,
    )
    return outcome.partly(months_covered(months, 12))


def _beyond(dataset: Dataset, day: dt.date, test: Callable[[int], bool]) -> FigureValue:
    """The number of balances beyond a limit; TOO_FEW below k, printed as "some"."""
    count = sum(1 for position in member_balances(dataset, day).values() if test(position))
    return no_value(Reason.TOO_FEW) if 0 < count < dataset.min_people else figure_value(count)


def _some(outcome: FigureValue) -> Message | None:
    if outcome.reason is Reason.TOO_FEW:
        return make_message(N_("some"))
    return make_message(N_("none")) if outcome.value == 0 else None


@point_indicator("above-talk-limit", "count", N_("Members above the upper talk limit"), PRINTED, wording=_some)
def above_talk_limit(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of people above the upper talk limit; below k only "some" or "none" is printed."""
    limit = dataset.policy_number("time.talk_limit_high_minutes", 1500)
    return _beyond(dataset, day, lambda position: position > limit)


@point_indicator("below-talk-limit", "count", N_("Members below the lower talk limit"), PRINTED, wording=_some)
def below_talk_limit(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of people below the lower talk limit; below k only "some" or "none" is printed."""
    limit = dataset.policy_number("time.talk_limit_low_minutes", -600)
    return _beyond(dataset, day, lambda position: position < limit)


@period_indicator("days-to-confirm", "days", N_("Days from claim to confirmation, median"), PRINTED)
def days_to_confirm(dataset: Dataset, span: Span) -> FigureValue:
    """Median days from claim to confirmation, of claims confirmed in the span; NO_DATA without any."""
    days = [
        (claim.confirmed - claim.opened).days for claim in dataset.claims if claim.confirmed and claim.confirmed in span
    ]
    return figure_value(median(days), claims=len(days)) if days else no_value(Reason.NO_DATA)


@point_indicator("claims-over-14-days", "count", N_("Claims older than 14 days"), PRINTED)
def claims_over_14_days(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of claims unconfirmed for over 14 days; NO_DATA without any claim."""
    made = [claim for claim in dataset.claims if claim.opened <= day]
    unconfirmed = [c for c in made if (c.confirmed or c.closed or dt.date.max) > day and (day - c.opened).days > 14]
    return figure_value(len(unconfirmed)) if made else no_value(Reason.NO_DATA)


def _disputes(dataset: Dataset, span: Span) -> int:
    return sum(dispute.opened in span for dispute in dataset.registers.disputes)


@period_indicator("disputes-opened", "count", N_("Disputes opened"), PRINTED)
def disputes_opened(dataset: Dataset, span: Span) -> FigureValue:
    """Number of disputes opened; below k it is shown for whole years only."""
    count = _disputes(dataset, span)
    is_year = len(list(span.months())) >= 12
    return figure_value(count) if is_year or count >= dataset.min_people else no_value(Reason.TOO_FEW)


@period_indicator("disputed-share", "percent", N_("of exchanges"), PRINTED)
def disputed_share(dataset: Dataset, span: Span) -> FigureValue:
    """Disputes opened / exchanges; percent, TOO_FEW below k disputes."""
    count = _disputes(dataset, span)
    return no_value(Reason.TOO_FEW) if count < dataset.min_people else percent(count, count_exchanges(dataset, span))


@period_indicator("days-to-agreement", "days", N_("Days to agreement, median"), PRINTED)
def days_to_agreement(dataset: Dataset, span: Span) -> FigureValue:
    """Median days from opening a dispute to its agreement, of those agreed in the span; TOO_FEW below k."""
    days = [(d.agreed - d.opened).days for d in dataset.registers.disputes if d.agreed and d.agreed in span]
    return no_value(Reason.TOO_FEW) if len(days) < max(dataset.min_people, 1) else figure_value(median(days))


def partners(dataset: Dataset, _: dt.date) -> Sequence[FigureVariant]:
    """One figure for each partner community; a single partner needs no slug suffix."""
    partner_list = dataset.registers.partners
    return [
        FigureVariant(
            "" if len(partner_list) == 1 else f"-{partner.code}",
            {
                "partner": dataset.names.get(partner.party_id, partner.code),
                "limit": Measure(partner.limit_they_owe_minutes or 0, "min"),
            },
            (partner.party_id, partner.limit_they_owe_minutes),
        )
        for partner in partner_list
    ]


@point_indicator("partner-clearing", "min", N_("%(partner)s owes us"), PRINTED, variants=partners)
def partner_clearing(dataset: Dataset, day: dt.date, partner: int, _: int | None) -> FigureValue:
    """The balance of a partner community; minutes, above 0 where they owe us."""
    return figure_value(balance(dataset, day, PARTNER_TIME, owner=partner))


@point_indicator("partner-limit-use", "percent", N_("of the limit of %(limit)s"), PRINTED, variants=partners)
def partner_limit_use(dataset: Dataset, day: dt.date, partner: int, limit: int | None) -> FigureValue:
    """Absolute balance of a partner / the limit they may owe; percent, NOT_SET without a limit."""
    if limit is None:
        return no_value(Reason.NOT_SET)
    return percent(abs(balance(dataset, day, PARTNER_TIME, owner=partner)), limit)
