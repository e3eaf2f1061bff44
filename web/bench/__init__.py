"""How quick the books are here, against what this machine can do at best: `hourstead bench`."""

from __future__ import annotations

from collections.abc import Callable

from web.bench.books import Bench
from web.bench.measuring import Measured, measure
from web.bench.trials import trials
from web.bench.writers import writers

__all__ = ["Measured", "run"]


def run(
    database_url: str, limit_url: str, entries: int, rounds: int, progress: Callable[[float], None]
) -> list[Measured]:
    """Fill empty books with so many entries, and measure in rounds; BenchNotEmpty where something stands already."""
    with Bench.opened(database_url, limit_url) as bench:
        bench.fill(entries, progress)
        return [*measure(trials(bench, entries), rounds, progress), *writers(bench, rounds)]
