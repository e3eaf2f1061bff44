"""While few are helped, no sheet of Willow tells in which month help was given, nor how much between half-years."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from ledger.core.periods import Month
from reports.data.columns import month_columns
from reports.data.dataset import Dataset
from reports.measures.aggregates import cash
from reports.measures.disclosure_control import help_counted_to, member_view
from reports.render.json_export import figures_json
from reports.tables.funds import funds_table
from reports.tables.trial_balance import checks, trial_balance_on
from reports.workbook import make_workbook
from tests.golden.test_figures import FILES
from tests.golden.willow import figures_file, willow

MONTHS = [Month(2026, number) for number in range(1, 13)]


@pytest.mark.parametrize("name", FILES)
def test_the_sheet_for_members_has_the_golden_figures_tables_and_sentences(name: str) -> None:
    found = figures_json(make_workbook(willow(), FILES[name]))
    golden = figures_file(name)
    assert {figure["slug"]: figure for figure in found["figures"]} == {
        figure["slug"]: {key: value for key, value in figure.items() if key != "id"} for figure in golden["figures"]
    }
    assert (found["tables"], found["sentences"]) == (golden["tables"], golden["sentences"])


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_emergency_fund_falls_at_half_years_only(month: Month) -> None:
    shown = member_view(willow(), month.last)
    fund = next(row for row in funds_table(shown, month.span).rows if row.fund == "EMF")
    assert fund.costs == 0 or month.month in (6, 12)


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_every_sum_of_a_sheet_follows_the_same_day(month: Month) -> None:
    shown = member_view(willow(), month.last)
    funds = funds_table(shown, month.span)
    sides = trial_balance_on(shown, month.last).total["EUR"]
    owed = sum(row.amount for row in shown.money.until(month.last) if row.chart.kind in ("asset", "liability"))
    assert funds.total.close == owed
    assert sides.debit == sides.credit


def test_a_sheet_of_april_says_that_help_is_counted_up_to_december() -> None:
    april = dt.date(2026, 4, 30)
    shown = member_view(willow(), april)
    assert help_counted_to(shown, april) == dt.date(2025, 12, 31)
    assert cash(shown, april, ("EMF",)) > cash(willow(), april, ("EMF",))


def test_a_sheet_of_june_holds_the_help_of_the_half_year() -> None:
    june = dt.date(2026, 6, 30)
    shown = member_view(willow(), june)
    assert help_counted_to(shown, june) is None
    assert cash(shown, june, ("EMF",)) == cash(willow(), june, ("EMF",))


def test_help_among_enough_people_stands_on_its_own_day() -> None:
    april = dt.date(2026, 4, 30)
    shown = member_view(with_policy("privacy.k_members", 2), april)
    assert cash(shown, april, ("EMF",)) == cash(willow(), april, ("EMF",))


def test_the_checks_read_every_entry_whatever_a_sheet_keeps_back() -> None:
    columns = month_columns(Month(2026, 4))
    assert plain_checks(make_workbook(willow(), columns).tables) == plain_checks({"checks": checks(willow(), columns)})


def with_policy(key: str, value: object) -> Dataset:
    books = willow()
    registers = replace(books.registers, policies={**books.registers.policies, key: value})
    return replace(books, registers=registers, cache={})


def plain_checks(tables: Any) -> tuple[int, str, int]:
    found = tables["checks"]
    return found.entries_read, found.last_key, found.entries_out_of_balance
