"""Serving an application until stopped: how many processes and threads, and what they listen on."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import URL, make_url

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8
MOST_PROCESSES = 8
"""With eight threads each they hold 64 connections, which leaves room in the hundred that PostgreSQL allows."""


@dataclass(frozen=True, kw_only=True)
class ServerOptions:
    """The address of a server, and how many processes with how many threads each answer there."""

    host: str
    port: int
    processes: int = 1
    threads: int = THREADS


def count_processes(database_url: str | URL) -> int:
    """One process for each core on PostgreSQL; one on SQLite, whose writers queue fairly only within a process."""
    return min(_cores(), MOST_PROCESSES) if allows_processes(database_url) else 1


def allows_processes(database_url: str | URL) -> bool:
    """Whether several processes may serve a database: on PostgreSQL, which lets writers queue itself."""
    return make_url(database_url).get_backend_name() == "postgresql"


def _cores() -> int:
    """The cores that this process may use, where the system says so."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def serve(make_application: Callable[[], Flask], listening: ServerOptions) -> None:
    """Serve an application until stopped; it is made in each process that serves it."""
    base: Any = importlib.import_module("gunicorn.app.base")
    chosen = {
        "bind": f"{listening.host}:{listening.port}",
        "worker_class": "gthread",
        "workers": listening.processes,
        "threads": listening.threads,
        "proc_name": "hourstead",
        "loglevel": "warning",
    }

    class Server(base.BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        """Gunicorn with our settings instead of its configuration file."""

        def load_config(self) -> None:
            """Hand our settings over."""
            for name, value in chosen.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """The application, made in the process that serves it."""
            return make_application()

    Server().run()
