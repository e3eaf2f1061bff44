"""The folders of the tree: imports go one way, no cycles, no crowded folder, and tests mirror the code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from tests.house.import_graph import area_graph, cycle, module_graph
from tests.house.source import CODE, ROOT, modules

MOST_MODULES = 15
OF_EQUALS = ("ledger/kinds", "reports/indicators", "reports/kinds", "web/commands", "web/jobs/kinds")
"""Folders in which every file is one of many of the same shape; they may grow."""
OF_TESTS_ONLY = {
    *"attacks browser communities docs golden house peers previous_version reliability stories".split(),
}


def crowded(places: Iterable[str]) -> list[tuple[str, int]]:
    """Return the folders that hold more modules than a reader can survey."""
    counts = Counter(place.rpartition("/")[0] for place in places if not place.endswith("__init__.py"))
    return [(folder, n) for folder, n in counts.items() if n > MOST_MODULES and not folder.startswith(OF_EQUALS)]


def folders_of(*tops: str) -> Iterator[str]:
    for module in modules(*tops):
        yield module.place.rpartition("/")[0]


def test_no_modules_import_each_other_in_a_cycle() -> None:
    assert cycle(module_graph()) == []


def test_areas_import_each_other_one_way_only() -> None:
    assert cycle(area_graph()) == []


def test_migrations_import_only_the_models() -> None:
    named = {target for name, targets in module_graph().items() if name.startswith("migrations") for target in targets}
    wrong = [one for one in named if not one.startswith(("migrations", "ledger.models", "web.models"))]
    assert sorted(wrong) == []


def test_no_folder_of_code_is_crowded() -> None:
    assert crowded(module.place for module in modules(*CODE, "migrations")) == []


def test_only_entry_points_lie_outside_the_folders() -> None:
    flat = {module.place for module in modules(*CODE) if module.place.count("/") == 1}
    allowed = "reports/workbook reports/report_builder web/application web/database web/errors web/request_guards "
    allowed += "web/settings"
    assert {place for place in flat if not place.endswith("__init__.py")} == {f"{one}.py" for one in allowed.split()}


@pytest.mark.parametrize("top", CODE)
def test_folders_of_tests_mirror_the_code(top: str) -> None:
    code, tests = set(folders_of(top)), set(folders_of(f"tests/{top}"))
    assert [folder for folder in sorted(tests) if folder.removeprefix("tests/") not in code] == []


def test_other_folders_of_tests_are_for_the_whole_system() -> None:
    found = {path.name for path in (ROOT / "tests").iterdir() if (path / "__init__.py").exists()}
    assert sorted(found - {*CODE, "migrations", *OF_TESTS_ONLY}) == []


def test_a_cycle_and_a_crowded_folder_would_be_found() -> None:
    assert cycle({"a": {"b"}, "b": {"c"}, "c": {"a"}}) != []
    assert cycle({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []
    assert crowded([f"ledger/core/m{n}.py" for n in range(16)]) == [("ledger/core", 16)]
    assert crowded([f"ledger/kinds/m{n}.py" for n in range(16)]) == []
