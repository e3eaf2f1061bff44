"""How quick the books are here, against what this machine can do at best: `hourstead bench`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from web.bench.benchmarks import list_trials
from web.bench.concurrent_report import measure_beside_report
from web.bench.fixtures import Bench
from web.bench.measuring import Measurement, measure
from web.bench.peers.comparing import compare
from web.bench.writers import measure_writers

__all__ = ["BenchOptions", "Measurement", "run_bench"]


@dataclass(frozen=True, kw_only=True)
class BenchOptions:
    """What is to be measured: how long a history, how often, and beside what, where not the limit alone.

    `report_seconds` is how long a report is printed beside posts, `peers` the folder of other ledgers' environment,
    `place` an empty folder for files.
    """

    entries: int
    rounds: int
    place: Path
    report_seconds: float | None = None
    peers: Path | None = None


def run_bench(
    database_url: str, limit_url: str, asked: BenchOptions, progress: Callable[[float], None]
) -> list[Measurement]:
    """Fill empty books with so many entries, and measure in rounds; BenchNotEmpty where something stands already."""
    with Bench.opened(database_url, limit_url) as bench:
        bench.fill(asked.entries, progress)
        if asked.report_seconds is not None:
            return measure_beside_report(bench, database_url, asked.report_seconds, progress)
        if asked.peers is not None:
            return compare(bench, asked.entries, asked.rounds, asked.peers, asked.place, progress)
        return [
            *measure(list_trials(bench, asked.entries), asked.rounds, progress),
            *measure_writers(bench, asked.rounds),
        ]
