"""Serves an application with gunicorn: processes, threads and the address to listen on."""

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
MAX_PROCESSES = 8
"""With eight threads each they hold 64 connections, below PostgreSQL's default limit of one hundred."""


@dataclass(frozen=True, kw_only=True)
class ServerOptions:
    """The address of a server, its number of processes, and of threads in each."""

    host: str
    port: int
    processes: int = 1
    threads: int = THREADS


def count_processes(database_url: str | URL) -> int:
    """One process for each core on PostgreSQL; one on SQLite, where only writers of one process queue in order."""
    return min(_count_cores(), MAX_PROCESSES) if allows_processes(database_url) else 1


def allows_processes(database_url: str | URL) -> bool:
    """Whether several processes may serve a database: on PostgreSQL, whose writers queue in order."""
    return make_url(database_url).get_backend_name() == "postgresql"


def _count_cores() -> int:
    """The number of cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def serve(make_application: Callable[[], Flask], server_options: ServerOptions) -> None:
    """Serve an application until stopped; each process makes its own."""
    base: Any = importlib.import_module("gunicorn.app.base")
    settings = {
        "bind": f"{server_options.host}:{server_options.port}",
        "worker_class": "gthread",
        "workers": server_options.processes,
        "threads": server_options.threads,
        "proc_name": "hourstead",
        "loglevel": "warning",
    }

    class Server(base.BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
        """Gunicorn with these settings in place of a configuration file."""

        def load_config(self) -> None:
            """Apply the settings."""
            for name, value in settings.items():
                self.cfg.set(name, value)

        def load(self) -> Flask:
            """The application of this process."""
            return make_application()

    Server().run()
