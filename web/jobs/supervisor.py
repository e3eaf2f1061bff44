"""A worker beside the server: started with it, started again when it dies, ended with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from web.settings import Settings

STOP_SECONDS = 10
RESTART_SECONDS = 5.0


@contextmanager
def run_worker(settings: Settings) -> Iterator[None]:
    """Have one worker at work in a process of its own."""
    keeper, here = _Keeper(settings), os.getpid()
    keeper.start()
    try:
        yield
    finally:
        if os.getpid() == here:  # a server's own children leave by this door, too
            keeper.stop()


class _Keeper(threading.Thread):
    """Starts the worker, waits for its end, and starts the next unless the server is ending."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self._settings = settings
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._mutex = threading.Lock()

    def run(self) -> None:
        """Keep one worker alive."""
        while not self._ending.is_set():
            with self._mutex:
                if self._ending.is_set():
                    return
                self._process = start_worker(self._settings)
            self._process.wait()
            self._ending.wait(RESTART_SECONDS)

    def stop(self) -> None:
        """End the worker: it leaves its job to the next, or is cut short after some patience."""
        self._ending.set()
        with self._mutex:
            process = self._process
        if process is not None:
            with suppress(ProcessLookupError):
                process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
        self.join(STOP_SECONDS)


def start_worker(settings: Settings) -> subprocess.Popen[bytes]:
    """A worker of these settings that ends when the process that started it ends."""
    command = "from web.commands import main; main()"
    return subprocess.Popen(  # noqa: S603 (our own command, in our own interpreter)
        [sys.executable, "-c", command, "work", "--parent", str(os.getpid())], env=os.environ | settings.environment()
    )
