"""Arrows point one way: web to reports to ledger; pure files know no database."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import CODE, Module, files, imports, modules

FORBIDDEN = {
    "ledger": ("flask", "marshmallow", "reportlab", "babel", "web", "reports", "migrations", "click", "rich"),
    "reports": ("flask", "flask_babel", "marshmallow", "click", "rich", "web", "migrations"),
    "web": ("migrations.versions",),
}
MIGRATIONS_MAY = ("alembic", "sqlalchemy", "ledger.models", "web.models.jobs", "migrations")
PURE = (
    "ledger.core.amounts",
    "ledger.core.drafts",
    "ledger.core.errors",
    "ledger.kinds",
    "ledger.core.messages",
    "ledger.core.periods",
    "ledger.workflow.courses",
    "ledger.workflow.state_machine",
    "reports.data.dataset",
    "reports.language.figure",
    "reports.indicators",
    "reports.sentences",
    "reports.workbook",
    "reports.tables",
    "reports.render.json_export",
)
IMPURE = ("sqlalchemy", "sqlite3", "psycopg", "ledger.database.unit_of_work", "ledger.models")
ENTRIES = ("journal_entry", "posting")


def under(name: str, tops: tuple[str, ...]) -> bool:
    return any(name == top or name.startswith(f"{top}.") for top in tops)


def is_pure(module: Module) -> bool:
    return under(module.name, PURE)


def reach(start: Module, known: dict[str, Module]) -> Iterator[tuple[str, str]]:
    """Follow imports from a file through our own modules, giving each name with the file that names it."""
    waiting, seen = [start], {start.name}
    while waiting:
        module = waiting.pop()
        for name in imports(module):
            yield module.place, name
            if name in known and name not in seen:
                seen.add(name)
                waiting.append(known[name])


@pytest.mark.parametrize("top", CODE)
def test_no_file_imports_against_the_arrows(top: str) -> None:
    wrong = [(m.place, n) for m in modules(top) for n in sorted(imports(m)) if under(n, FORBIDDEN[top])]
    assert wrong == []


def test_migrations_know_only_the_tables() -> None:
    named = [(m.place, n) for m in modules("migrations") for n in sorted(imports(m))]
    ours = [(place, name) for place, name in named if under(name, (*CODE, "migrations", "flask", "tests"))]
    assert [(place, name) for place, name in ours if not under(name, MIGRATIONS_MAY) and name not in CODE] == []


def test_pure_files_never_reach_a_database() -> None:
    known = {module.name: module for module in modules(*CODE)}
    pure = [module for module in known.values() if is_pure(module)]
    wrong = {(m.place, through, name) for m in pure for through, name in reach(m, known) if under(name, IMPURE)}
    assert pure
    assert sorted(wrong) == []


def test_only_posting_writes_entries() -> None:
    writers = {module.place for module in modules(*CODE) if writes_entries(module)}
    assert writers <= {"ledger/journal/posting.py"}


def writes_entries(module: Module) -> bool:
    inserts = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call) and inserts_an_entry(node)]
    spoken = [text for text in module.strings() if any(f"insert into {table} " in text.lower() for table in ENTRIES)]
    return bool(inserts or spoken)


def inserts_an_entry(call: ast.Call) -> bool:
    named = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    subjects = [call.func.value] if isinstance(call.func, ast.Attribute) else []
    tables = {getattr(node, "attr", getattr(node, "id", "")) for node in [*call.args, *subjects]}
    return named == "insert" and not tables.isdisjoint(ENTRIES)


@pytest.mark.parametrize("top", ["ledger", "reports"])
def test_the_clock_is_handed_in(top: str) -> None:
    clocks = {"now", "today", "utcnow", "time", "time_ns"}
    asked = [(m.place, ast.unparse(node)) for m in modules(top) for node in ast.walk(m.tree) if reads(node, clocks)]
    assert asked == []


def reads(node: ast.AST, clocks: set[str]) -> bool:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in clocks and getattr(node.func.value, "id", "") in {"date", "datetime", "time"}


def test_every_folder_of_code_is_a_package() -> None:
    folders = {path.parent for path in files(*CODE, "tests") if path.suffix == ".py"}
    assert [folder for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
