"""verify names what does not hold: after each change in damages.txt these findings, word for word, and no others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from ledger.checks import verify
from ledger.database.unit_of_work import open_for_verify
from tests.communities.small_community import SLUG, hours_draft, post_draft, sale_draft
from tests.databases import Filling
from tests.ledger.checks.tampering import guards_dropped, unchecked
from tests.ledger.checks.test_damage import few

BLOCKS = (Path(__file__).parent / "damages.txt").read_text(encoding="utf-8").strip().split("\n\n")
"""Statements, each with its semicolon, and what is found after them."""


def many(engine: Engine) -> None:
    """The books of `few`, and an entry of four lines in two units."""
    few(engine)
    post_draft(engine, replace(sale_draft(), postings=hours_draft(minutes=30).postings + sale_draft(50).postings))


@pytest.fixture
def books(own_filled: Callable[[Filling], Engine]) -> Engine:
    engine = own_filled(many)
    guards_dropped(engine)
    return engine


def found(engine: Engine, statements: list[str]) -> list[str] | None:
    """What verify finds after some statements, which are undone again; None where a condition refuses them."""
    with unchecked(engine) as connection, connection.begin_nested() as point:
        try:
            for statement in statements:
                connection.exec_driver_sql(statement)
        except IntegrityError:
            point.rollback()
            return None
        findings = verify(open_for_verify(connection, SLUG)).findings
        point.rollback()
    return sorted(f"{one.check} {one.seq}: {one.says}" for one in findings if one.check != "guards")


def told(engine: Engine, lines: list[str]) -> tuple[list[str] | None, ...]:
    """What the file says; PostgreSQL goes on checking conditions, and its keys cannot have been off."""
    if engine.dialect.name == "sqlite":
        return (sorted(lines),)
    return None, sorted(line for line in lines if not line.startswith("keys"))


@pytest.mark.strongest
def test_each_damage_is_found_where_it_is_and_nothing_else(books: Engine) -> None:
    assert found(books, []) == []
    for block in BLOCKS:
        lines = block.split("\n")
        statements = [line for line in lines if line.endswith(";")]
        assert found(books, statements) in told(books, lines[len(statements) :]), statements
