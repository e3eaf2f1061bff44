"""What every page is held to, measured in a real browser: call these on the page under test.

`assert_page_is_accessible(page)` runs the accessibility rules and our own measures (WCAG 1.4.10, 1.4.11, 2.5.8 and the
house's 18 px) at 320 px in both schemes. `assert_nothing_unmarked(page)` expects a page opened with `?lang=en-XA`.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page

from tests.browser.conftest import AXE, RULES

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
NARROW = 320
HEIGHT = 900
SOURCE = AXE.read_text(encoding="utf-8")
MEASURES = Path(__file__).with_name("measures.js").read_text(encoding="utf-8")
RUN_AXE = """async rules => {
    const result = await axe.run({runOnly: rules});
    return [...result.violations, ...result.incomplete].flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary || 'unsure'}`));
}"""
IS_THERE = "() => typeof axe !== 'undefined'"
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""What a colour scheme can change: everything else on a page is the same in light and dark."""
NAMES_OF_OURS = frozenset({"Hourstead"})
ASCII_WORD = re.compile(r"[A-Za-z]{2,}")


def findings(page: Page, rules: object = RULES) -> list[str]:
    """Return everything wrong with the page as it is now, one line each; what a rule is unsure of counts."""
    if not page.evaluate(IS_THERE):
        page.evaluate(SOURCE)
    by_rule: list[str] = page.evaluate(RUN_AXE, rules)
    by_measure: list[str] = page.evaluate(f"() => {{ {MEASURES}\nreturn measured(); }}")
    return by_rule + by_measure


def assert_page_is_accessible(page: Page, widths: Collection[int] = (NARROW,)) -> None:
    """Fail with every finding at each width, light and dark; the page is left as wide as it was."""
    before = page.viewport_size
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            rules = RULES if scheme == "light" else COLOURS
            wrong += [f"{width} px, {scheme}: {finding}" for finding in findings(page, rules)]
    if before:
        page.set_viewport_size(before)
    assert wrong == [], "\n".join(wrong)


def unmarked(page: Page, allowed: Collection[str] = ()) -> list[str]:
    """Return texts that a page in the pseudo-language still shows in plain letters.

    Names and other people's words stand in <bdi>, <code> or under translate="no" and do not count; a name that had to
    be put inside a sentence is given in `allowed`.
    """
    known = NAMES_OF_OURS | {word for text in allowed for word in ASCII_WORD.findall(text)}
    texts: list[str] = page.evaluate(f"() => {{ {MEASURES}\nreturn spoken(); }}")
    return [text for text in texts if not known.issuperset(ASCII_WORD.findall(text))]


def assert_nothing_unmarked(page: Page, allowed: Collection[str] = ()) -> None:
    """Fail with every text that nobody marked as a message."""
    assert page.locator("html").get_attribute("lang") in {"en-XA", "ar-XB"}, "open the page with ?lang=en-XA"
    assert unmarked(page, allowed) == []
