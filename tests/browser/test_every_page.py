"""Every page that links lead to, for those who may open it: accessible, and every word of ours marked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Page
from werkzeug.exceptions import HTTPException

from tests.browser.accessible import ASCII_WORD, assert_page_is_accessible, unmarked
from tests.willow import GOLDEN, PASSWORD

START = "/c/willow/account"
MOST = 60


@pytest.fixture(scope="module")
def of_the_book() -> frozenset[str]:
    """Return the words that stand in Willow's own books, which are nobody's to translate."""
    texts = [path.read_text("utf-8") for path in (GOLDEN / "willow-registers.json", GOLDEN / "willow.jsonl")]
    return frozenset(ASCII_WORD.findall(" ".join(texts)))


def enter(page: Page, address: str, user: str) -> None:
    page.goto(f"{address}/sign-in")
    page.locator("[name=identity]").fill(user)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def endpoint_of(app: Flask, link: str) -> str:
    try:
        return str(app.url_map.bind("127.0.0.1").match(urlsplit(link).path)[0])
    except HTTPException:
        return ""


def reached(page: Page, app: Flask, start: str) -> Iterator[str]:
    """Open one page of each kind that links lead to, and give its address while it is open."""
    waiting, seen = [start], {"", "static"}
    while waiting and len(seen) < MOST:
        link = waiting.pop(0)
        kind = endpoint_of(app, link)
        if kind in seen or not page.context.request.head(link).headers["content-type"].startswith("text/html"):
            continue
        seen.add(kind)
        page.goto(link)
        links: list[str] = page.eval_on_selector_all("a[href]:not([hreflang])", "all => all.map(a => a.href)")
        waiting += [found.split("#")[0] for found in links if urlsplit(found).netloc == urlsplit(start).netloc]
        yield link


def in_pseudo_language(link: str) -> str:
    return f"{link}{'&' if '?' in link else '?'}lang=en-XA"


@pytest.mark.parametrize("user", ["eli", "ana", "bea"])
def test_every_page_is_accessible_and_speaks_the_readers_language(
    page: Page, willow_app: Flask, serve: Callable[[Flask], str], of_the_book: frozenset[str], user: str
) -> None:
    address = serve(willow_app)
    enter(page, address, user)
    plain: dict[str, list[str]] = {}
    for link in reached(page, willow_app, address + START):
        assert_page_is_accessible(page)
        page.goto(in_pseudo_language(link))
        plain[link.removeprefix(address)] = unmarked(page, of_the_book)
        page.context.clear_cookies(name=re.compile("language"))
    assert {link: texts for link, texts in plain.items() if texts} == {}
    assert len(plain) > 2
