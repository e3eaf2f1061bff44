"""`make quick` finds the tests of what changed."""

from __future__ import annotations

import pytest

from tests.house.quick import RULES, tests_of, typed


def folders(changed: str) -> set[str]:
    return {path.rpartition("/")[0] for path in tests_of([changed])}


@pytest.mark.parametrize(
    ("changed", "folder"),
    [
        ("ledger/journal/posting.py", "tests/ledger/journal"),
        ("ledger/kinds/time/hours.py", "tests/ledger/kinds"),
        ("web/pages/hours/log_hours.html", "tests/web/pages/hours"),
        ("migrations/versions/0001_create_books.py", "tests/migrations"),
        ("tests/attacks/books.py", "tests/attacks"),
        ("README.md", "tests/docs"),
    ],
)
def test_a_change_runs_the_tests_of_its_folder_and_the_rules_of_the_house(changed: str, folder: str) -> None:
    assert folders(changed) == {folder, "tests/house"}


def test_without_a_change_the_rules_of_the_house_run() -> None:
    assert tests_of([]) == [f"tests/house/test_{rule}.py" for rule in RULES]


def test_types_of_python_files_are_checked() -> None:
    assert typed(["ledger/core/text.py", "docs/kinds.md", "web/static/css/a.css"]) == ["ledger/core/text.py"]
