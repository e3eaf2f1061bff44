"""Energy, water, waste and food from meters and scales, and unit costs from the books."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from ledger.core.account_roles import ENERGY as ENERGY_COSTS
from ledger.core.account_roles import SHARED_FOOD, WASTE, WATER
from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators.registry import ANNUAL, MONEY, SUSTAINABILITY, period_indicator
from reports.language.figure import FigureValue, Reason, figure_value, months_covered, no_value, percent
from reports.measures.meter_series import ENERGY, month_keys, readings_by_kind

SHOWN, YEARLY = (SUSTAINABILITY,), (ANNUAL,)
Counts = Mapping[str, Fraction]


def over_months(span: Span, tables: list[Counts], result: Callable[..., FigureValue]) -> FigureValue:
    """A figure over the months in which all tables have a value; PARTIAL if some lack one, NO_DATA if all do."""
    months = month_keys(span)
    complete = [month for month in months if all(month in table for table in tables)]
    if not complete:
        return no_value(Reason.NO_DATA)
    outcome = result(*(sum((table[month] for month in complete), Fraction(0)) for table in tables))
    return outcome if outcome.reason else outcome.partly(months_covered(len(complete), len(months)))


def _read(dataset: Dataset, span: Span, kinds: frozenset[str], unit: str) -> FigureValue:
    return over_months(span, [readings_by_kind(dataset, kinds, unit)], figure_value)


def _per_night(dataset: Dataset, span: Span, kinds: frozenset[str], unit: str) -> FigureValue:
    nights = {month: Fraction(count) for month, count in dataset.registers.person_nights.items() if count}
    return over_months(
        span,
        [readings_by_kind(dataset, kinds, unit), nights],
        lambda quantity, slept: figure_value(quantity / slept, quantity=quantity, person_nights=slept),
    )


@period_indicator("electricity", "kWh", N_("Electricity used"), SHOWN, is_registered=True)
def electricity(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the electricity meters; kWh. Months without a reading make it PARTIAL; nothing is estimated.

    Source: heading of GRI 302.
    """
    return _read(dataset, span, ENERGY, "kWh")


@period_indicator("heat", "kWh", N_("Heat used"), SHOWN, is_registered=True)
def heat(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the heat meters; kWh."""
    return _read(dataset, span, frozenset({"heat"}), "kWh")


@period_indicator("fuel", "kWh", N_("Fuel used"), SHOWN, is_registered=True)
def fuel(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the fuel meters that count in kWh."""
    return _read(dataset, span, frozenset({"fuel"}), "kWh")


@period_indicator(
    "electricity-per-night",
    "kWh/person-night",
    N_("Electricity for each person and night"),
    SHOWN,
    is_registered=True,
)
def electricity_per_night(dataset: Dataset, span: Span) -> FigureValue:
    """Electricity / person-nights, over the months with both."""
    return _per_night(dataset, span, ENERGY, "kWh")


@period_indicator("renewable-share", "percent", N_("Renewable share"), SHOWN, is_registered=True)
def renewable_share(_: Dataset, __: Span) -> FigureValue:
    """Renewable energy, own and contracted / all energy. No meter records it yet, so NO_DATA."""
    return no_value(Reason.NO_DATA)


@period_indicator("emissions", "kg", N_("Greenhouse gas"), SHOWN, is_registered=True)
def emissions(dataset: Dataset, _: Span) -> FigureValue:
    """Sum of quantity x emission factor; kg CO2e. NOT_SET until the community chooses factors; none are included."""
    return no_value(Reason.NOT_SET if dataset.policy("report.factor_set") is None else Reason.NO_DATA)


@period_indicator("water", "m3", N_("Water drawn"), SHOWN, is_registered=True)
def water(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the water meters; m3. Source: heading of GRI 303."""
    return _read(dataset, span, frozenset({"water"}), "m3")


@period_indicator(
    "water-per-night", "m3/person-night", N_("Water for each person and night"), SHOWN, is_registered=True
)
def water_per_night(dataset: Dataset, span: Span) -> FigureValue:
    """Water / person-nights."""
    return _per_night(dataset, span, frozenset({"water"}), "m3")


MADE, DIVERTED = frozenset({"waste"}), frozenset({"waste-diverted"})


@period_indicator("waste", "kg", N_("Waste made"), SHOWN, is_registered=True)
def waste(dataset: Dataset, span: Span) -> FigureValue:
    """All waste, diverted or not; kg. Source: heading of GRI 306."""
    return _read(dataset, span, MADE, "kg")


@period_indicator("waste-diverted", "kg", N_("of it reused or composted"), SHOWN, is_registered=True)
def waste_diverted(dataset: Dataset, span: Span) -> FigureValue:
    """Waste reused, recycled or composted; kg."""
    return _read(dataset, span, DIVERTED, "kg")


@period_indicator("diversion-rate", "percent", N_("Diversion rate"), SHOWN, is_registered=True)
def diversion_rate(dataset: Dataset, span: Span) -> FigureValue:
    """Waste diverted / all waste, over the months with both; percent, DIV0 without waste."""
    return over_months(
        span, [readings_by_kind(dataset, DIVERTED, "kg"), readings_by_kind(dataset, MADE, "kg")], percent
    )


@period_indicator(
    "waste-per-night", "kg/person-night", N_("Waste for each person and night"), SHOWN, is_registered=True
)
def waste_per_night(dataset: Dataset, span: Span) -> FigureValue:
    """Waste / person-nights."""
    return _per_night(dataset, span, MADE, "kg")


@period_indicator("food-grown", "kg", N_("Food grown here"), SHOWN, is_registered=True)
def food_grown(dataset: Dataset, span: Span) -> FigureValue:
    """Food harvested and weighed; kg, not calories."""
    return _read(dataset, span, frozenset({"food-grown"}), "kg")


def _bought(dataset: Dataset, span: Span, account: str, unit: str) -> list[DatasetRow]:
    return [row for row in dataset.account_rows(account).within(span) if row.live and row.quantity_unit == unit]


@period_indicator("food-bought", "kg", N_("Food bought together"), SHOWN)
def food_bought(dataset: Dataset, span: Span) -> FigureValue:
    """Weight on entries for shared food; kg, NO_DATA where no entry has a weight."""
    weight = sum((row.quantity for row in _bought(dataset, span, SHARED_FOOD, "kg")), Fraction(0))
    return figure_value(weight) if weight else no_value(Reason.NO_DATA)


def _unit_cost(dataset: Dataset, span: Span, account: str, unit: str) -> FigureValue:
    rows = _bought(dataset, span, account, unit)
    quantity, cents = sum((row.quantity for row in rows), Fraction(0)), sum(row.amount for row in rows)
    return figure_value(cents / quantity, cents=cents, quantity=quantity) if quantity else no_value(Reason.NO_DATA)


@period_indicator("cost-per-kwh", f"{MONEY}/kWh", N_("Cost of 1 kWh"), SHOWN)
def cost_per_kwh(dataset: Dataset, span: Span) -> FigureValue:
    """Energy costs / kWh on the same entries; minor units per kWh, NO_DATA where no entry has a quantity."""
    return _unit_cost(dataset, span, ENERGY_COSTS, "kWh")


@period_indicator("cost-per-m3", f"{MONEY}/m3", N_("Cost of 1 m3 of water"), YEARLY)
def cost_per_m3(dataset: Dataset, span: Span) -> FigureValue:
    """Water costs / m3 on the same entries."""
    return _unit_cost(dataset, span, WATER, "m3")


@period_indicator("cost-per-kg-waste", f"{MONEY}/kg", N_("Cost of 1 kg of waste"), YEARLY)
def cost_per_kg_waste(dataset: Dataset, span: Span) -> FigureValue:
    """Waste costs / kg on the same entries."""
    return _unit_cost(dataset, span, WASTE, "kg")


@period_indicator("cost-per-kg-food", f"{MONEY}/kg", N_("Cost of 1 kg of shared food"), YEARLY)
def cost_per_kg_food(dataset: Dataset, span: Span) -> FigureValue:
    """Shared food costs / kg on the same entries."""
    return _unit_cost(dataset, span, SHARED_FOOD, "kg")
