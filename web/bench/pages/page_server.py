"""A server of a benchmark: our pages or the bare one, by gunicorn as `serve` starts it, in a process of its own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from web import Settings, create_app
from web.bench.pages.bare_page import make_bare_app
from web.serving import gunicorn_server
from web.serving.gunicorn_server import ServerOptions, count_processes

OURS, BARE = "ours", "bare"
START_SECONDS = 60.0


@contextmanager
def serve_app(which: str, settings: Settings) -> Iterator[int]:
    """Serve our pages or the bare one on a free port, which is given; nothing is printed."""
    port = _free_port()
    command = "from web.bench.pages.page_server import main; main()"
    with subprocess.Popen(  # noqa: S603 (our own command, in our own interpreter)
        [sys.executable, "-c", command, which, str(port)], env=os.environ | settings.environment()
    ) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)


def main() -> None:
    """Serve until stopped: `ours` or `bare`, then the port."""
    which, port = sys.argv[1], int(sys.argv[2])
    settings = Settings.load()
    processes = count_processes(settings.database_url)
    make = {OURS: lambda: create_app(settings), BARE: lambda: make_bare_app(settings.database_url)}[which]
    gunicorn_server.serve(make, ServerOptions(host="127.0.0.1", port=port, processes=processes))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until something listens; TimeoutError where it ends before, or takes too long."""
    last = time.monotonic() + START_SECONDS
    while time.monotonic() < last and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The server of the benchmark did not start.")
