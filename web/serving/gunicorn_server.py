"""Serving an application until stopped: how many processes and threads, and what they listen on."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask import Flask

THREADS = 8


@dataclass(frozen=True, kw_only=True)
class Listening:
    """The address of a server, and how many processes with how many threads each answer there."""

    host: str
    port: int
    processes: int = 1
    threads: int = THREADS


def serve(make_application: Callable[[], Flask], listening: Listening) -> None:
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
