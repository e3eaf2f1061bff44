"""Sentences for what Willow's March does not show: one month, no readings, a fund that only holds."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.registers.records import Fund, Meter, Reading
from reports.data.columns import month_columns
from reports.data.dataset import Dataset
from reports.indicators import all_indicators
from reports.indicators.registry import point_indicator
from reports.language.figure import figure_value
from reports.sentences import all_sentences, compute_sentences
from reports.sentences.registry import sentence
from reports.tables import all_tables
from reports.tables.registry import report_table
from tests.golden.willow import willow
from tests.reports.datasets import make_dataset, posting_row

MAY = month_columns(Month(2025, 5))
DAY = dt.date(2025, 5, 31)
GRANT = {"GRN": Fund(code="GRN", name="Garden grant", class_="restricted"), "GEN": willow().registers.funds["GEN"]}


def said(found: Dataset, name: str) -> str:
    return str(compute_sentences(found, MAY)[name])


def test_the_first_month_of_a_year_stands_alone() -> None:
    january = compute_sentences(willow(), month_columns(Month(2026, 1)))
    assert str(january["plan_actual_income"]) == "In January we planned an income of 120.00 and had just that."
    assert str(january["time"]).startswith("Members gave ")
    assert str(january["time"]).endswith(" in January.")


def test_a_pot_above_zero_holds_hours() -> None:
    found = make_dataset(posting_row("T2000", 90, owner=2), posting_row("T4000", -90))
    assert said(found, "pot") == "The community pot holds 1 hour 30 minutes."


def test_a_restricted_fund_says_what_it_holds_until_something_was_received() -> None:
    assert said(make_dataset(funds=GRANT), "restricted_grn") == "The garden grant holds 0.00."
    below = make_dataset(
        posting_row("6300", 500, DAY, fund="GRN"), posting_row("1000", -500, DAY, fund="GRN"), funds=GRANT
    )
    assert said(below, "restricted_grn") == "The garden grant is 5.00 below zero."


@pytest.mark.parametrize(
    ("before", "said_of_it"),
    [
        (None, "We used 190 kWh of electricity in May."),
        (150, "We used 190 kWh of electricity in May, 40 more than a year before."),
        (230, "We used 190 kWh of electricity in May, 40 less than a year before."),
    ],
)
def test_electricity_is_compared_with_the_year_before_where_it_was_read(before: int | None, said_of_it: str) -> None:
    counts = {"2025-05": 190} | ({} if before is None else {"2024-05": before})
    meter = Meter(code="main", name="Main", unit="kWh", kind="energy")
    readings = tuple(
        Reading(meter="main", date=DAY, month=month, quantity=Fraction(count), unit="kWh", method="metered")
        for month, count in counts.items()
    )
    assert said(make_dataset(meters=(meter,), readings=readings), "resources") == said_of_it


def test_books_without_readings_or_expected_payments_say_so_or_nothing() -> None:
    found = compute_sentences(make_dataset(), MAY)
    assert "resources" not in found
    assert str(found["cash_line"]) == "No payments are expected yet."
    assert str(found["emergency"]).startswith("Our usual costs are not known yet")


def test_a_name_is_enrolled_once_only() -> None:
    assert all_sentences()
    assert all_tables()
    assert all_indicators()
    with pytest.raises(ValueError, match="two sentences"):
        sentence("pot")(lambda _, __: make_message("Twice"))
    with pytest.raises(ValueError, match="two tables"):
        report_table("pot")(lambda _, __: None)
    with pytest.raises(ValueError, match="two figures"):
        point_indicator("pot", "min", "Twice", ())(lambda _, __: figure_value(0))


def test_a_single_month_is_one_month() -> None:
    costs = posting_row("6200", 12000, dt.date(2025, 3, 1))
    found = make_dataset(costs, posting_row("1000", 1500), emergency=None)
    later = replace(found, community=replace(found.community, books_began=dt.date(2024, 1, 1)), cache={})
    assert said(later, "at_a_glance") == "We can pay our usual costs for 1 month."
