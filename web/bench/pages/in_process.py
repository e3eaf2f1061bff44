"""A page called in this process: how long the processor takes for it, and what it sends to the database."""

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

_CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA", "SET TRANSACTION")
"""How statements that only open or close a transaction begin; they are counted with it."""


@dataclass
class StatementCount:
    """What was sent to the database."""

    statements: int = 0
    transactions: int = 0


def call_page(app: Flask, path: str, cookie: str = "") -> int:
    """Open a page; the bytes of its body. BadAnswer where it is no page."""
    body, status, _ = run_wsgi_app(app, EnvironBuilder(path=path, headers=[("Cookie", cookie)]).get_environ())
    length = sum(len(part) for part in body)
    if not status.startswith("200"):
        raise BadAnswer(f"{path} answered {status}.")
    return length


def measure_cpu_ms(app: Flask, path: str, cookie: str, seconds: float) -> float:
    """Milliseconds of the processor for a page, called for so long; in this process, without the database server."""
    began, start, times = time.perf_counter(), time.process_time(), 0
    while not times or time.perf_counter() - began < seconds:
        call_page(app, path, cookie)
        times += 1
    return 1000 * (time.process_time() - start) / times


@contextmanager
def count_statements(engine: Engine) -> Iterator[StatementCount]:
    """Count what the block sends by an engine, and by the one beside it that only reads."""
    sent = StatementCount()

    def count_statement(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        sent.statements += not sql.lstrip().upper().startswith(_CONTROL)

    def count_transaction(_connection: Any) -> None:
        sent.transactions += 1

    readers = engine.get_execution_options().get("readers")
    engines = [engine] if readers is None else [engine, readers]
    for one in engines:
        event.listen(one, "before_cursor_execute", count_statement)
        event.listen(one, "begin", count_transaction)
    try:
        yield sent
    finally:
        for one in engines:
            event.remove(one, "before_cursor_execute", count_statement)
            event.remove(one, "begin", count_transaction)
