"""Every kind has its row with a worked example, and its line in the glossary."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.kinds import all_kinds
from tests.ledger.kinds.worked import EXAMPLES, lines_of

DOCS = Path(__file__).parents[3] / "docs"


def rows(page: str) -> dict[str, list[str]]:
    """The rows of a page's tables that begin with a kind, by its slug."""
    lines = (DOCS / page).read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| `")]
    return {row[0].strip("`"): row for row in cells}


@pytest.mark.parametrize("page", ["kinds.md", "glossary.md"])
def test_every_kind_has_its_row_and_no_row_is_left_over(page: str) -> None:
    assert set(rows(page)) == set(all_kinds())


def test_every_kind_has_a_worked_example() -> None:
    assert set(EXAMPLES) == set(all_kinds())


@pytest.mark.parametrize("slug", EXAMPLES)
def test_the_lines_of_a_worked_example_are_what_the_kind_drafts(slug: str) -> None:
    assert rows("kinds.md")[slug][-1] == lines_of(slug)


def test_a_row_says_which_kinds_are_the_treasurers() -> None:
    theirs = {slug for slug, kind in all_kinds().items() if "member" not in kind.recorders}
    assert theirs == {slug for slug, row in rows("kinds.md").items() if row[1].startswith("treasurer")}
