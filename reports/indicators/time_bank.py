"""Hours given and received: participation, frequency, length and distribution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from ledger.core.account_roles import PARTNER_TIME
from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, BUDGET_REVIEW, SUSTAINABILITY, ColumnScope, period_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent, ratio
from reports.measures.hours import (
    active_people,
    count_exchanges,
    enrolled_people,
    exchange_lengths,
    median,
    minutes_given,
    minutes_received,
    positive_balance_days,
)

PRINTED = (SUSTAINABILITY,)


@period_indicator("active-members", "count", N_("Members who gave or received"), PRINTED)
def active_members(dataset: Dataset, span: Span) -> FigureValue:
    """Number of people who gave or received hours. Inactive members are not a fault."""
    return figure_value(len(active_people(dataset, span)))


@period_indicator("active-rate", "percent", N_("of all members"), PRINTED)
def active_rate(dataset: Dataset, span: Span) -> FigureValue:
    """Active people / members on any day of the span; percent, DIV0 without members. A trend, not a target."""
    return percent(len(active_people(dataset, span)), len(enrolled_people(dataset, span)))


@period_indicator("exchanges", "count", N_("Exchanges"), PRINTED)
def exchange_count(dataset: Dataset, span: Span) -> FigureValue:
    """Number of exchanges, community hours and partner hours, not reversed; a group session counts once."""
    return figure_value(count_exchanges(dataset, span))


@period_indicator("hours-given", "min", N_("Hours given by members"), (BUDGET_REVIEW, SUSTAINABILITY))
def hours_given(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes credited to members in exchanges, without gifts, welcome hours and relief."""
    return figure_value(sum(minutes_given(dataset, span).values()))


@period_indicator("hours-received", "min", N_("Hours received by members"), PRINTED)
def hours_received(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes debited to members in exchanges."""
    return figure_value(sum(minutes_received(dataset, span).values()))


def _partner_minutes(dataset: Dataset, span: Span) -> list[int]:
    return [row.amount for row in dataset.exchange_rows.within(span) if row.account == PARTNER_TIME]


@period_indicator("partner-hours-given", "min", N_("Hours given by partner communities"), PRINTED)
def partner_hours_given(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes credited to partner communities in exchanges."""
    return figure_value(-sum(amount for amount in _partner_minutes(dataset, span) if amount < 0))


@period_indicator("partner-hours-received", "min", N_("Hours received by partner communities"), PRINTED)
def partner_hours_received(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes debited to partner communities in exchanges."""
    return figure_value(sum(amount for amount in _partner_minutes(dataset, span) if amount > 0))


@period_indicator("exchanges-per-active", "ratio", N_("Exchanges for each active member"), PRINTED)
def exchanges_per_active(dataset: Dataset, span: Span) -> FigureValue:
    """Exchanges / active people; DIV0 without active people."""
    return ratio(count_exchanges(dataset, span), len(active_people(dataset, span)))


def _length(dataset: Dataset, span: Span, average: Callable[[Sequence[int]], Fraction]) -> FigureValue:
    lengths = exchange_lengths(dataset, span)
    few = len(lengths) < dataset.min_people
    return (
        no_value(Reason.TOO_FEW, exchanges=len(lengths))
        if few
        else figure_value(average(lengths), exchanges=len(lengths))
    )


@period_indicator("exchange-length-median", "min", N_("Length of an exchange, median"), PRINTED)
def exchange_length_median(dataset: Dataset, span: Span) -> FigureValue:
    """Median of the minutes given in an exchange; TOO_FEW below k exchanges."""
    return _length(dataset, span, median)


@period_indicator("exchange-length-mean", "min", N_("Length of an exchange, mean"), PRINTED)
def exchange_length_mean(dataset: Dataset, span: Span) -> FigureValue:
    """Mean of the minutes given in an exchange; TOO_FEW below k exchanges."""
    return _length(dataset, span, lambda minutes: Fraction(sum(minutes), len(minutes)))


@period_indicator("velocity", "per year", N_("Velocity"), PRINTED, fills=ColumnScope.TWELVE_MONTHS)
def velocity(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes given in twelve months / average daily sum of positive balances; per year, DIV0 without balances.

    There is no norm for time banks. Source: velocity in complementary currencies.
    """
    days, positive = (span.last - span.first).days + 1, positive_balance_days(dataset, span)
    minutes = sum(minutes_given(dataset, span).values())
    if not positive:
        return no_value(Reason.DIV0)
    return figure_value(
        Fraction(minutes * days, positive), minutes_given=minutes, positive_balance_days=positive, days=days
    )


@period_indicator("two-way-members", "percent", N_("Active members who gave and received"), PRINTED)
def two_way_members(dataset: Dataset, span: Span) -> FigureValue:
    """People who gave and received / active people; percent, DIV0 without active people."""
    both = minutes_given(dataset, span).keys() & minutes_received(dataset, span).keys()
    return percent(len(both), len(active_people(dataset, span)))


@period_indicator("giving-balance-bands", "percent", N_("Giving balance in three bands"), PRINTED)
def giving_balance_bands(dataset: Dataset, span: Span) -> FigureValue:
    """Share of active people whose (given - received) / (given + received) is from -1/2 to 1/2; percent.

    The inputs hold all three bands. TOO_FEW where a band has 1 to k - 1 people; DIV0 without active people.
    Wide spreads are normal.
    """
    gave, got, people = minutes_given(dataset, span), minutes_received(dataset, span), active_people(dataset, span)
    if not people:
        return no_value(Reason.DIV0)
    spread = [Fraction(gave.get(p, 0) - got.get(p, 0), gave.get(p, 0) + got.get(p, 0)) for p in people]
    received_more, gave_more = sum(b < Fraction(-1, 2) for b in spread), sum(b > Fraction(1, 2) for b in spread)
    both = len(people) - received_more - gave_more
    if any(0 < band < dataset.min_people for band in (received_more, both, gave_more)):
        return no_value(Reason.TOO_FEW)
    return figure_value(
        Fraction(both * 100, len(people)), received_more=received_more, both_ways=both, gave_more=gave_more
    )


def _gini(dataset: Dataset, span: Span, minutes: Mapping[int, int]) -> FigureValue:
    values = sorted(minutes.get(person, 0) for person in enrolled_people(dataset, span))
    n, whole = len(values), sum(values)
    if n < dataset.min_people:
        return no_value(Reason.TOO_FEW)
    if not whole:
        return no_value(Reason.DIV0)
    weighted = sum(place * value for place, value in enumerate(values, 1))
    return figure_value(Fraction(2 * weighted, n * whole) - Fraction(n + 1, n), n=n, sum=whole)


@period_indicator("gini-given", "index", N_("Gini of hours given"), (ANNUAL,))
def gini_given(dataset: Dataset, span: Span) -> FigureValue:
    """Gini of minutes given over n members: 2 sum(i x_i) / (n sum x) - (n + 1) / n, sorted; 0 to 1.

    It is not defined for balances, because they sum to 0. DIV0 without hours, TOO_FEW below k people.
    """
    return _gini(dataset, span, minutes_given(dataset, span))


@period_indicator("gini-received", "index", N_("Gini of hours received"), (ANNUAL,))
def gini_received(dataset: Dataset, span: Span) -> FigureValue:
    """Gini of minutes received; as for minutes given."""
    return _gini(dataset, span, minutes_received(dataset, span))


@period_indicator("top-fifth-share", "percent", N_("Share given by the top fifth"), PRINTED)
def top_fifth_share(dataset: Dataset, span: Span) -> FigureValue:
    """Minutes given by the most active fifth of members (rounded up) / all minutes given; percent.

    DIV0 without hours, TOO_FEW below k people.
    """
    gave = minutes_given(dataset, span)
    values = sorted((gave.get(person, 0) for person in enrolled_people(dataset, span)), reverse=True)
    if len(values) < dataset.min_people:
        return no_value(Reason.TOO_FEW)
    return percent(sum(values[: (len(values) + 4) // 5]), sum(values))
