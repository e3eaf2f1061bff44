"""Tests are sentences that can fail, on our own code as it is."""

from __future__ import annotations

import ast

from tests.house.source import Function, imports, modules

DOUBLES = {"mock", "unittest.mock", "pytest_mock"}
SAYING = ("assert", "check", "expect", "raises", "warns", "refuses", "refused")


def called(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def can_fail(test: Function) -> bool:
    return any(isinstance(node, ast.Assert) or called(node).startswith(SAYING) for node in ast.walk(test))


def all_tests() -> list[tuple[str, Function]]:
    return [(m.place, f) for m in modules("tests") for f in m.functions() if f.name.startswith("test_")]


def test_every_test_can_fail() -> None:
    assert [f"{place} {test.name}" for place, test in all_tests() if not can_fail(test)] == []


def test_test_names_are_sentences() -> None:
    assert [f"{place} {test.name}" for place, test in all_tests() if test.name.count("_") < 3] == []


def test_our_own_code_is_never_mocked() -> None:
    assert [module.place for module in modules("tests") if not DOUBLES.isdisjoint(imports(module))] == []
