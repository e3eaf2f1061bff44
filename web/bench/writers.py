"""Eight writers at once: on accounts of their own, half of them on one account, and with pauses between."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from ledger.core.drafts import EntryDraft
from ledger.core.errors import BooksBusy
from ledger.kinds.time.hours import Hours
from web.bench.fixtures import Bench
from web.bench.measuring import Measurement, Requirement, percentile_99

WRITERS, POSTS_PER_WRITER, PAUSE_SECONDS = 8, 20, 0.01


def measure_writers(bench: Bench, rounds: int) -> list[Measurement]:
    """On PostgreSQL what one busy account costs (P8), on SQLite how long a turn takes to come (P9)."""
    return _paused(bench, rounds) if bench.engine.dialect.name == "sqlite" else _hot(bench, rounds)


def _hot(bench: Bench, rounds: int) -> list[Measurement]:
    spread, hot, tails = list[float](), list[float](), list[float]()
    for _ in range(rounds):
        for rates, busy in ((spread, False), (hot, True)):
            began = time.perf_counter()
            waits = _at_once(bench, busy=busy, pause=0)
            rates.append(len(waits) / (time.perf_counter() - began))
            if busy:
                tails.append(percentile_99(waits) / median(waits))
    title = "P8: entries of eight writers, half on one account"
    return [
        Measurement(
            slug="hot-account",
            title=title,
            unit="per second",
            rounds=tuple(hot),
            limits=tuple(spread),
            must=Requirement(share=0.8),
        ),
        Measurement(
            slug="hot-tail",
            title="P8: the hundredth wait over the middle one",
            unit="times",
            rounds=tuple(tails),
            must=Requirement(most=10),
        ),
    ]


def _paused(bench: Bench, rounds: int) -> list[Measurement]:
    waits = [_at_once(bench, busy=False, pause=PAUSE_SECONDS) for _ in range(rounds)]
    last, worst = [1000 * percentile_99(each) for each in waits], [1000 * max(each) for each in waits]
    title = "P9: eight writers with pauses, "
    return [
        Measurement(
            slug="turn", title=title + "the hundredth wait", unit="ms", rounds=tuple(last), must=Requirement(most=25)
        ),
        Measurement(
            slug="worst-turn", title=title + "the worst", unit="ms", rounds=tuple(worst), must=Requirement(most=250)
        ),
    ]


def _at_once(bench: Bench, *, busy: bool, pause: float) -> list[float]:
    """How long each post of each writer took; BooksBusy when one of them never came to its turn."""
    waits: list[float] = []
    failed: list[BaseException] = []
    gate = threading.Barrier(WRITERS)

    def write(drafts: Sequence[EntryDraft]) -> None:
        gate.wait()
        for draft in drafts:
            began = time.perf_counter()
            try:
                bench.post([draft])
            except BooksBusy as refusal:
                failed.append(refusal)
                return
            waits.append(time.perf_counter() - began)
            time.sleep(pause)

    threads = [threading.Thread(target=write, args=(drafts,)) for drafts in _shares(bench, busy=busy)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return waits


def _shares(bench: Bench, *, busy: bool) -> list[list[EntryDraft]]:
    """Each writer's entries, between two people of its own; when busy, every second writer's go to one account."""
    sample = next(draft for draft in bench.drafts(1000) if draft.kind == Hours.slug and len(draft.postings) == 2)
    people = bench.people
    shares = []
    for number in range(WRITERS):
        gave, received = people[2 * number % len(people)], people[(2 * number + 1) % len(people)]
        if busy and number % 2:
            received = people[-1]
        one, two = sample.postings
        lines = (
            replace(one, leaf=replace(one.leaf, owner=received)),
            replace(two, leaf=replace(two.leaf, owner=gave)),
        )
        shares.append([replace(sample, postings=lines)] * POSTS_PER_WRITER)
    return shares
