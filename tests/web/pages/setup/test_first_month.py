"""A community in its first month: its pages begin with that month, and say what to do next."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ledger.core.periods import Month
from tests.applications import settings_in
from tests.neighbours import Browser
from web import create_app, identity

ZONE = "Europe/Athens"
BASICS = {"currency": "EUR", "timezone": ZONE, "language": "en", "paper": "a4", "first_month": "1"}


@pytest.fixture
def month() -> Month:
    return Month.of(dt.datetime.now(ZoneInfo(ZONE)).date())


@pytest.fixture
def newborn(sqlite_url: str, tmp_path: Path) -> Browser:
    """Return a treasurer's browser at a set-up link of books without any community."""
    app = create_app(settings_in(tmp_path, sqlite_url))
    browser = Browser(app.test_client())
    browser.open(identity.make_setup_link(app.extensions["engine"]).path)
    return browser


def begin(browser: Browser, day: dt.date, amount: str) -> None:
    browser.send("/setup/community", name="Green Lane", **BASICS)
    browser.send("/setup/people", you="Mia", others="Noor\nOla")
    browser.send("/setup/opening", day=day.isoformat(), gen_bank=amount)
    browser.send("/setup/check")
    browser.send("/link/open", user_name="mia", password="three odd words")


@pytest.mark.parametrize("amount", ["1,250.00", ""])
@pytest.mark.parametrize("path", ["reports", "budgets"])
def test_pages_begin_with_the_first_month_never_with_one_before(
    newborn: Browser, month: Month, amount: str, path: str
) -> None:
    begin(newborn, month.first, amount)
    page = newborn.open(f"/c/green-lane/{path}").text
    assert f'<option value="{month}" selected' in page
    assert str(month.previous()) not in page


def test_a_budget_without_a_plan_is_led_to_one(newborn: Browser, month: Month) -> None:
    begin(newborn, month.first, "")
    page = newborn.open("/c/green-lane/budgets").text
    assert f'href="/c/green-lane/budgets/plan/{month.year}">Begin the plan' in page
    assert "<table" not in page


def test_the_desk_says_nothing_of_a_plan_that_there_is_not(newborn: Browser, month: Month) -> None:
    begin(newborn, month.first, "1,250.00")
    desk = newborn.open("/c/green-lane/desk").text
    assert "no fund below nought" in desk
    assert "the budget is explained" not in desk


def test_a_new_community_is_led_to_its_programmes_its_plan_and_its_sheets(newborn: Browser, month: Month) -> None:
    begin(newborn, month.first, "")
    welcome = newborn.page
    assert welcome is not None
    for path in ("lists", "budgets", "reports", "people"):
        assert f'href="/c/green-lane/{path}"' in welcome.text
    work = "/c/green-lane/hours/work"
    assert "There is no programme to choose yet." in newborn.open(work).text
    newborn.fill_in("/c/green-lane/lists/programme", name="Garden")
    assert "There is no programme to choose yet." not in newborn.open(work).text


def test_a_plan_offers_income_and_costs_and_a_sale_only_money(newborn: Browser, month: Month) -> None:
    begin(newborn, month.first, "")
    newborn.open(f"/c/green-lane/budgets/plan/{month.year}")
    plan = newborn.send(f"/c/green-lane/budgets/plan/{month.year}/begin").text
    assert 'value="6100"' in plan
    assert 'value="T6000"' in plan
    assert 'value="1000"' not in plan
    sale = newborn.open("/c/green-lane/record/sale").text
    assert 'value="4110"' in sale
    assert "T4000" not in sale


@pytest.mark.parametrize("kind", ["budget-review", "sustainability", "trial-balance"])
def test_every_report_of_the_first_month_can_be_printed(newborn: Browser, month: Month, kind: str) -> None:
    begin(newborn, month.first, "1,250.00")
    answer = newborn.client.get(f"/c/green-lane/reports/{kind}/{month}.pdf")
    assert answer.status_code == 200
    assert answer.data.startswith(b"%PDF")


def test_books_that_began_in_an_earlier_month_show_the_last_that_is_over(newborn: Browser, month: Month) -> None:
    begin(newborn, month.previous().first, "1,250.00")
    assert f'<option value="{month.previous()}" selected' in newborn.open("/c/green-lane/reports").text
