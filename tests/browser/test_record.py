"""Writing entries down in a real browser: refused forms, a cost by keyboard alone, lines without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_nothing_unmarked, assert_page_is_accessible
from tests.browser.test_every_page import enter
from tests.willow import GOLDEN


@pytest.fixture
def book(willow_app: Flask, serve: Callable[[Flask], str]) -> str:
    return serve(willow_app)


def tabbed_to(page: Page, field: str) -> None:
    """Press Tab until the field, or the button of that name, has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.name || document.activeElement.innerText") == field:
            return
    raise AssertionError(f"the keyboard does not reach {field!r}")


@pytest.mark.parametrize("kind", ["cost", "sale", "journal", "group-session", "barter"])
def test_a_refused_form_is_accessible_in_both_schemes_and_marked(page: Page, book: str, kind: str) -> None:
    enter(page, book, "eli")
    page.goto(f"{book}/c/willow/record/{kind}?lang=en-XA")
    page.locator("main form .button").first.click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
    assert_page_is_accessible(page)
    known = [(GOLDEN / "willow-registers.json").read_text("utf-8")]
    assert_nothing_unmarked(page, [*known, *page.locator("main option[value]").all_inner_texts()])


def test_a_cost_is_recorded_by_keyboard_alone(page: Page, book: str) -> None:
    enter(page, book, "eli")
    page.goto(f"{book}/c/willow/record/cost")
    for field, written in (
        ("what", "Twine"),
        ("amount", "6.50"),
        ("account", "5000"),
        ("fund", "Farm"),
        ("paid_from", "1020"),
    ):
        tabbed_to(page, field)
        page.keyboard.type(written)
    tabbed_to(page, "Look at it once more")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is that right?")
    assert_page_is_accessible(page)
    tabbed_to(page, "do")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("It stands in the book.")
    expect(page.locator(".receipt")).to_contain_text("6.50 EUR")
    page.reload()
    expect(page.locator(".receipt")).to_contain_text("Twine")
    assert_page_is_accessible(page)


def test_lines_are_added_and_written_without_scripts(browser: Browser, book: str) -> None:
    page = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700}).new_page()
    enter(page, book, "eli")
    page.goto(f"{book}/c/willow/record/journal")
    page.get_by_label("What is it about?").fill("Counted again")
    page.get_by_role("button", name="Add lines").click()
    for number, side, amount in ((0, "debit", "3.00"), (6, "credit", "3.00")):
        page.locator(f"[name=lines-{number}-account]").select_option("1020" if side == "debit" else "1000")
        page.locator(f"[name=lines-{number}-fund]").select_option("GEN")
        page.locator(f"[name=lines-{number}-{side}]").fill(amount)
    page.get_by_role("button", name="Look at it once more").click()
    page.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("It stands in the book.")


def test_a_payment_is_confirmed_by_a_second_person(page: Page, browser: Browser, book: str) -> None:
    enter(page, book, "eli")
    page.goto(f"{book}/c/willow/record/cost")
    page.locator("[name=what]").fill("Leaflets")
    page.locator("[name=amount]").fill("80.00")
    page.locator("[name=account]").select_option("6340")
    page.locator("[name=fund]").select_option("GEN")
    page.locator("[name=paid_from]").select_option("1000")
    page.get_by_role("button", name="Look at it once more").click()
    page.get_by_role("button", name="Write it down, to wait").click()
    second = browser.new_context().new_page()
    enter(second, book, "dee")
    second.goto(f"{book}/c/willow/desk")
    second.get_by_role("link", name="Look at it").click()
    assert_page_is_accessible(second)
    second.get_by_role("button", name="Yes, pay 80.00 EUR").click()
    expect(second.get_by_role("heading", level=1)).to_have_text("It stands in the book.")
