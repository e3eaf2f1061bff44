"""Small functions, small files."""

from __future__ import annotations

from statistics import median, quantiles

import pytest

from tests.house.source import CODE, ROOT, files, lines_of, modules

WRITTEN = {".py", ".html", ".css", ".js", ".sql"}


def lengths(*tops: str) -> list[tuple[int, str]]:
    return [(lines_of(f), f"{m.place}:{f.lineno} {f.name}") for m in modules(*tops) for f in m.functions()]


@pytest.mark.parametrize("top", [*CODE, "migrations", "tests"])
def test_no_function_is_longer_than_fifty_lines(top: str) -> None:
    assert [found for found in lengths(top) if found[0] > 50] == []


def test_most_functions_fit_half_a_screen() -> None:
    counts = [count for count, _ in lengths(*CODE)]
    assert median(counts) <= 8
    assert quantiles(counts, n=10)[-1] <= 25


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    written = [path for path in files(*CODE, "migrations", "tests") if path.suffix in WRITTEN]
    counts = [(path.read_text("utf-8").count("\n"), path.relative_to(ROOT).as_posix()) for path in written]
    assert [found for found in sorted(counts) if found[0] > 300] == []


def test_a_function_is_counted_without_its_docstring() -> None:
    here = next(module for module in modules("tests/house") if module.path.name == "source.py")
    counted = {function.name: lines_of(function) for function in here.functions()}
    assert counted["modules"] == 2
