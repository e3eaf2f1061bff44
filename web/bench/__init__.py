"""Benchmarks of the books, compared with the best this machine can do: `hourstead bench`."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.exchange.imports.result import Progress
from web.bench.benchmarks import list_trials
from web.bench.concurrent_report import measure_beside_report
from web.bench.fixtures import Bench
from web.bench.measuring import Measurement, measure
from web.bench.writers import measure_writers

__all__ = ["BenchOptions", "Measurement", "run_bench"]


@dataclass(frozen=True, kw_only=True)
class BenchOptions:
    """The number of entries and rounds; `report_seconds` measures posts while a report is printed for so long."""

    entries: int
    rounds: int
    report_seconds: float | None = None


def run_bench(database_url: str, limit_url: str, options: BenchOptions, progress: Progress) -> list[Measurement]:
    """Fill empty books with entries and measure in rounds; BenchNotEmpty if the database is not empty."""
    with Bench.opened(database_url, limit_url) as bench:
        bench.fill(options.entries, progress)
        if options.report_seconds is not None:
            return measure_beside_report(bench, database_url, options.report_seconds, progress)
        return [
            *measure(list_trials(bench, options.entries), options.rounds, progress),
            *measure_writers(bench, options.rounds),
        ]
