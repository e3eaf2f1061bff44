"""A real Chromium, and the accessibility rules run inside it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.programs import needed

# As root there is no sandbox; the rest keeps the browser from looking for a network.
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async rules => (await axe.run({runOnly: rules})).violations.flatMap(
    violation => violation.nodes.map(node => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`))"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_type_launch_args, "executable_path": needed("chromium"), "args": [*QUIET]}


@pytest.fixture
def axe() -> Callable[[Page], list[str]]:
    """Return what axe finds wrong on a page, one line for each element."""
    source = AXE.read_text(encoding="utf-8")

    def findings(page: Page) -> list[str]:
        page.evaluate(source)
        found: list[str] = page.evaluate(RUN, RULES)
        return found

    return findings
