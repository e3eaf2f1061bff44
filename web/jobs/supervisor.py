"""A worker process beside the server: started and stopped with it, and restarted if it dies."""

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
    """Run a worker in a process of its own during the block."""
    supervisor, parent = _Supervisor(settings), os.getpid()
    supervisor.start()
    try:
        yield
    finally:
        if os.getpid() == parent:  # forked children of the server leave the block too
            supervisor.stop()


class _Supervisor(threading.Thread):
    """A thread that starts the worker and restarts it when it ends, until it is stopped."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(daemon=True)
        self._settings = settings
        self._ending = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._mutex = threading.Lock()

    def run(self) -> None:
        """Keep one worker running."""
        while not self._ending.is_set():
            with self._mutex:
                if self._ending.is_set():
                    return
                self._process = start_worker(self._settings)
            self._process.wait()
            self._ending.wait(RESTART_SECONDS)

    def stop(self) -> None:
        """Stop the worker: it releases its job, or is killed after `STOP_SECONDS`."""
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
    """Start a worker process with these settings; it ends when this process ends."""
    command = "from web.commands import main; main()"
    return subprocess.Popen(  # noqa: S603 (our own command, in our own interpreter)
        [sys.executable, "-c", command, "work", "--parent", str(os.getpid())], env=os.environ | settings.environment()
    )
