"""docs/decisions.md lists every decision of the pages below it, and each has a number and a day of its own."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
INDEX = (DOCS / "decisions.md").read_text("utf-8")
HEADING = re.compile(r"^## (\d+)\. \d{4}-\d{2}-\d{2}: (.+)$", re.MULTILINE)
LISTED = re.compile(r"^- (\d+): (.+)$", re.MULTILINE)


def test_the_list_names_the_decisions_of_each_page_in_their_order() -> None:
    pages = re.split(r"^## .*\((decisions/[\w-]+\.md)\)$", INDEX, flags=re.MULTILINE)[1:]
    listed = {page: LISTED.findall(text) for page, text in zip(pages[::2], pages[1::2], strict=True)}
    assert listed == {f"decisions/{path.name}": HEADING.findall(path.read_text("utf-8")) for path in pages_below()}


def pages_below() -> list[Path]:
    return sorted((DOCS / "decisions").glob("*.md"))


def test_numbers_are_given_once_and_without_gaps() -> None:
    numbers = sorted(int(number) for number, _ in LISTED.findall(INDEX))
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_heading_of_a_decision_has_a_number_and_a_day() -> None:
    headings = [line for path in pages_below() for line in path.read_text("utf-8").splitlines() if line[:3] == "## "]
    assert [line for line in headings if not HEADING.match(line)] == []
