"""docs/reliability.md holds date and figure of each numbered test's last whole run."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability.md").read_text("utf-8")
ROW = re.compile(r"^\| (\d+) \| (.+) \| (\d{4}-\d{2}-\d{2}|not yet) \| (.+) \|$", re.MULTILINE)


def numbers() -> set[int]:
    """The numbers that tests carry in their names."""
    found = (re.findall(r"reliability_(\d+)_", path.read_text("utf-8")) for path in (ROOT / "tests").rglob("*.py"))
    return {int(number) for some in found for number in some}


def test_every_numbered_test_has_the_date_and_figure_of_its_last_whole_run() -> None:
    rows = {int(number): (day, figure) for number, _, day, figure in ROW.findall(PAGE)}
    assert rows.keys() == numbers()
    assert [number for number, (day, said) in rows.items() if day != "not yet" and not re.search(r"\d", said)] == []


def test_numbered_tests_stand_in_a_file_of_their_number() -> None:
    for path in (ROOT / "tests" / "reliability").glob("test_*.py"):
        named = set(re.findall(r"def test_reliability_(\d+)_", path.read_text("utf-8")))
        assert named == {path.name.split("_")[1].lstrip("0")}, path
