"""The way in, in a real browser: sign-in, slips, the first hour and people; narrow, by keyboard, without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from ledger.database.unit_of_work import write_transaction
from tests.browser.accessible import assert_nothing_unmarked, assert_page_is_accessible
from tests.neighbours import PASSWORD, Neighbours
from web import identity
from web.identity import sessions

PEOPLE = ("Ana", "Bea", "Cai", "Eli", "Willow", "Mia", "Noor", "Ola", "Green Lane", "EUR", "Athens", "Europe")
NEW = "three odd words"


@pytest.fixture
def book(neighbours: Neighbours, serve: Callable[[Flask], str]) -> str:
    return serve(neighbours.app)


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    """Return a page of a narrow browser with scripts off."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


def sign_in(page: Page, book: str, name: str = "ana") -> None:
    page.goto(f"{book}/sign-in?next=/c/willow/account")
    page.get_by_label("User name or e-mail").fill(name)
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def tabbed_to(page: Page, label: str) -> None:
    """Press Tab until what is called so has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        named = page.evaluate(
            "() => { const e = document.activeElement; return (e.labels && e.labels[0] || e).innerText || '' }"
        )
        if label in named:
            return
    raise AssertionError(f"the keyboard does not reach {label!r}")


PUBLIC = ("/sign-in", "/link", "/link/open")
ORGANISERS = (
    "people",
    "people/add",
    "people/{bea}",
    "people/{bea}/office",
    "people/{bea}/leave",
    "people/{bea}/erase",
    "people/{bea}/name",
    "people/{bea}/joined",
    "settings",
    "welcome",
    "account",
)


@pytest.mark.parametrize("path", PUBLIC)
def test_public_pages_are_accessible_and_marked(page: Page, book: str, path: str) -> None:
    page.goto(f"{book}{path}")
    assert_page_is_accessible(page)
    page.goto(f"{book}{path}?lang=en-XA")
    assert_nothing_unmarked(page, PEOPLE)
    assert_page_is_accessible(page)


@pytest.mark.parametrize("path", [*ORGANISERS, "account/password", "account/email"])
def test_organisers_pages_are_accessible_and_marked(page: Page, book: str, neighbours: Neighbours, path: str) -> None:
    sign_in(page, book)
    address = f"{book}/c/willow/{path.format(bea=neighbours.people['Bea'])}"
    page.goto(address)
    assert_page_is_accessible(page)
    page.goto(f"{address}?lang=ar-XB")
    options = page.locator("option").all_inner_texts()
    assert_nothing_unmarked(page, (*PEOPLE, "Chrome", "Linux", "bea", "ana", *options))
    assert_page_is_accessible(page)


def test_refused_forms_are_accessible_and_lead_to_the_field(page: Page, book: str) -> None:
    page.goto(f"{book}/sign-in")
    page.get_by_role("button", name="Sign in").click()
    assert_page_is_accessible(page)
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("link", name="Write your password").click()
    expect(page.get_by_role("textbox", name="Password")).to_be_focused()


def test_signing_in_and_out_by_keyboard_alone(page: Page, book: str) -> None:
    page.goto(f"{book}/sign-in?next=/c/willow/account")
    tabbed_to(page, "User name or e-mail")
    page.keyboard.type("bea")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("How you sign in")
    tabbed_to(page, "Sign out here")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{book}/sign-in")
    page.goto(f"{book}/c/willow/account")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_slip_is_made_printed_and_used_without_scripts(scriptless: Page, book: str, neighbours: Neighbours) -> None:
    sign_in(scriptless, book)
    scriptless.goto(f"{book}/c/willow/people/{neighbours.people['Bea']}")
    scriptless.get_by_role("button", name="Make a slip for a new password").click()
    code = scriptless.locator(".slip__code").inner_text()
    scriptless.emulate_media(media="print")
    scriptless.set_viewport_size({"width": 794, "height": 1123})
    shown = [scriptless.locator(part).first.is_visible() for part in (".slip .qr", ".slip__code", ".foot", "summary")]
    assert shown == [True, True, False, False]
    scriptless.emulate_media(media="screen")
    scriptless.set_viewport_size({"width": 320, "height": 700})
    scriptless.goto(f"{book}/link")
    scriptless.get_by_label("Code").fill(code)
    scriptless.get_by_role("button", name="Open my slip").click()
    scriptless.get_by_role("textbox", name="Password").fill(NEW)
    scriptless.get_by_role("button", name="Open the book").click()
    scriptless.goto(f"{book}/c/willow/account")
    expect(scriptless.get_by_role("heading", level=1)).to_have_text("How you sign in")


def test_the_slip_page_is_accessible_and_its_picture_leads_to_the_link(
    page: Page, book: str, neighbours: Neighbours
) -> None:
    sign_in(page, book)
    page.goto(f"{book}/c/willow/people/{neighbours.people['Bea']}")
    page.get_by_role("button", name="Make a slip").click()
    assert_page_is_accessible(page)
    box = page.locator(".qr").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > 150
    page.goto(f"{page.url}?lang=en-XA")
    assert_nothing_unmarked(page, (*PEOPLE, "HOURSTEAD_PUBLIC_URL", book, "link"))
    assert_page_is_accessible(page)


def test_pages_in_between_are_accessible_and_marked(page: Page, book: str, neighbours: Neighbours) -> None:
    sign_in(page, book)
    page.goto(f"{book}/c/willow/people/add?lang=en-XA")
    page.locator("textarea").fill("Mia\nNoor")
    with write_transaction(neighbours.engine) as connection:
        sessions.end_all(connection, neighbours.login_of("Ana"))
    page.locator("main button").click()
    for button in ("f-password", "", ""):  # signed out meanwhile, signed in again, a look at the names
        assert_page_is_accessible(page)
        assert_nothing_unmarked(page, PEOPLE)
        if button:
            page.locator("#f-identity").fill("ana")
            page.locator("#f-password").fill(PASSWORD)
        page.locator("main button").first.click()
    expect(page).to_have_url(re.compile("/people/added/"))
    for address in (page.url, f"{book}/communities", f"{book}/link/nothing"):
        page.goto(address)
        assert_page_is_accessible(page)
        assert_nothing_unmarked(page, PEOPLE)


def test_from_nothing_to_three_people_without_scripts(scriptless: Page, book: str, neighbours: Neighbours) -> None:
    page = scriptless
    page.goto(book + identity.make_setup_link(neighbours.engine).path)
    page.get_by_label("Name", exact=True).fill("Green Lane")
    page.get_by_label("Money").select_option("EUR")
    page.get_by_label("Time zone").select_option("Europe/Athens")
    page.get_by_role("button", name="Go on to the people").click()
    page.get_by_label("Your name").fill("Mia")
    page.get_by_label("The others, one name a line").fill("Noor\nOla")
    page.get_by_role("button", name="Go on to the first day").click()
    page.get_by_role("group", name="General fund").get_by_label("Bank account").fill("1,250.00")
    page.get_by_role("button", name="Look at everything").click()
    page.get_by_role("button", name="Set up Green Lane").click()
    page.get_by_role("textbox", name="Password").fill(NEW)
    page.get_by_role("button", name="Open the book").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your book is open.")
    page.goto(f"{book}/c/green-lane/people")
    expect(page.get_by_role("heading", level=1)).to_have_text("3 people")


def test_the_set_up_pages_are_accessible_and_marked(page: Page, book: str, neighbours: Neighbours) -> None:
    page.goto(book + identity.make_setup_link(neighbours.engine).path)
    answers = {"community": ("f-name", "Green Lane"), "people": ("f-you", "Mia"), "opening": ("f-gen_bank", "1,250.00")}
    for field, value in answers.values():
        assert_page_is_accessible(page)
        page.locator("main button").click()
        if page.get_by_role("alert").count():
            assert_page_is_accessible(page)
        if page.locator("#f-currency").count():
            page.locator("#f-currency").select_option("EUR")
            page.locator("#f-timezone").select_option("Europe/Athens")
        if page.locator(f"#{field}").count():
            page.locator(f"#{field}").fill(value)
            page.locator("main button").click()
    expect(page).to_have_url(re.compile("/setup/check"))
    assert_page_is_accessible(page)
    for part in ("community", "people", "opening", "check"):
        page.goto(f"{book}/setup/{part}?lang=en-XA")
        assert_nothing_unmarked(page, (*PEOPLE, "green-lane", "English", *page.locator("option").all_inner_texts()))
        assert_page_is_accessible(page)


def test_check_pages_are_accessible_and_marked(page: Page, book: str, neighbours: Neighbours) -> None:
    sign_in(page, book)
    bea = f"{book}/c/willow/people/{neighbours.people['Bea']}"
    page.goto(f"{book}/c/willow/people/add?lang=en-XA")
    page.locator("textarea").fill("Mia\nNoor")
    for go_on in (None, f"{bea}/office", f"{bea}/leave"):
        if go_on:
            page.goto(go_on)
        if page.locator("#f-role").count():
            page.locator("#f-role").check()
        page.locator("main button").first.click()
        assert_page_is_accessible(page)
        assert_nothing_unmarked(page, PEOPLE)
