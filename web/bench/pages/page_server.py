"""The server of page benchmarks: Hourstead or the bare page, by gunicorn as in `serve`, in its own process."""

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
def serve_app(app_name: str, settings: Settings) -> Iterator[int]:
    """Serve Hourstead or the bare page on a free port, which is yielded."""
    port = _free_port()
    command = "from web.bench.pages.page_server import main; main()"
    with subprocess.Popen(  # noqa: S603 (our own command, in our own interpreter)
        [sys.executable, "-c", command, app_name, str(port)], env=os.environ | settings.environment()
    ) as process:
        try:
            _wait_for_server(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)


def main() -> None:
    """Serve until stopped; the arguments are `ours` or `bare`, and the port."""
    app_name, port = sys.argv[1], int(sys.argv[2])
    settings = Settings.load()
    processes = count_processes(settings.database_url)
    make_app = {OURS: lambda: create_app(settings), BARE: lambda: make_bare_app(settings.database_url)}[app_name]
    gunicorn_server.serve(make_app, ServerOptions(host="127.0.0.1", port=port, processes=processes))


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def _wait_for_server(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until the server listens; TimeoutError if it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError("The server of the benchmark did not start.")
