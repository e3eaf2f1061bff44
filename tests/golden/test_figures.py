"""Every golden figure of Willow comes out exactly: value, display, reason, what it covers and its inputs."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from ledger.core.periods import Month
from reports.data.columns import Columns, month_columns, year_columns
from reports.indicators import compute_figures
from reports.render.json_export import plain_figure
from tests.golden.willow import figures_file, willow

MARCH = Month(2026, 3)
FILES = {"2026-03": month_columns(MARCH), "2026": year_columns(MARCH)}


@cache
def found(name: str) -> dict[str, Any]:
    return {figure.slug: plain_figure(figure) for figure in compute_figures(willow(), FILES[name])}


def wanted(name: str) -> dict[str, Any]:
    return {figure["slug"]: {k: v for k, v in figure.items() if k != "id"} for figure in figures_file(name)["figures"]}


@pytest.mark.parametrize(("name", "slug"), [(name, slug) for name in FILES for slug in wanted(name)])
def test_a_golden_figure_comes_out_exactly(name: str, slug: str) -> None:
    assert found(name).get(slug) == wanted(name)[slug]


@pytest.mark.parametrize("name", FILES)
def test_no_figure_is_worked_out_that_the_golden_file_does_not_have(name: str) -> None:
    assert found(name).keys() == wanted(name).keys()


@pytest.mark.parametrize("name", FILES)
def test_the_columns_are_those_of_the_golden_file(name: str) -> None:
    spans = figures_file(name)["columns"]
    assert {column: (s["from"], s["to"]) for column, s in spans.items()} == texts(FILES[name])


def texts(columns: Columns) -> dict[str, tuple[str, str]]:
    return {name: (span.first.isoformat(), span.last.isoformat()) for name, span in columns.spans.items()}
