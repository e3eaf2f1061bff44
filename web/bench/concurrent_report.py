"""Posts while another process prints a report: how long members wait, and how long SQLite's log becomes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median

from ledger.core.periods import Month
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_books
from ledger.exchange.imports.result import Progress
from reports import report_builder
from reports.kinds.base import Parameters
from web.bench.fixtures import SLUG, Bench
from web.bench.history import LAST_DAY
from web.bench.measuring import Measurement, Requirement, percentile_99

MEMBERS, PAUSE_SECONDS = 4, 0.05
REPORT = "budget-review"
MAX_MS = 50


def measure_beside_report(bench: Bench, url: str, seconds: float, progress: Progress) -> list[Measurement]:
    """How long four members wait for their posts while a process prints reports from one snapshot for `seconds`.

    The limit is the same without the report, for a quarter of the time.
    """
    alone = _measure_members(bench, seconds / 4, progress)
    context = get_context("spawn")
    has_begun, is_over = context.Event(), context.Event()
    printer = context.Process(target=print_reports, args=(url, has_begun, is_over))
    printer.start()
    try:
        has_begun.wait()
        beside = _measure_members(bench, seconds, progress)
    finally:
        is_over.set()
        printer.join()
    statistics: dict[str, tuple[Callable[[list[float]], float], Requirement | None]] = {
        "middle": (median, None),
        "last": (percentile_99, Requirement(most=MAX_MS)),
        "worst": (max, None),
    }
    measurements = [
        Measurement(
            slug=f"beside-{name}",
            title=f"posts beside a report of {seconds:g} s: {name} wait",
            unit="ms",
            rounds=(1000 * statistic(beside),),
            limits=(1000 * statistic(alone),),
            must=must,
        )
        for name, (statistic, must) in statistics.items()
    ]
    return [*measurements, *_measure_log(bench)]


def print_reports(url: str, has_begun: Event, is_over: Event) -> None:
    """Print the month's report from one snapshot until `is_over` is set; in its own process, as the worker."""
    engine = make_engine(url)
    with read_books(engine, SLUG) as books:
        has_begun.set()
        while not is_over.is_set():
            report_builder.build_report(books, REPORT, Parameters(Month.of(LAST_DAY))).as_pdf()
    engine.dispose()


def _measure_members(bench: Bench, seconds: float, progress: Progress) -> list[float]:
    """The seconds of each post of each member; each member pauses after a post."""
    waits: list[float] = []
    began = time.perf_counter()

    def write() -> None:
        while (passed := time.perf_counter() - began) < seconds:
            drafts = bench.drafts(1)
            start = time.perf_counter()
            bench.post(drafts)
            waits.append(time.perf_counter() - start)
            progress(min(passed / seconds, 1.0))
            time.sleep(PAUSE_SECONDS)

    threads = [threading.Thread(target=write) for _ in range(MEMBERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waits


def _measure_log(bench: Bench) -> list[Measurement]:
    """The size of SQLite's write-ahead log, in megabytes; nothing on PostgreSQL."""
    with suppress(FileNotFoundError):
        megabytes = Path(f"{bench.engine.url.database}-wal").stat().st_size / 1e6
        return [Measurement(slug="beside-log", title="SQLite's log by then", unit="MB", rounds=(megabytes,))]
    return []
