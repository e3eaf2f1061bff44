"""Members at their own pages in a real browser: three taps on a phone without scripts, by keyboard, in any words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_nothing_unmarked, assert_page_is_accessible
from tests.browser.test_way_in import PEOPLE, sign_in, tabbed_to
from tests.neighbours import Neighbours
from tests.web.pages.conftest import logged

PATHS = ("", "hours", "hours/other", "hours/work", "hours/session", "hours/gift", "swap", "swap/work", "waiting")
WRITTEN = (*PEOPLE, "Garden", "Cai", "Jam", "Chair", "jars", "NV", "UTC")


@pytest.fixture
def book(neighbours: Neighbours, serve: Callable[[Flask], str]) -> str:
    """Return where Willow is served."""
    return serve(neighbours.app)


@pytest.fixture
def phones(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Return small phones with scripts off, one for each who asks."""
    contexts = []

    def one() -> Page:
        contexts.append(browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}))
        return contexts[-1].new_page()

    yield one
    for context in contexts:
        context.close()


def signed_in(page: Page, book: str, name: str, path: str = "") -> Page:
    sign_in(page, book, name)
    page.goto(f"{book}/c/willow/{path}")
    return page


@pytest.fixture
def helped_before(neighbours: Neighbours) -> None:
    """Let Bea have helped Ana once, so that it can be logged again."""
    form = neighbours.signed_in("Ana")
    answers = {"side": "received", "who": str(neighbours.people["Bea"]), "duration": "60", "day": "yesterday"}
    assert form.fill_in("/c/willow/hours/other", what="Garden", **answers).status_code == 200


@pytest.mark.usefixtures("helped_before")
def test_ninety_minutes_in_three_taps_confirmed_by_the_other_side(book: str, phones: Callable[[], Page]) -> None:
    bea, ana = signed_in(phones(), book, "bea"), signed_in(phones(), book, "ana")
    bea.get_by_role("link", name="I helped Ana").click()
    bea.get_by_text("1 h 30", exact=True).click()
    bea.get_by_role("button", name="Save hours").click()
    expect(bea.get_by_role("heading", level=1)).to_have_text("Written down. It waits for a yes.")

    ana.reload()
    ana.get_by_role("link", name="You were helped by Bea for 1 hour 30 minutes.").click()
    ana.get_by_role("button", name="Yes, I received 1 hour 30 minutes").click()
    expect(ana.get_by_role("heading", level=1)).to_have_text("Confirmed. It is in the book.")

    for page, line in ((bea, "You helped Ana: Garden"), (ana, "Helped by Bea: Garden")):
        page.goto(f"{book}/c/willow/statement")
        row = page.get_by_role("row").filter(has=page.get_by_role("link", name=line))
        expect(row.filter(has_text="1:30")).to_have_count(1)
        expect(page.locator("tfoot")).to_contain_text("2:30")


@pytest.mark.usefixtures("helped_before")
def test_home_to_receipt_by_keyboard_alone(page: Page, book: str) -> None:
    signed_in(page, book, "bea")
    tabbed_to(page, "I helped Ana")
    page.keyboard.press("Enter")
    expect(page.get_by_label("I helped Ana")).to_be_checked()
    tabbed_to(page, "15 min")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    tabbed_to(page, "Save hours")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Written down. It waits for a yes.")


@pytest.fixture
def walked(neighbours: Neighbours) -> tuple[str, ...]:
    """Let things have happened and wait, and return the addresses of pages that show them to Ana."""
    logged(neighbours, "Bea", "received", "Ana", what="Garden")
    logged(neighbours, "Bea", "gave", "Ana", what="Garden")
    logged(neighbours, "Ana", "gave", "Bea", what="Garden")
    ana = neighbours.signed_in("Ana")
    swap = {"who": str(neighbours.people["Bea"]), "gave1_thing": "Jam", "got1_thing": "Chair", "day": "today"}
    ana.fill_in("/c/willow/swap", **swap)
    ana.send("/c/willow/swap", do="save")
    logged(neighbours, "Ana", "gave", "Cai", what="Garden")
    logged(neighbours, "Bea", "gave", "Cai", what="Garden")
    neighbours.signed_in("Cai").fill_in("/c/willow/waiting/4", "/c/willow/waiting/4/decline", reason="Garden")
    number = ana.open("/c/willow/statement").text.split("receipts/entries/")[1].split('"')[0]
    return (
        *PATHS,
        "statement",
        "waiting/1",
        "waiting/5",
        "receipts/waiting/2",
        "receipts/waiting/4",
        f"receipts/entries/{number}",
    )


def test_every_page_of_members_is_accessible_and_marked(page: Page, book: str, walked: tuple[str, ...]) -> None:
    signed_in(page, book, "ana")
    for path in walked:
        address = f"{book}/c/willow/{path}"
        page.goto(address)
        assert_page_is_accessible(page)
        page.goto(f"{address}?lang=en-XA")
        assert_nothing_unmarked(page, (*WRITTEN, *page.locator("option").all_inner_texts()))
        assert_page_is_accessible(page)
        page.context.clear_cookies(name=re.compile("language"))


@pytest.mark.parametrize("path", ["hours", "hours/other", "hours/session", "swap", "swap/work", "hours/gift"])
def test_refused_forms_of_members_lead_to_the_field(page: Page, book: str, walked: tuple[str, ...], path: str) -> None:
    signed_in(page, book, "bea", path)
    page.locator("main form .button").first.click()
    expect(page.locator(".problem")).to_be_focused()
    assert_page_is_accessible(page)
    for link in page.locator(".problem a").all():
        target = (link.get_attribute("href") or "#").removeprefix("#")
        expect(page.locator(f"[id='{target}']")).to_be_visible()


def test_the_check_before_saving_is_accessible_and_marked(page: Page, book: str, neighbours: Neighbours) -> None:
    signed_in(page, book, "bea", "swap")
    page.get_by_label("With whom?").select_option(str(neighbours.people["Ana"]))
    for line in page.get_by_label("What was it?").all()[::3]:
        line.fill("Jam")
    page.get_by_role("button", name="Check before saving").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert_page_is_accessible(page)
