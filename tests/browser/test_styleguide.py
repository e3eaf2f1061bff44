"""Every part of a page, measured once where all of them stand together."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.accessible import assert_nothing_unmarked, assert_page_is_accessible

NAMES = ("Willow", "Eli", "Ana", "Bea", "Gus", "Dee")


@pytest.fixture
def guide(shell_app: Flask, serve: Callable[[Flask], str]) -> str:
    return f"{serve(shell_app)}/styleguide"


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_every_part_is_accessible_in_both_schemes(page: Page, guide: str, width: int) -> None:
    page.goto(guide)
    assert_page_is_accessible(page, [width])


@pytest.mark.parametrize("language", ["en-XA", "ar-XB"])
def test_every_part_holds_longer_words_in_both_directions(page: Page, guide: str, language: str) -> None:
    page.goto(f"{guide}?lang={language}")
    assert_page_is_accessible(page)
    assert_nothing_unmarked(page, NAMES)


def test_every_part_passes_when_colours_are_forced(page: Page, guide: str) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(guide)
    border = page.locator(".choice").first.evaluate("e => getComputedStyle(e).borderTopColor")
    assert border not in {"transparent", "rgba(0, 0, 0, 0)"}


def test_nothing_inline_is_stopped_by_the_content_policy(page: Page, guide: str) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(guide)
    assert said == []


def test_keyboard_reaches_the_page_by_the_skip_link(page: Page, guide: str) -> None:
    page.goto(guide)
    page.keyboard.press("Tab")
    assert page.locator(":focus").get_attribute("class") == "skip"
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "main"


def test_paper_shows_no_navigation_and_no_buttons(page: Page, guide: str) -> None:
    page.goto(guide)
    page.emulate_media(media="print")
    shown = [page.locator(part).first.is_visible() for part in (".who", ".foot", ".actions", ".filters", ".skip")]
    assert shown == [False] * len(shown)
