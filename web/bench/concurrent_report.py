"""Members who post while another process prints: how long they wait, and how long SQLite's log becomes."""

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
from reports import report_builder
from reports.kinds.base import Parameters
from web.bench.fixtures import SLUG, Bench
from web.bench.history import LAST_DAY
from web.bench.measuring import Measurement, Requirement, percentile_99

MEMBERS, PAUSE_SECONDS = 4, 0.05
REPORT = "budget-review"
MAX_MS = 50


def measure_beside_report(
    bench: Bench, url: str, seconds: float, progress: Callable[[float], None]
) -> list[Measurement]:
    """What four members wait for their posts while one snapshot is printed from again and again, for so many seconds.

    The limit is the same for a quarter of the time with nothing beside them.
    """
    alone = _members(bench, seconds / 4, progress)
    ours = get_context("spawn")
    began, enough = ours.Event(), ours.Event()
    printer = ours.Process(target=print_reports, args=(url, began, enough))
    printer.start()
    try:
        began.wait()
        beside = _members(bench, seconds, progress)
    finally:
        enough.set()
        printer.join()
    told: dict[str, tuple[Callable[[list[float]], float], Requirement | None]] = {
        "middle": (median, None),
        "last": (percentile_99, Requirement(most=MAX_MS)),
        "worst": (max, None),
    }
    found = [
        Measurement(
            slug=f"beside-{name}",
            title=f"posts beside a report of {seconds:g} s: {name} wait",
            unit="ms",
            rounds=(1000 * of(beside),),
            limits=(1000 * of(alone),),
            must=must,
        )
        for name, (of, must) in told.items()
    ]
    return [*found, *_log(bench)]


def print_reports(url: str, began: Event, enough: Event) -> None:
    """Print the month's sheet from one snapshot until it is enough; a process of its own, as the worker is."""
    engine = make_engine(url)
    with read_books(engine, SLUG) as books:
        began.set()
        while not enough.is_set():
            report_builder.build_report(books, REPORT, Parameters(Month.of(LAST_DAY))).as_pdf()
    engine.dispose()


def _members(bench: Bench, seconds: float, progress: Callable[[float], None]) -> list[float]:
    """How long each post of each member took, each after a pause."""
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


def _log(bench: Bench) -> list[Measurement]:
    """How long SQLite's write-ahead log became, in megabytes."""
    with suppress(FileNotFoundError):
        megabytes = Path(f"{bench.engine.url.database}-wal").stat().st_size / 1e6
        return [Measurement(slug="beside-log", title="SQLite's log by then", unit="MB", rounds=(megabytes,))]
    return []
