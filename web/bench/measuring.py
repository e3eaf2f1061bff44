"""Measurement: each benchmark and its limit in turn, in rounds, so that a busy machine slows both equally."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from typing import Literal

from ledger.exchange.imports.result import Progress

Action = Callable[[], int]
"""Does something and returns how many times."""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """The requirement of a benchmark: at least this share of the limit's speed, or at most this value."""

    share: float | None = None
    most: float | None = None

    def __str__(self) -> str:
        return f"at least {self.share:g} of it" if self.share is not None else f"at most {self.most:g}"


@dataclass(frozen=True, kw_only=True)
class Trial:
    """A benchmark; `limit` does the least that any program would have to do for the same.

    `cpu` measures processor time in place of clock time, so that the disk does not count.
    """

    slug: str
    title: str
    unit: Literal["per second", "ms"]
    act: Action
    limit: Action | None = None
    must: Requirement | None = None
    cpu: bool = False


@dataclass(frozen=True, kw_only=True)
class Measurement:
    """The results of the rounds of a benchmark, in its unit."""

    slug: str
    title: str
    unit: str
    rounds: tuple[float, ...]
    limits: tuple[float, ...] = ()
    must: Requirement | None = None

    @property
    def value(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)

    @property
    def limit(self) -> float | None:
        """The median of the limit's rounds; None without a limit."""
        return median(self.limits) if self.limits else None

    @property
    def share(self) -> float | None:
        """The share of the limit's speed: the median of the ratios of each round, 1 for the same speed."""
        if not self.limits:
            return None
        pairs = zip(self.rounds, self.limits, strict=True)
        return median(ours / best if self.unit == "per second" else best / ours for ours, best in pairs)

    @property
    def is_met(self) -> bool | None:
        """Whether the requirement is met; None without one."""
        if self.must is None:
            return None
        if self.must.share is not None:
            return self.share is not None and self.share >= self.must.share
        return self.must.most is not None and self.value <= self.must.most

    def as_data(self) -> dict[str, object]:
        """The data of `--json`."""
        return {
            "slug": self.slug,
            "unit": self.unit,
            "median": round(self.value, 3),
            "least": round(min(self.rounds), 3),
            "most": round(max(self.rounds), 3),
            "limit": None if self.limit is None else round(self.limit, 3),
            "share_of_limit": None if self.share is None else round(self.share, 4),
            "must": None if self.must is None else str(self.must),
            "met": self.is_met,
        }


def measure(trials: Sequence[Trial], rounds: int, progress: Progress) -> list[Measurement]:
    """Run each benchmark once without measuring, then measure in rounds."""
    for trial in trials:
        _run_timed(trial, trial.act)
    results: list[tuple[list[float], list[float]]] = [([], []) for _ in trials]
    for done in range(rounds):
        for trial, (ours, limits) in zip(trials, results, strict=True):
            if trial.limit is not None:
                limits.append(_run_timed(trial, trial.limit))
            ours.append(_run_timed(trial, trial.act))
        progress((done + 1) / rounds)
    return [
        Measurement(
            slug=trial.slug,
            title=trial.title,
            unit=trial.unit,
            rounds=tuple(ours),
            limits=tuple(limits),
            must=trial.must,
        )
        for trial, (ours, limits) in zip(trials, results, strict=True)
    ]


def percentile_99(waits: Sequence[float]) -> float:
    """The 99th percentile of waits, in their unit; the wait itself if there is only one."""
    return quantiles(waits, n=100)[-1] if len(waits) > 1 else waits[0]


def _run_timed(trial: Trial, act: Action) -> float:
    clock = time.process_time if trial.cpu else time.perf_counter
    start = clock()
    times = act()
    seconds = max(clock() - start, 1e-9)
    return times / seconds if trial.unit == "per second" else seconds * 1000 / times
