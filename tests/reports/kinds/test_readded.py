"""Every number on the sheets is the sum of its postings, added again by code that knows nothing of indicators."""

from __future__ import annotations

import pytest

from tests.reports import readder
from tests.reports.readder import (
    MARCH,
    QUARTER,
    added,
    clock,
    for_programme,
    held,
    hours_given,
    in_fund,
    is_cash,
    lists,
    money,
    of,
)
from tests.reports.sheets import told_rows

END = MARCH[1]
PROGRAMMES = [*lists()["programmes"], {"code": None, "name": "Shared costs"}]
FUNDS = [fund for fund in lists()["funds"] if fund["class"] not in ("time", "barter")]
YEAR = range(12)


def planned(kind: str, unit: str, months: range, **asked: str | None) -> int:
    """The approved plan's lines of some months, added up."""
    budget = next(budget for budget in lists()["budgets"] if budget["state"] == "approved")
    found = [line for line in budget["lines"] if line["unit"] == unit and readder.kinds()[line["account"]] == kind]
    chosen = [line for line in found if all(line.get(name) == value for name, value in asked.items())]
    return sum(line["months"][month] for line in chosen for month in months)


def promised(programme: str | None) -> int:
    """Promises of the plan that are open at the end of March."""
    made = [p for p in lists()["commitments"] if p["date"] <= END and p["programme"] == programme]
    standing = [p for p in made if not p["cancelled"] or p["cancelled"] > END]
    return sum(p["amount"] - sum(use["released"] for use in p["uses"] if use["date"] <= END) for p in standing)


def test_plan_and_actual_of_costs_add_up_from_the_postings() -> None:
    shown = told_rows("budget-review", "plan-costs")
    for programme in PROGRAMMES:
        spent = added(QUARTER, of("expense"), for_programme(programme["code"]))
        plan, year = (planned("expense", "EUR", m, programme=programme["code"]) for m in (range(3), YEAR))
        if not (spent or year):
            continue
        kept = promised(programme["code"])
        cells = shown[programme["name"]]
        assert cells[:3] == (money(plan), money(spent), money(plan - spent, signed=True))
        assert cells[4:] == (money(year), money(kept) if kept else "–", money(year - spent - kept))
    assert shown["All lines"][1] == money(added(QUARTER, of("expense")))


def test_income_by_fund_adds_up_from_the_postings() -> None:
    shown = told_rows("budget-review", "plan-income")
    for fund in FUNDS:
        had = -added(QUARTER, of("income"), in_fund(fund["code"]))
        plan = planned("income", "EUR", range(3), fund=fund["code"])
        assert shown[fund["name"]][:3] == (money(plan), money(had), money(had - plan, signed=True))
    assert shown["All funds"][1] == money(-added(QUARTER, of("income")))


def test_community_hours_add_up_from_the_postings() -> None:
    shown = told_rows("budget-review", "plan-hours")
    for programme in lists()["programmes"]:
        paid = added(QUARTER, lambda p: p.account == "T6000", for_programme(programme["code"]))
        if programme["name"] in shown:
            assert shown[programme["name"]][1] == clock(paid)
    assert shown["Programme hours"][1] == clock(added(QUARTER, lambda p: p.account == "T6000"))
    assert shown["Solidarity hours"][1] == clock(added(QUARTER, lambda p: p.account == "T6010"))


def test_each_fund_closes_with_what_its_postings_leave() -> None:
    shown = told_rows("budget-review", "funds")
    for fund in FUNDS:
        own = in_fund(fund["code"])
        worth = held(END, own, lambda p: p.unit == "EUR" and readder.kinds()[p.account] in ("asset", "liability"))
        income, costs = -added(MARCH, own, of("income")), -added(MARCH, own, of("expense"))
        moved = -added(MARCH, own, lambda p: p.account in ("3900", "3910"))
        if fund["name"] not in shown:
            assert worth == 0
            continue
        moves = tuple(money(amount, signed=True) if amount else "–" for amount in (income, costs, moved))
        assert shown[fund["name"]][1:4] == moves
        assert shown[fund["name"]][5] == money(worth)


def test_money_at_the_top_of_the_page_adds_up_from_the_postings() -> None:
    shown = told_rows("budget-review", "money")
    assert shown["Left on 31 March"] == (money(held(END, is_cash)),)
    before = held("2026-02-28", is_cash)
    came, went = (int(shown[name][0].replace(",", "").replace(".", "")) for name in ("Came in", "Went out"))
    assert before + came - went == held(END, is_cash)


@pytest.mark.parametrize("place", lists()["places"], ids=lambda place: str(place["code"]))
def test_each_place_holds_what_its_postings_leave(place: dict[str, str]) -> None:
    left = held(END, lambda p: p.account == place["account"] and p.fund in place["funds"])
    assert told_rows("budget-review", "places")[place["name"]] == (money(left),)


def test_the_emergency_fund_held_at_each_months_end_what_its_postings_leave() -> None:
    ends = {"January 2026": "2026-01-31", "February 2026": "2026-02-28", "March 2026": END}
    shown = told_rows("budget-review", "month-ends")
    assert shown == {name: (money(held(day, is_cash, in_fund("EMF"))),) for name, day in ends.items()}


def test_the_forecast_is_what_was_spent_and_what_is_still_planned() -> None:
    shown = told_rows("budget-review", "forecast")
    for programme in PROGRAMMES:
        if programme["name"] in shown:
            spent = added(QUARTER, of("expense"), for_programme(programme["code"]))
            rest = planned("expense", "EUR", range(3, 12), programme=programme["code"])
            assert shown[programme["name"]][:2] == (money(spent), money(rest))


def test_the_line_of_money_ends_with_all_that_is_expected() -> None:
    expected = [item for item in lists()["expected_cash"] if item["as_at"] == END and item["date"] > END]
    last = list(told_rows("budget-review", "cash-line").values())[-1]
    assert last[-1] == money(held(END, is_cash) + sum(item["amount"] for item in expected))


def test_bound_money_adds_up_from_the_postings() -> None:
    shown = told_rows("budget-review", "figures-bound")
    crowd = in_fund("CRW")
    left = -added(("", END), crowd, lambda p: readder.kinds()[p.account] in ("income", "expense"))
    left -= held(END, crowd, lambda p: p.account in ("3900", "3910"))
    assert shown["Left of the kitchen appeal"][0] == money(left)


def test_the_checks_of_the_sheet_add_up_from_the_postings() -> None:
    shown = told_rows("budget-review", "checks")
    entries = {p.entry for p in readder.lines() if p.day <= END}
    assert shown["Every entry adds up to nought, in each unit and fund"][0] == f"{len(entries)} of {len(entries)}"
    kept = ("T2000", "T2100", "T3000", "T3010")
    flows = held(END, lambda p: p.unit == "min" and p.account not in kept)
    together = held(END, lambda p: p.account in kept) + flows
    assert shown["Hours of all members, partners and the pot together"][0] == clock(together)
    assert shown["Barter, all together"][0] == money(held(END, lambda p: p.unit == "NV"))
    assert shown["Money of unknown origin"][0] == money(held(END, lambda p: p.account == "1600"))


def test_debits_and_credits_of_every_month_are_equal() -> None:
    for unit in ("EUR", "min", "NV"):
        assert held(END, lambda p, unit=unit: p.unit == unit) == 0  # type: ignore[misc]  # a test bound to its unit


def test_hours_by_programme_add_up_from_the_postings() -> None:
    shown = told_rows("sustainability", "hours-by-programme")
    names = {programme["code"]: programme["name"] for programme in lists()["programmes"]} | {
        "none": "From one to another"
    }
    wanted = {names[code]: (clock(minutes),) for code, minutes in hours_given(QUARTER).items()}
    assert shown == wanted | {"All hours given": (clock(sum(hours_given(QUARTER).values())),)}


@pytest.mark.parametrize(
    ("name", "span"),
    [
        ("January 2026", ("2026-01-01", "2026-01-31")),
        ("February 2026", ("2026-02-01", "2026-02-28")),
        ("March 2026", MARCH),
    ],
)
def test_hours_of_each_month_add_up_from_the_postings(name: str, span: tuple[str, str]) -> None:
    assert told_rows("sustainability", "hours-by-month")[name][0] == clock(sum(hours_given(span).values()))


def test_the_pot_and_the_members_hold_the_same_hours_between_them() -> None:
    members = -held(END, lambda p: p.account in ("T2000", "T2100"))
    assert told_rows("sustainability", "time")["The community pot"][0] == clock(-members)


def test_readings_add_up_from_their_list() -> None:
    shown = told_rows("sustainability", "resources")
    for meter in lists()["meters"]:
        unit = meter["unit"].replace("m3", "m³")
        quarter = ("2026-01", "2026-02", "2026-03")
        read = [r["quantity"] for r in lists()["readings"] if r["meter"] == meter["code"] and r["month"] in quarter]
        assert shown[f"{meter['name']}, {unit}"][1] == f"{sum(read):,.0f}"


def test_months_of_readings_are_those_of_their_list() -> None:
    shown = told_rows("sustainability", "readings")["March 2026"]
    drawn = ("electricity", "water", "waste")
    read = {(r["meter"], r["month"]): r["quantity"] for r in lists()["readings"]}
    assert shown == tuple(f"{read[meter, month]:,.0f}" for meter in drawn for month in ("2026-03", "2025-03"))
