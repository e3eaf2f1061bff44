"""Everything public says what it means; nothing says where it was made."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.house.source import CODE, ROOT, Function, Module, files, modules

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services", "misc"}

# Written in pieces, so that this file does not name them either.
REGISTRIES = ["pypi.or" + "g", "pythonhosted.or" + "g", "npmjs.or" + "g", "npmjs.co" + "m", "deb.debian.or" + "g"]
PLACES = ["/wor" + "k/", "/roo" + "t/", "/hom" + "e/", "/User" + "s/", "/op" + "t/", ".pyen" + "v"]
ELSEWHERE = re.compile(
    "|".join([*map(re.escape, REGISTRIES), *(rf"(?<![\w.}}]){re.escape(place)}" for place in PLACES)])
)
UNFINISHED = re.compile(r"\b(TO" r"DO|FIX" r"ME|HA" r"CK)\b")


def undescribed(module: Module) -> Iterator[str]:
    """Find public modules, classes, functions and methods that have no docstring."""
    if ast.get_docstring(module.tree) is None and module.text.strip():
        yield module.place
    waiting: list[ast.Module | ast.ClassDef] = [module.tree]
    while waiting:
        for node in waiting.pop().body:
            if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
                if ast.get_docstring(node) is None:
                    yield f"{module.place}:{node.lineno} {node.name}"
                waiting += [node] if isinstance(node, ast.ClassDef) else []


def found(pattern: re.Pattern[str]) -> list[str]:
    """Find a pattern in every text file of the project."""
    places = []
    for path in files():
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if pattern.search(line):
                places.append(f"{path.relative_to(ROOT)}:{number}")
    return places


def test_everything_public_has_a_docstring() -> None:
    assert [place for module in modules(*CODE) for place in undescribed(module)] == []


def test_no_file_has_an_empty_name() -> None:
    assert [path for path in files() if path.stem.lower() in EMPTY_NAMES] == []


def test_nothing_names_a_machine_or_a_registry() -> None:
    assert found(ELSEWHERE) == []


def test_nothing_is_left_for_later() -> None:
    assert found(UNFINISHED) == []
