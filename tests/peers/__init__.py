"""Peers: other ledgers for Python, each in a process of its own, in an environment that holds nothing of ours."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, and of the processor: the client's and the database's together."""

    wall: float
    cpu: float


@dataclass(frozen=True)
class Peer:
    """A peer that waits for what it is to do."""

    asked: IO[str]
    said: IO[str]

    def does(self, deed: str, times: int) -> Took:
        """Let it do something so many times, and say how long it took."""
        self.asked.write(json.dumps({"do": deed, "times": times}) + "\n")
        self.asked.flush()
        return Took(**json.loads(self.said.readline()))


@contextmanager
def peer(python: Path, script: Path, *given: str) -> Iterator[Peer]:
    """Start a peer's script with its own Python; it is ready when this returns, and ends with the block."""
    command = [str(python), str(script), *given]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        json.loads(process.stdout.readline())
        yield Peer(process.stdin, process.stdout)
        process.stdin.close()


def environment(folder: Path) -> Path:
    """The peers' own Python, installed from a locked list where it is not yet; it needs the package index once."""
    python = folder / "bin" / "python"
    mark = folder / "installed.txt"
    wanted = (HERE / "requirements.txt").read_text(encoding="utf-8")
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        # without what they name besides: drivers of databases that nobody measures, which want a compiler
        chosen = ("--quiet", "--no-deps", "--require-hashes", "-r", str(HERE / "requirements.txt"))
        subprocess.run([str(python), "-m", "pip", "install", *chosen], check=True)
        mark.write_text(wanted, encoding="utf-8")
    return python
