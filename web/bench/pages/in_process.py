"""Calls pages in this process: measures processor time and counts database statements."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event
from werkzeug.test import EnvironBuilder, run_wsgi_app

from web.bench.pages.http_client import BadAnswer

_TRANSACTION_STATEMENTS = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET TRANSACTION")
"""The beginnings of statements that only open or close a transaction; they are not counted as statements."""


@dataclass
class StatementCount:
    """The number of statements and transactions sent to the database."""

    statements: int = 0
    transactions: int = 0


def call_page(app: Flask, path: str, cookie: str = "") -> int:
    """Open a page; returns the size of its body in bytes. BadAnswer unless its status is 200."""
    body, status, _ = run_wsgi_app(app, EnvironBuilder(path=path, headers=[("Cookie", cookie)]).get_environ())
    length = sum(len(part) for part in body)
    if not status.startswith("200"):
        raise BadAnswer(f"{path} answered {status}.")
    return length


def measure_cpu_ms(app: Flask, path: str, cookie: str, seconds: float) -> float:
    """Processor time of a page in milliseconds, without that of the database server; calls the page for `seconds`."""
    clock_start, cpu_start, calls = time.perf_counter(), time.process_time(), 0
    while not calls or time.perf_counter() - clock_start < seconds:
        call_page(app, path, cookie)
        calls += 1
    return 1000 * (time.process_time() - cpu_start) / calls


@contextmanager
def count_statements(engine: Engine) -> Iterator[StatementCount]:
    """Count the statements of the block, by the engine and by its engine for reading."""
    statement_count = StatementCount()

    def count_statement(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        statement_count.statements += not sql.lstrip().upper().startswith(_TRANSACTION_STATEMENTS)

    def count_transaction(_connection: Any) -> None:
        statement_count.transactions += 1

    readers = engine.get_execution_options().get("readers")
    engines = [engine] if readers is None else [engine, readers]
    for counted_engine in engines:
        event.listen(counted_engine, "before_cursor_execute", count_statement)
        event.listen(counted_engine, "begin", count_transaction)
    try:
        yield statement_count
    finally:
        for counted_engine in engines:
            event.remove(counted_engine, "before_cursor_execute", count_statement)
            event.remove(counted_engine, "begin", count_transaction)
