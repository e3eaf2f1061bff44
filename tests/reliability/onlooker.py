"""Looks at a database through its driver alone: no code of the books, no login but the owner's."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Engine

SNAPSHOT = {"sqlite": "BEGIN", "postgresql": "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"}


@contextmanager
def driver(engine: Engine) -> Iterator[Any]:
    """Give a connection of the driver, each of whose statements stands by itself."""
    url = engine.url
    connection: Any
    if engine.dialect.name == "sqlite":
        connection = sqlite3.connect(str(url.database), isolation_level=None, timeout=30, check_same_thread=False)
    else:
        connection = psycopg.connect(host=str(url.query["host"]), user="postgres", dbname=url.database, autocommit=True)
    try:
        yield connection
    finally:
        connection.close()


def rows(engine: Engine, sql: str) -> list[tuple[Any, ...]]:
    """Read rows as they are."""
    with driver(engine) as connection:
        return [tuple(row) for row in connection.execute(sql).fetchall()]


def value(engine: Engine, sql: str) -> Any:
    """Read one value."""
    return rows(engine, sql)[0][0]
