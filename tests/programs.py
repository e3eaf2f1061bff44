"""Programs of the system that tests drive, and servers that tests start."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def needed(program: str) -> str:
    """Return a program's path, or skip the test and say how to get it."""
    path = shutil.which(program)
    if path is None:
        pytest.skip(f"{program} is not installed: run `make system`")
    return path


@contextmanager
def serving(app: WSGIApplication) -> Iterator[str]:
    """Serve an application on a free port of this machine, and give its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def serve() -> Iterator[Callable[[WSGIApplication], str]]:
    """Serve applications until the test ends."""
    with ExitStack() as running:
        yield lambda app: running.enter_context(serving(app))
