"""Reports on screen, on paper, as a spreadsheet and over the API: the same figures everywhere."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pdfplumber
import pytest
from flask.testing import FlaskClient

from reports.kinds import all_reports
from tests.willow import SignIn

REPORTS = "/c/willow/reports"
GOLDEN = json.loads((Path(__file__).parents[3] / "golden" / "willow-2026-03.json").read_text("utf-8"))
KINDS = ("budget-review", "sustainability")


@pytest.fixture
def bea(sign_in: SignIn) -> FlaskClient:
    return sign_in("bea")


def test_members_choose_a_report_by_month_and_form(bea: FlaskClient) -> None:
    page = bea.get(REPORTS).get_data(as_text=True)
    assert "Monthly budget report" in page
    assert "Sustainability report" in page
    chosen = f"{REPORTS}?report=budget-review&month=2026-03&form="
    assert bea.get(f"{chosen}html").location == f"{REPORTS}/budget-review/2026-03"
    assert bea.get(f"{chosen}pdf-letter").location == f"{REPORTS}/budget-review/2026-03.pdf?paper=letter"


@pytest.mark.parametrize(
    "asked", ["report=budget-review&month=soon", "report=&month=2026-03", "report=budget-review&month="]
)
def test_a_choice_that_is_not_understood_comes_back_as_chosen(bea: FlaskClient, asked: str) -> None:
    answer = bea.get(f"{REPORTS}?{asked}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["annual/2026-03", "budget-review/2026-03.exe"])
def test_a_report_that_is_not_there_is_not_found(bea: FlaskClient, path: str) -> None:
    assert bea.get(f"{REPORTS}/{path}").status_code == 404


def test_a_month_that_is_none_is_refused_in_words(bea: FlaskClient) -> None:
    answer = bea.get(f"{REPORTS}/budget-review/2026-13")
    assert answer.status_code == 422
    assert "Write it as 2026-03" in answer.get_data(as_text=True)


def test_a_month_to_come_is_refused_on_screen_and_over_the_api(bea: FlaskClient) -> None:
    asked = (f"{REPORTS}/budget-review/2998-01", "/api/v1/communities/willow/reports/budget-review?period=2998-01")
    for answer in map(bea.get, asked):
        assert answer.status_code == 422
        assert "2998-01 has not begun." in answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", KINDS)
def test_the_api_gives_the_golden_figures_tables_and_sentences(bea: FlaskClient, kind: str) -> None:
    said = bea.get(f"/api/v1/communities/willow/reports/{kind}?period=2026-03").get_json()
    golden = {figure["slug"]: figure["columns"] for figure in GOLDEN["figures"] if kind in figure["in"]}
    assert {figure["slug"]: figure["columns"] for figure in said["figures"]} == golden
    for name in GOLDEN["sentences"]:
        assert said["sentences"][name] == GOLDEN["sentences"][name]


def test_the_api_names_the_reports_and_refuses_what_is_no_month(bea: FlaskClient) -> None:
    named = bea.get("/api/v1/communities/willow/reports").get_json()["reports"]
    assert [report["slug"] for report in named] == list(all_reports())
    assert bea.get("/api/v1/communities/willow/reports/budget-review?period=soon").status_code == 422


def shown_costs() -> list[tuple[str, ...]]:
    """The golden plan and actual of costs, as the page writes its numbers."""
    rows = GOLDEN["tables"]["plan_actual_costs"]["ytd"]["rows"]
    return [tuple(f"{row[name] / 100:,.2f}".replace("-", "−") for name in ("plan", "actual")) for row in rows]


def test_budget_figures_are_the_same_on_screen_in_csv_over_the_api_and_in_the_pdf(bea: FlaskClient) -> None:
    screen = bea.get(f"{REPORTS}/budget-review/2026-03").get_data(as_text=True)
    sheet = bea.get(f"{REPORTS}/budget-review/2026-03.csv").get_data(as_text=True)
    said = bea.get("/api/v1/communities/willow/reports/budget-review?period=2026-03").get_json()
    with pdfplumber.open(io.BytesIO(bea.get(f"{REPORTS}/budget-review/2026-03.pdf").data)) as paper:
        printed = " ".join(page.extract_text() for page in paper.pages)
    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert said["tables"]["plan_actual_costs"] == GOLDEN["tables"]["plan_actual_costs"]
    for plan, actual in shown_costs():
        assert f"{plan} {actual}" in printed
        assert re.search(rf"{re.escape(plan)}</td>\s*<td[^>]*>{re.escape(actual)}", screen)
        assert {plan.replace(",", "").replace("−", "-"), actual.replace(",", "").replace("−", "-")} <= set(cells)


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_read_at_an_earlier_number_says_so(sign_in: SignIn, kind: str) -> None:
    dee = sign_in("dee")
    page = dee.get(f"{REPORTS}/{kind}/2026-03?at=60").get_data(as_text=True)
    assert "number 60" in page


@pytest.mark.parametrize("form", ["", ".csv", ".pdf"])
@pytest.mark.parametrize("number", ["x", "", "-1", "0", "6.5", "٣", "99999", "9" * 5000])
def test_a_number_that_the_books_have_not_reached_is_told(sign_in: SignIn, number: str, form: str) -> None:
    answer = sign_in("dee").get(f"{REPORTS}/trial-balance/2026-03{form}?at={number}")
    assert answer.status_code == 400
    assert "The books have no such number." in answer.text
    assert "leave “at” out of the address" in answer.text
