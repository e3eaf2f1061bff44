"""The measures of a page find what they are there to find."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.browser.accessible import assert_nothing_unmarked, assert_page_is_accessible, findings, unmarked

FRAME = """<!doctype html><html lang="en-XA"><title>Þåĝé</title><style>
body {{ font-size: 18px; line-height: 27px; color: #000; background: #fff }}
h1, h2, p {{ margin: 0; padding: 6px 0 }}
a.skip {{ display: inline-block; min-height: 24px }}
button {{ height: 20px; padding: 0; border: 0; color: #000; background: #fff; font-size: 18px; line-height: 1 }}
input {{ border: 1px solid #ccc; font-size: 18px; height: 30px }}
</style><a class="skip" href="#main">Šķîþ</a><main id="main"><h1>Þåĝé</h1>{}</main>
<footer><h2>Ĥéļþ</h2></footer></html>"""
FAULTS = {
    "scrolls sideways": "<div style='width: 900px'>ŵîðé</div>",
    "text under 18 px": "<p style='font-size: 14px'>šɱåļļ</p>",
    "target": "<button>ö</button>",
    "border": "<label>ñåɱé <input></label>",
    "2 main headings": "<h1>Åĝåîñ</h1>",
    "image-alt": "<img src='data:,' width='30' height='30'>",
}


@pytest.fixture
def show(page: Page, serve: Callable[[Flask], str]) -> Callable[[str], None]:
    """Show a page made of its frame and this body, as wide as a small phone."""
    app = Flask("page")
    bodies: list[str] = []
    app.add_url_rule("/", view_func=lambda: FRAME.format(bodies[-1]))
    address = serve(app)

    def shown(body: str) -> None:
        bodies.append(body)
        page.set_viewport_size({"width": 320, "height": 900})
        page.goto(address)

    return shown


def test_a_page_in_order_has_no_findings(page: Page, show: Callable[[str], None]) -> None:
    show("<p>Ŵöŕðš.</p>")
    assert_page_is_accessible(page)
    assert_nothing_unmarked(page)


@pytest.mark.parametrize("fault", FAULTS)
def test_each_fault_is_found(page: Page, show: Callable[[str], None], fault: str) -> None:
    show(FAULTS[fault])
    assert [finding for finding in findings(page) if finding.startswith(fault)]


def test_a_page_with_a_fault_fails(page: Page, show: Callable[[str], None]) -> None:
    show(FAULTS["text under 18 px"])
    with pytest.raises(AssertionError, match="320 px, light: text under 18 px"):
        assert_page_is_accessible(page)


PALE = "<style>@media (prefers-color-scheme: dark) { p { color: #ddd } }</style><p>þåļé</p>"


def test_words_that_are_pale_in_the_dark_only_are_found(page: Page, show: Callable[[str], None]) -> None:
    show(PALE)
    with pytest.raises(AssertionError, match="320 px, dark: color-contrast") as found:
        assert_page_is_accessible(page)
    assert "px, light" not in str(found.value)


def test_words_nobody_marked_are_found_in_texts_and_in_labels(page: Page, show: Callable[[str], None]) -> None:
    names = "<p><bdi>Ana</bdi> <code>abcd</code> <span translate='no'>EUR</span></p>"
    show(f"<p>Forgotten ŵöŕðš</p>{names}<nav aria-label='Menu'>ɱ</nav>")
    assert unmarked(page) == ["Forgotten ŵöŕðš", "Menu"]
    assert unmarked(page, ["Forgotten", "Menu"]) == []
