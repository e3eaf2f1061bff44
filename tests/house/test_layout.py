"""The folders of the tree: imports go one way, no cycles, no crowded folder, and tests mirror the code."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest

from tests.house.source import CODE, ROOT, Module, imports, modules

MOST_MODULES = 15
OF_EQUALS = ("ledger/kinds", "reports/indicators", "reports/kinds", "web/commands", "web/jobs/kinds")
"""Folders in which every file is one of many of the same shape; they may grow."""
NESTED = ("web/pages", "reports/render")
"""Folders whose subfolders are areas of their own."""
OF_TESTS_ONLY = {"attacks", "browser", "docs", "golden", "house", "previous_version", "reliability", "stories"}

Graph = Mapping[str, set[str]]


def area(module: Module) -> str:
    """Return the area of a module: its folder of the second level, or of the third below `NESTED`."""
    folders = module.place.split("/")[:-1]
    depth = 3 if "/".join(folders[:2]) in NESTED else 2
    if len(folders) == 1:  # a module of the top folder is an area by itself
        return module.name
    return "/".join(folders[:depth])


def module_graph() -> dict[str, set[str]]:
    """Return which modules each module imports, inside functions and for type checking too."""
    known = {module.name: module for module in modules(*CODE, "migrations")}
    return {name: _resolved(module, known) for name, module in known.items()}


def _resolved(module: Module, known: Mapping[str, Module]) -> set[str]:
    """Count `from package import name` as an import of the package only where the name is no module of it."""
    named = imports(module) & known.keys()
    packages = {name for name in named if any(other.startswith(f"{name}.") for other in named)}
    return (named - {name for name in packages if not _takes_from(module, name, known)}) - {module.name}


def _takes_from(module: Module, package: str, known: Mapping[str, Module]) -> bool:
    nodes = [node for node in ast.walk(module.tree) if isinstance(node, ast.ImportFrom) and node.module == package]
    return any(f"{package}.{alias.name}" not in known for node in nodes for alias in node.names)


def area_graph() -> dict[str, set[str]]:
    """Return which areas each area imports."""
    known = {module.name: area(module) for module in modules(*CODE, "migrations")}
    graph: dict[str, set[str]] = defaultdict(set)
    for name, targets in module_graph().items():
        graph[known[name]] |= {known[target] for target in targets} - {known[name]}
    return graph


def cycle(graph: Graph) -> list[str]:
    """Return one cycle of a graph, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


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
    allowed = "reports/workbook reports/report_builder web/application web/errors web/request_guards web/settings"
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
