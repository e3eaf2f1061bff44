"""How quick the books are here, against what this machine can do at best: `hourstead bench`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from web.bench.benchmarks import trials
from web.bench.concurrent_report import report_and_posts
from web.bench.fixtures import Bench
from web.bench.measuring import Measured, measure
from web.bench.peers.comparing import compare
from web.bench.writers import writers

__all__ = ["Asked", "Measured", "run"]


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is to be measured: how long a history, how often, and beside what, where not the limit alone.

    `report_seconds` is how long a report is printed beside posts, `peers` the folder of other ledgers' environment,
    `place` an empty folder for files.
    """

    entries: int
    rounds: int
    place: Path
    report_seconds: float | None = None
    peers: Path | None = None


def run(database_url: str, limit_url: str, asked: Asked, progress: Callable[[float], None]) -> list[Measured]:
    """Fill empty books with so many entries, and measure in rounds; BenchNotEmpty where something stands already."""
    with Bench.opened(database_url, limit_url) as bench:
        bench.fill(asked.entries, progress)
        if asked.report_seconds is not None:
            return report_and_posts(bench, database_url, asked.report_seconds, progress)
        if asked.peers is not None:
            return compare(bench, asked.entries, asked.rounds, asked.peers, asked.place, progress)
        return [*measure(trials(bench, asked.entries), asked.rounds, progress), *writers(bench, asked.rounds)]
