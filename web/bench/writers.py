"""Eight concurrent writers: on separate accounts, half of them on one account, and with pauses."""

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
    """On PostgreSQL the cost of one busy account (P8), on SQLite the wait for a turn to write (P9)."""
    return (
        _measure_turns(bench, rounds) if bench.engine.dialect.name == "sqlite" else _measure_busy_account(bench, rounds)
    )


def _measure_busy_account(bench: Bench, rounds: int) -> list[Measurement]:
    spread_rates, busy_rates, tail_ratios = list[float](), list[float](), list[float]()
    for _ in range(rounds):
        for rates, busy in ((spread_rates, False), (busy_rates, True)):
            start = time.perf_counter()
            waits = _post_concurrently(bench, busy=busy, pause=0)
            rates.append(len(waits) / (time.perf_counter() - start))
            if busy:
                tail_ratios.append(percentile_99(waits) / median(waits))
    title = "P8: entries of eight writers, half on one account"
    return [
        Measurement(
            slug="hot-account",
            title=title,
            unit="per second",
            rounds=tuple(busy_rates),
            limits=tuple(spread_rates),
            must=Requirement(share=0.8),
        ),
        Measurement(
            slug="hot-tail",
            title="P8: the hundredth wait over the middle one",
            unit="times",
            rounds=tuple(tail_ratios),
            must=Requirement(most=10),
        ),
    ]


def _measure_turns(bench: Bench, rounds: int) -> list[Measurement]:
    waits = [_post_concurrently(bench, busy=False, pause=PAUSE_SECONDS) for _ in range(rounds)]
    percentiles, worst = [1000 * percentile_99(each) for each in waits], [1000 * max(each) for each in waits]
    title = "P9: eight writers with pauses, "
    return [
        Measurement(
            slug="turn",
            title=title + "the hundredth wait",
            unit="ms",
            rounds=tuple(percentiles),
            must=Requirement(most=25),
        ),
        Measurement(
            slug="worst-turn", title=title + "the worst", unit="ms", rounds=tuple(worst), must=Requirement(most=250)
        ),
    ]


def _post_concurrently(bench: Bench, *, busy: bool, pause: float) -> list[float]:
    """The seconds of each post of each writer; BooksBusy if a writer did not get a turn."""
    waits: list[float] = []
    failed: list[BaseException] = []
    barrier = threading.Barrier(WRITERS)

    def write(drafts: Sequence[EntryDraft]) -> None:
        barrier.wait()
        for draft in drafts:
            began = time.perf_counter()
            try:
                bench.post([draft])
            except BooksBusy as refusal:
                failed.append(refusal)
                return
            waits.append(time.perf_counter() - began)
            time.sleep(pause)

    threads = [threading.Thread(target=write, args=(drafts,)) for drafts in _drafts_by_writer(bench, busy=busy)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return waits


def _drafts_by_writer(bench: Bench, *, busy: bool) -> list[list[EntryDraft]]:
    """The entries of each writer, between two members of its own; if `busy`, every second writer uses one account."""
    sample = next(draft for draft in bench.drafts(1000) if draft.kind == Hours.slug and len(draft.postings) == 2)
    people = bench.people
    drafts = []
    for number in range(WRITERS):
        giver, receiver = people[2 * number % len(people)], people[(2 * number + 1) % len(people)]
        if busy and number % 2:
            receiver = people[-1]
        debit, credit = sample.postings
        lines = (
            replace(debit, leaf=replace(debit.leaf, owner=receiver)),
            replace(credit, leaf=replace(credit.leaf, owner=giver)),
        )
        drafts.append([replace(sample, postings=lines)] * POSTS_PER_WRITER)
    return drafts
