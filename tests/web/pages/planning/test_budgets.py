"""Budgets on screen: compared, explained, planned."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import communities
from ledger.workflow import budgets
from tests.willow import SignIn, token_on
from web.i18n import formats

BUDGETS = "/c/willow/budgets"
MARCH = f"{BUDGETS}?month=2026-03"
GOLDEN = json.loads((Path(__file__).parents[3] / "golden" / "willow-2026-03.json").read_text("utf-8"))["tables"]


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


def page(client: FlaskClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def send(client: FlaskClient, path: str, **sent: object) -> TestResponse:
    token = token_on(client.get(f"{BUDGETS}/plan/2031").get_data(as_text=True))
    return client.post(path, data={"csrf_token": token, **sent})


def shown(cents: int) -> str:
    return f"{cents / 100:,.2f}".replace("-", "−")


@pytest.mark.parametrize("span", ["ytd", "month"])
def test_the_screen_shows_the_golden_plan_and_actual(eli: FlaskClient, span: str) -> None:
    html = page(eli, f"{MARCH}&span={span}")
    for table in ("plan_actual_costs", "plan_actual_income"):
        total = GOLDEN[table][span]["total"]
        assert shown(total["plan"]) in html
        assert shown(total["actual"]) in html
    for row in GOLDEN["plan_actual_costs"][span]["rows"]:
        assert row["name"] in html
        assert shown(row["actual"]) in html


@pytest.mark.parametrize(("by", "name"), [("account", "6220 Repairs and maintenance"), ("fund", "Garden grant")])
def test_the_same_costs_are_cut_by_account_and_by_fund(eli: FlaskClient, by: str, name: str) -> None:
    html = page(eli, f"{MARCH}&by={by}")
    assert name in html
    assert shown(GOLDEN["plan_actual_costs"]["ytd"]["total"]["actual"]) in html


def test_every_line_opens_the_entries_behind_it(eli: FlaskClient) -> None:
    assert "entries?programme=KITCHEN&amp;first=2026-01-01&amp;last=2026-03-31" in page(eli, MARCH)
    assert "Project work" in page(eli, "/c/willow/entries?programme=KITCHEN&first=2026-01-01&last=2026-03-31")


def test_a_flagged_line_asks_why_and_its_answer_prints(eli: FlaskClient) -> None:
    assert "Timing: Work began in March" in page(eli, MARCH)
    why = f"{BUDGETS}/why/2026-03?programme=KITCHEN"
    assert "Work began in March" in page(eli, why)
    assert send(eli, why, kind="real", text="It stays so.").status_code == 303
    assert "Real: It stays so." in page(eli, MARCH)
    assert "Real: It stays so." in page(eli, "/c/willow/reports/budget-review/2026-03")


def test_a_reason_without_words_comes_back(eli: FlaskClient) -> None:
    answer = send(eli, f"{BUDGETS}/why/2026-03?programme=KITCHEN", kind="real")
    assert answer.status_code == 422
    assert "Say why, in one sentence" in answer.get_data(as_text=True)


def test_the_figures_are_taken_away_as_a_spreadsheet(eli: FlaskClient) -> None:
    link = f"{BUDGETS}/figures.csv?month=2026-03&span=ytd&by=programme"
    assert link.replace("&", "&amp;") in page(eli, MARCH)
    total = GOLDEN["plan_actual_costs"]["ytd"]["total"]
    rows = [row.split(",") for row in page(eli, link).splitlines() if row.startswith("Costs")]
    for column, name in ((6, "plan"), (7, "actual"), (8, "difference")):
        assert sum(Decimal(row[column]) for row in rows) * 100 == total[name]
    assert eli.get(f"{BUDGETS}/figures.csv?by=colour").status_code == 303


def test_a_month_that_still_runs_is_so_far(eli: FlaskClient, willow: Engine) -> None:
    with read_books(willow, "willow") as unit:
        today = communities.today(unit)
    html = page(eli, f"{BUDGETS}?month={Month.of(today)}")
    _, _, until = formats.span(Month.of(today).first, today).partition(" to ")
    assert today == Month.of(today).last or f"to {until}, so far" in html


def test_accounts_of_a_plan_are_in_groups_and_none_is_for_barter(eli: FlaskClient) -> None:
    begun(eli)
    html = page(eli, f"{BUDGETS}/plan/2031")
    groups = re.findall(r'<optgroup label="(\w+)">(.*?)</optgroup>', html, re.DOTALL)
    assert [name for name, _ in groups] == ["Income", "Costs", "Hours"]
    assert [accounts.count('value="T') for _, accounts in groups][:2] == [0, 0]
    assert 'value="NV' not in html
    assert ">Barter<" not in html
    assert re.search(r'<select id="f-fund"[^>]*>\s*<option value="">Choose', html)


def test_members_see_the_budget_and_change_nothing(sign_in: SignIn) -> None:
    bea = sign_in("bea")
    assert 'href="/c/willow/entries' not in page(bea, MARCH)
    assert "opens the entries" not in page(bea, MARCH)
    assert "Work began in March" in page(bea, MARCH)
    assert bea.get(f"{BUDGETS}/why/2026-03").status_code == 403
    assert "Begin the plan" not in page(bea, f"{BUDGETS}/plan/2031")


def test_a_cut_that_is_not_understood_comes_back(eli: FlaskClient) -> None:
    assert eli.get(f"{BUDGETS}?by=colour").status_code == 422


def begun(client: FlaskClient) -> str:
    assert send(client, f"{BUDGETS}/plan/2031/begin").status_code == 303
    return f"{BUDGETS}/plan/2031/1"


def test_a_plan_is_begun_typed_approved_and_then_stays(eli: FlaskClient, willow: Engine) -> None:
    plan = begun(eli)
    line = {"fund": "GEN", "programme": "HOME", "account": "6100", "amounts": "1,200.00"}
    assert send(eli, f"{plan}/line", **line).status_code == 303
    assert "Shall this plan be in force?" in send(eli, f"{plan}/approve", decision="").get_data(as_text=True)
    assert send(eli, f"{plan}/approve", decision="", do="save").status_code == 303
    with read_books(willow, "willow") as unit:
        found = budgets.in_force(unit, 2031)
    assert found is not None
    assert [entry.months for entry in found.lines] == [(10000,) * 12]
    assert "approved" in page(eli, f"{BUDGETS}/plan/2031")
    assert send(eli, f"{plan}/line", **line).status_code == 422


def test_a_plan_is_not_approved_empty_nor_under_a_decision_that_is_not_there(eli: FlaskClient) -> None:
    plan = begun(eli)
    assert f"{plan}/approve" not in page(eli, f"{BUDGETS}/plan/2031")
    assert "Set at least one line first." in send(eli, f"{plan}/approve").get_data(as_text=True)
    send(eli, f"{plan}/line", fund="GEN", account="6100", amounts="1,200.00")
    answer = send(eli, f"{plan}/approve", decision="A-99")
    assert answer.status_code == 422
    assert 'href="#f-decision">There is no decision “A-99”.' in answer.get_data(as_text=True)
    changed = send(eli, f"{plan}/approve", decision="A-01", do="change").get_data(as_text=True)
    assert 'value="A-01"' in changed


def test_a_table_is_taken_whole_from_paste_or_file(eli: FlaskClient) -> None:
    plan = begun(eli)
    row = "GEN,HOME,6110," + ",".join(["10.00"] * 12)
    assert send(eli, f"{plan}/lines", table=f"fund,programme,account\n{row}").status_code == 303
    file = (io.BytesIO(("TB;PEER;T6000;" + ";".join(["1:30"] * 12)).encode()), "plan.csv")
    assert send(eli, f"{plan}/lines", file=file).status_code == 303
    html = page(eli, f"{BUDGETS}/plan/2031")
    assert "120.00" in html
    assert "18:00" in html


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("", "Paste between 1 and"),
        ("GEN,HOME,6110,1,2", "twelve amounts"),
        ("GEN,HOME,6110," + ",".join(["ten"] * 12), "Line 1"),
        ("ZZZ,HOME,6110," + ",".join(["10.00"] * 12), "There is no fund"),
    ],
)
def test_a_table_with_a_fault_changes_nothing_and_comes_back(eli: FlaskClient, table: str, words: str) -> None:
    plan = begun(eli)
    answer = send(eli, f"{plan}/lines", table=table)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in html
    assert "Nothing is planned for this year yet." in html


def test_a_line_with_a_fault_comes_back_as_filled_in(eli: FlaskClient) -> None:
    plan = begun(eli)
    answer = send(eli, f"{plan}/line", fund="GEN", account="6100", amounts="1 2 3")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert 'value="1 2 3"' in html
    assert "Write one amount for the year, or twelve" in html


def test_the_plan_of_the_first_year_is_spread_over_the_months_of_the_books(eli: FlaskClient, willow: Engine) -> None:
    with write_books(willow, "willow") as unit:
        settings = replace(communities.settings(unit), books_began=dt.date(2031, 11, 10))
        communities.change_settings(unit, settings, entered_by=communities.OPERATOR)
    plan = begun(eli)
    send(eli, f"{plan}/line", fund="GEN", account="6100", amounts="1,200.00")
    html = page(eli, f"{BUDGETS}/plan/2031")
    assert "spread evenly over its months from November 2031 on" in html
    assert "Nov 600.00, Dec 600.00" in html
    with write_books(willow, "willow") as unit:
        budgets.approve(unit, 2031, 1, None, dt.date(2031, 11, 10), entered_by=communities.OPERATOR)
    html = page(eli, f"{BUDGETS}?month=2031-11")
    assert "We planned 600.00 and spent 0.00." in html
    assert "The books begin on 10 November: plan and actual count from then on." in html
