"""Every golden figure and sentence of Willow's March is printed on its report, exactly as shown."""

from __future__ import annotations

import re
from typing import Any

import pytest

from reports.pages.page_snippets import unit_text
from tests.golden.willow import figures_file
from tests.reports.willow_reports import KINDS, pages_of

FLOW, STOCK = ("month", "ytd", "moving_12", "last_year"), ("end", "last_year")
GOLDEN = figures_file("2026-03")
SAID = {
    "budget-review": "plan_actual_costs plan_actual_income plan_actual_hours funds pot emergency at_a_glance forecast "
    "restricted_grn restricted_grn_conditional restricted_crw cash_line".split(),
    "sustainability": "pot emergency resources time".split(),
}


def figures_of(kind: str) -> list[Any]:
    return [pytest.param(kind, f, id=f"{kind}-{f['slug']}") for f in GOLDEN["figures"] if kind in f["in"]]


def test_the_golden_file_has_every_figure_of_both_sheets() -> None:
    assert [len(figures_of(kind)) for kind in KINDS] == [52, 60]


@pytest.mark.parametrize(("kind", "figure"), [case for kind in KINDS for case in figures_of(kind)])
def test_a_golden_figure_stands_on_its_sheet_as_it_is_shown(kind: str, figure: dict[str, Any]) -> None:
    unit = unit_text(figure["unit"], figure["slug"])
    name = f"{figure['name']}, {unit}" if unit else figure["name"]
    asked = STOCK if figure["type"] == "stock" else FLOW
    shown = [figure["columns"][column]["display"] for column in asked if column in figure["columns"]]
    signed = " ".join(re.sub(r"^-(?=\d)", "−", display) for display in shown)
    assert is_printed(kind, name, signed), (name, signed)


@pytest.mark.parametrize(("kind", "name"), [(kind, name) for kind in KINDS for name in SAID[kind]])
def test_a_golden_sentence_stands_on_its_sheet(kind: str, name: str) -> None:
    printed = " ".join(" ".join(page.split()) for page in pages_of(kind))
    said = GOLDEN["sentences"][name]
    halves = [half for half in re.split(r"(?<=[a-z]) ", said) if half]
    assert said in printed or all(half in printed for half in halves)


@pytest.mark.parametrize("kind", KINDS)
def test_no_page_is_nearly_empty(kind: str) -> None:
    assert min(len(page.splitlines()) for page in pages_of(kind)) >= 18


def test_the_checks_and_the_sign_off_stand_on_one_page() -> None:
    last = pages_of("budget-review")[-1]
    assert "Checks and sign-off" in last
    assert "Seen by the assembly" in last


def is_printed(kind: str, name: str, shown: str) -> bool:
    """Whether a row has this name, which may run over lines, and these cells behind its first line."""
    lines = [line for page in pages_of(kind) for line in page.splitlines()]
    words = name.split(" ")
    for count in range(len(words), 0, -1):
        first, rest = " ".join(words[:count]), " ".join(words[count:])
        for place, line in enumerate(lines):
            if line == f"{first} {shown}" and (not rest or lines[place + 1] == rest):
                return True
    return False
