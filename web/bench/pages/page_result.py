"""The results of a page and of the bare page in the same rounds, and the requirements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from web.bench.pages.http_client import Load

MAX_STATEMENTS = 8
MIN_SHARE = 0.35
MAX_P95_ALONE, MAX_P95, MAX_P99 = 5, 12, 40


@dataclass
class PageRounds:
    """The rounds of a page: processor time in milliseconds, and the loads with one and with eight connections."""

    cpu: list[float] = field(default_factory=list)
    one: list[Load] = field(default_factory=list)
    eight: list[Load] = field(default_factory=list)

    def as_data(self) -> dict[str, float]:
        """The medians of the rounds, as data of `--json`."""
        return {
            "cpu_ms": round(median(self.cpu), 3),
            "rate_1": round(_rate(self.one), 1),
            "p95_ms_1": round(_percentile(self.one, 95), 3),
            "rate_8": round(_rate(self.eight), 1),
            "p95_ms_8": round(_percentile(self.eight, 95), 3),
            "p99_ms_8": round(_percentile(self.eight, 99), 3),
        }


@dataclass(frozen=True, kw_only=True)
class PageResult:
    """A page: its size, its statements and transactions, and its rounds with those of the bare page."""

    slug: str
    title: str
    bytes: int
    statements: int
    transactions: int
    ours: PageRounds = field(default_factory=PageRounds)
    bare: PageRounds = field(default_factory=PageRounds)

    @property
    def share(self) -> float:
        """Requests a second with one connection relative to the bare page: the median of each round's ratio."""
        return _share(self.ours.one, self.bare.one)

    @property
    def share_8(self) -> float:
        """The same with eight connections."""
        return _share(self.ours.eight, self.bare.eight)

    @property
    def cpu_share(self) -> float:
        """Processor time of the bare page relative to this page; little affected by other load on the machine."""
        return median(least / ours for ours, least in zip(self.ours.cpu, self.bare.cpu, strict=True))

    @property
    def missed(self) -> list[str]:
        """The names of the requirements that are not met."""
        values = self.ours.as_data()
        requirements: Mapping[str, bool] = {
            "share": self.share >= MIN_SHARE,
            "statements": self.statements <= MAX_STATEMENTS,
            "p95_ms_1": values["p95_ms_1"] <= MAX_P95_ALONE,
            "p95_ms_8": values["p95_ms_8"] <= MAX_P95,
            "p99_ms_8": values["p99_ms_8"] <= MAX_P99,
        }
        return [name for name, is_met in requirements.items() if not is_met]

    def as_data(self) -> dict[str, object]:
        """The data of `--json`."""
        return {
            "slug": self.slug,
            "bytes": self.bytes,
            "statements": self.statements,
            "transactions": self.transactions,
            **self.ours.as_data(),
            "bare": self.bare.as_data(),
            "share": round(self.share, 4),
            "share_8": round(self.share_8, 4),
            "share_cpu": round(self.cpu_share, 4),
            "missed": self.missed,
        }


Column = tuple[str, int, Callable[[PageResult], str]]
COLUMNS: Sequence[Column] = (
    ("page", 28, lambda page: page.title),
    ("bytes", 8, lambda page: f"{page.bytes:,}"),
    ("statements", 11, lambda page: str(page.statements)),
    ("transactions", 13, lambda page: str(page.transactions)),
    ("CPU ms", 8, lambda page: f"{page.ours.as_data()['cpu_ms']:.2f}"),
    ("share", 7, lambda page: f"{page.cpu_share:.3f}"),
    ("a second", 9, lambda page: f"{page.ours.as_data()['rate_1']:,.0f}"),
    ("share", 7, lambda page: f"{page.share:.3f}"),
    ("p95 ms", 8, lambda page: f"{page.ours.as_data()['p95_ms_1']:.1f}"),
    ("at eight", 9, lambda page: f"{page.ours.as_data()['rate_8']:,.0f}"),
    ("share", 7, lambda page: f"{page.share_8:.3f}"),
    ("p95 ms", 8, lambda page: f"{page.ours.as_data()['p95_ms_8']:.1f}"),
    ("p99 ms", 8, lambda page: f"{page.ours.as_data()['p99_ms_8']:.1f}"),
)


def as_lines(pages: Sequence[PageResult]) -> list[str]:
    """A table with a line for each page: with one connection, then with eight."""
    rows = [[name for name, _, _ in COLUMNS], *([show(page) for _, _, show in COLUMNS] for page in pages)]
    return [
        "".join(
            f"{cell:<{width}}" if index == 0 else f"{cell:>{width}}"
            for index, (cell, (_, width, _)) in enumerate(zip(row, COLUMNS, strict=True))
        )
        for row in rows
    ]


def _rate(loads: Sequence[Load]) -> float:
    return median(load.rate for load in loads)


def _percentile(loads: Sequence[Load], percent: int) -> float:
    """A percentile of the waits of all rounds, in milliseconds."""
    waits = [wait for load in loads for wait in load.waits]
    return quantiles(waits, n=100, method="inclusive")[percent - 1] if len(waits) > 1 else waits[0]


def _share(ours: Sequence[Load], bare: Sequence[Load]) -> float:
    return median(load.rate / bare_load.rate for load, bare_load in zip(ours, bare, strict=True))
