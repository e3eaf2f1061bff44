"""Kinds and accounts are known by what they declare: no slug of a kind and no account code is quoted elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from ledger.kinds import all_kinds, guarded_slugs
from tests.house.source import CODE, Module, files, modules

SLUGS = frozenset(all_kinds()) | guarded_slugs()
WORDS = frozenset({"hours", "barter", "journal", "sale", "cost", "purchase", "donation", "year-close"})
"""Slugs that also name other things: a page, a family, a fund class, a channel, a group of figures."""
CODES = re.compile(r"[A-Z]?\d{4}")
MAY_NAME_KINDS = ("ledger/kinds/", "web/bench/")
MAY_NAME_CODES = ("ledger/kinds/", "ledger/core/account_roles.py", "ledger/registers/chart.py", "web/bench/")
"""The measured histories of `web/bench` are data, like the files of `tests/golden`."""
IN_TEMPLATES = re.compile(r"""\bkind\s*(?:=|==|!=|in)\s*["']([a-z-]+)["']""")


def named_kinds(tree: ast.AST) -> Iterator[str]:
    """Give the slugs that code quotes: unmistakable ones anywhere, words only where a kind is asked for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in SLUGS - WORDS:
            yield str(node.value)
        elif isinstance(node, ast.Compare) and re.search(r"\b(kind|slug)\b", ast.unparse(node)):
            yield from _words_in(node)
        elif isinstance(node, ast.keyword) and node.arg == "kind":
            yield from _words_in(node.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in ("get_kind", "find_kind", "fill"):
            yield from _words_in(node)
        elif isinstance(node, ast.Set | ast.Tuple | ast.List):
            words = [part.value for part in node.elts if isinstance(part, ast.Constant)]
            if len(words) == len(node.elts) > 1 and SLUGS.issuperset(words):
                yield from map(str, words)


def _words_in(node: ast.AST) -> Iterator[str]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and part.value in WORDS:
            yield str(part.value)


def elsewhere(allowed: tuple[str, ...]) -> list[Module]:
    return [module for module in modules(*CODE) if not module.place.startswith(allowed)]


def test_no_slug_of_a_kind_is_quoted_outside_the_kinds() -> None:
    assert [(module.place, slug) for module in elsewhere(MAY_NAME_KINDS) for slug in named_kinds(module.tree)] == []


def test_no_template_asks_for_a_kind_by_its_slug() -> None:
    pages = [path for path in files("web") if path.suffix == ".html"]
    found = [(path.name, slug) for path in pages for slug in IN_TEMPLATES.findall(path.read_text(encoding="utf-8"))]
    assert [(name, slug) for name, slug in found if slug in SLUGS] == []


def test_no_account_code_is_quoted_outside_the_roles() -> None:
    named = [(module.place, text) for module in elsewhere(MAY_NAME_CODES) for text in module.strings()]
    assert [(place, text) for place, text in named if CODES.fullmatch(text)] == []


@pytest.mark.parametrize(
    ("code", "slugs"),
    [
        ("entry.kind == 'hours'", ["hours"]),
        ("entry.kind in {'sale', 'cost'}", ["cost", "cost", "sale", "sale"]),
        ("HAND_MADE = frozenset({'sale', 'cost'})", ["cost", "sale"]),
        ("fill('journal')", ["journal"]),
        ("TOLD = 'group-session'", ["group-session"]),
        ("part('hours', rows)", []),
        ("family in ('barter', 'other')", []),
        ("scope == 'journal'", []),
    ],
)
def test_a_quoted_slug_would_be_found(code: str, slugs: list[str]) -> None:
    assert sorted(named_kinds(ast.parse(code))) == slugs
