"""Every number on the sheets is the sum of its postings, added again by code that knows nothing of indicators."""

from __future__ import annotations

import pytest

from tests.reports import willow_sums
from tests.reports.willow_reports import rows_by_name
from tests.reports.willow_sums import (
    MARCH,
    QUARTER,
    balance_on,
    for_programme,
    hours_given,
    hours_text,
    in_fund,
    is_cash,
    money_text,
    of_kind,
    registers,
    sum_in,
)

END = MARCH[1]
PROGRAMMES = [*registers()["programmes"], {"code": None, "name": "Shared costs"}]
FUNDS = [fund for fund in registers()["funds"] if fund["class"] not in ("time", "barter")]
YEAR = range(12)


def planned(kind: str, unit: str, months: range, **asked: str | None) -> int:
    """The approved plan's lines of some months, added up."""
    budget = next(budget for budget in registers()["budgets"] if budget["state"] == "approved")
    found = [
        line
        for line in budget["lines"]
        if line["unit"] == unit and willow_sums.account_kinds()[line["account"]] == kind
    ]
    chosen = [line for line in found if all(line.get(name) == value for name, value in asked.items())]
    return sum(line["months"][month] for line in chosen for month in months)


def promised(programme: str | None) -> int:
    """Promises of the plan that are open at the end of March."""
    made = [p for p in registers()["commitments"] if p["date"] <= END and p["programme"] == programme]
    standing = [p for p in made if not p["cancelled"] or p["cancelled"] > END]
    return sum(p["amount"] - sum(use["released"] for use in p["uses"] if use["date"] <= END) for p in standing)


def test_plan_and_actual_of_costs_add_up_from_the_postings() -> None:
    shown = rows_by_name("budget-review", "plan-costs")
    for programme in PROGRAMMES:
        spent = sum_in(QUARTER, of_kind("expense"), for_programme(programme["code"]))
        plan, year = (planned("expense", "EUR", m, programme=programme["code"]) for m in (range(3), YEAR))
        if not (spent or year):
            continue
        kept = promised(programme["code"])
        cells = shown[programme["name"]]
        assert cells[:3] == (money_text(plan), money_text(spent), money_text(plan - spent, signed=True))
        assert cells[4:] == (money_text(year), money_text(kept) if kept else "–", money_text(year - spent - kept))
    assert shown["All lines"][1] == money_text(sum_in(QUARTER, of_kind("expense")))


def test_income_by_fund_adds_up_from_the_postings() -> None:
    shown = rows_by_name("budget-review", "plan-income")
    for fund in FUNDS:
        had = -sum_in(QUARTER, of_kind("income"), in_fund(fund["code"]))
        plan = planned("income", "EUR", range(3), fund=fund["code"])
        assert shown[fund["name"]][:3] == (money_text(plan), money_text(had), money_text(had - plan, signed=True))
    assert shown["All funds"][1] == money_text(-sum_in(QUARTER, of_kind("income")))


def test_community_hours_add_up_from_the_postings() -> None:
    shown = rows_by_name("budget-review", "plan-hours")
    for programme in registers()["programmes"]:
        paid = sum_in(QUARTER, lambda p: p.account == "T6000", for_programme(programme["code"]))
        if programme["name"] in shown:
            assert shown[programme["name"]][1] == hours_text(paid)
    assert shown["Programme hours"][1] == hours_text(sum_in(QUARTER, lambda p: p.account == "T6000"))
    assert shown["Solidarity hours"][1] == hours_text(sum_in(QUARTER, lambda p: p.account == "T6010"))


def test_each_fund_closes_with_what_its_postings_leave() -> None:
    shown = rows_by_name("budget-review", "funds")
    for fund in FUNDS:
        own = in_fund(fund["code"])
        worth = balance_on(
            END, own, lambda p: p.unit == "EUR" and willow_sums.account_kinds()[p.account] in ("asset", "liability")
        )
        income, costs = -sum_in(MARCH, own, of_kind("income")), -sum_in(MARCH, own, of_kind("expense"))
        moved = -sum_in(MARCH, own, lambda p: p.account in ("3900", "3910"))
        if fund["name"] not in shown:
            assert worth == 0
            continue
        moves = tuple(money_text(amount, signed=True) if amount else "–" for amount in (income, costs, moved))
        assert shown[fund["name"]][1:4] == moves
        assert shown[fund["name"]][5] == money_text(worth)


def test_money_at_the_top_of_the_page_adds_up_from_the_postings() -> None:
    shown = rows_by_name("budget-review", "money")
    assert shown["Left on 31 March"] == (money_text(balance_on(END, is_cash)),)
    before = balance_on("2026-02-28", is_cash)
    came, went = (int(shown[name][0].replace(",", "").replace(".", "")) for name in ("Came in", "Went out"))
    assert before + came - went == balance_on(END, is_cash)


@pytest.mark.parametrize("place", registers()["places"], ids=lambda place: str(place["code"]))
def test_each_place_holds_what_its_postings_leave(place: dict[str, str]) -> None:
    left = balance_on(END, lambda p: p.account == place["account"] and p.fund in place["funds"])
    assert rows_by_name("budget-review", "places")[place["name"]] == (money_text(left),)


def test_the_emergency_fund_held_at_each_months_end_what_its_postings_leave() -> None:
    ends = {"January 2026": "2026-01-31", "February 2026": "2026-02-28", "March 2026": END}
    shown = rows_by_name("budget-review", "month-ends")
    assert shown == {name: (money_text(balance_on(day, is_cash, in_fund("EMF"))),) for name, day in ends.items()}


def test_the_forecast_is_what_was_spent_and_what_is_still_planned() -> None:
    shown = rows_by_name("budget-review", "forecast")
    for programme in PROGRAMMES:
        if programme["name"] in shown:
            spent = sum_in(QUARTER, of_kind("expense"), for_programme(programme["code"]))
            rest = planned("expense", "EUR", range(3, 12), programme=programme["code"])
            assert shown[programme["name"]][:2] == (money_text(spent), money_text(rest))


def test_the_line_of_money_ends_with_all_that_is_expected() -> None:
    expected = [item for item in registers()["expected_cash"] if item["as_at"] == END and item["date"] > END]
    last = list(rows_by_name("budget-review", "cash-line").values())[-1]
    assert last[-1] == money_text(balance_on(END, is_cash) + sum(item["amount"] for item in expected))


def test_bound_money_adds_up_from_the_postings() -> None:
    shown = rows_by_name("budget-review", "figures-bound")
    crowd = in_fund("CRW")
    left = -sum_in(("", END), crowd, lambda p: willow_sums.account_kinds()[p.account] in ("income", "expense"))
    left -= balance_on(END, crowd, lambda p: p.account in ("3900", "3910"))
    assert shown["Left of the kitchen appeal"][0] == money_text(left)


def test_the_checks_of_the_sheet_add_up_from_the_postings() -> None:
    shown = rows_by_name("budget-review", "checks")
    entries = {p.entry for p in willow_sums.postings() if p.day <= END}
    assert shown["Every entry adds up to nought, in each unit and fund"][0] == f"{len(entries)} of {len(entries)}"
    kept = ("T2000", "T2100", "T3000", "T3010")
    flows = balance_on(END, lambda p: p.unit == "min" and p.account not in kept)
    together = balance_on(END, lambda p: p.account in kept) + flows
    assert shown["Hours of all members, partners and the pot together"][0] == hours_text(together)
    assert shown["Barter, all together"][0] == money_text(balance_on(END, lambda p: p.unit == "NV"))
    assert shown["Money of unknown origin"][0] == money_text(balance_on(END, lambda p: p.account == "1600"))


def test_debits_and_credits_of_every_month_are_equal() -> None:
    for unit in ("EUR", "min", "NV"):
        assert balance_on(END, lambda p, unit=unit: p.unit == unit) == 0  # type: ignore[misc]  # a test bound to its unit


def test_hours_by_programme_add_up_from_the_postings() -> None:
    shown = rows_by_name("sustainability", "hours-by-programme")
    names = {programme["code"]: programme["name"] for programme in registers()["programmes"]} | {
        "none": "From one to another"
    }
    wanted = {names[code]: (hours_text(minutes),) for code, minutes in hours_given(QUARTER).items()}
    assert shown == wanted | {"All hours given": (hours_text(sum(hours_given(QUARTER).values())),)}


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("January 2026", ("2026-01-01", "2026-01-31")),
        ("February 2026", ("2026-02-01", "2026-02-28")),
        ("March 2026", MARCH),
    ],
)
def test_hours_of_each_month_add_up_from_the_postings(name: str, span: tuple[str, str]) -> None:
    assert rows_by_name("sustainability", "hours-by-month")[name][0] == hours_text(sum(hours_given(span).values()))


def test_the_pot_and_the_members_hold_the_same_hours_between_them() -> None:
    members = -balance_on(END, lambda p: p.account in ("T2000", "T2100"))
    assert rows_by_name("sustainability", "time")["The community pot"][0] == hours_text(-members)


def test_readings_add_up_from_their_list() -> None:
    shown = rows_by_name("sustainability", "resources")
    for meter in registers()["meters"]:
        unit = meter["unit"].replace("m3", "m³")
        quarter = ("2026-01", "2026-02", "2026-03")
        read = [r["quantity"] for r in registers()["readings"] if r["meter"] == meter["code"] and r["month"] in quarter]
        assert shown[f"{meter['name']}, {unit}"][1] == f"{sum(read):,.0f}"


def test_months_of_readings_are_those_of_their_list() -> None:
    shown = rows_by_name("sustainability", "readings")["March 2026"]
    drawn = ("electricity", "water", "waste")
    read = {(r["meter"], r["month"]): r["quantity"] for r in registers()["readings"]}
    assert shown == tuple(f"{read[meter, month]:,.0f}" for meter in drawn for month in ("2026-03", "2025-03"))
