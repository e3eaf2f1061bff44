"""The peer's side: a process that does what it is told, line by line, and says how long it took."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

Deed = Callable[[int], object]
"""Does something so many times."""


def answer(deeds: Mapping[str, Deed], backend: int | None = None) -> None:
    """Read `{"do": ..., "times": ...}` until the input ends; `backend` is the database's process, if there is one."""
    print(json.dumps({"ready": True}), flush=True)  # noqa: T201 (the pipe is the way to speak)
    for line in sys.stdin:
        asked = json.loads(line)
        wall, cpu = time.perf_counter(), spent(backend)
        deeds[asked["do"]](asked["times"])
        took = {"wall": time.perf_counter() - wall, "cpu": spent(backend) - cpu}
        print(json.dumps(took), flush=True)  # noqa: T201


def spent(backend: int | None) -> float:
    """Seconds of the processor that this process and a backend on this machine have used."""
    if backend is None:
        return time.process_time()
    return time.process_time() + int(Path(f"/proc/{backend}/schedstat").read_text().split()[0]) / 1e9
