"""The coordinates of two diagrams: the tally and the variance bars.

The drawings scale in width only and contain no text, so that the page around them can word and wrap it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["gave", "got", "gift"]
UPPER, LOWER, BAR_HEIGHT = 0, 26, 22
MAX_NOTCHES = 24
_STEPS = {"min": (30, 60, 300, 600, 1500, 3000, 6000, 30000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyPart:
    """One sum on a side of the tally: its label, amount, formatted amount and tone."""

    label: str
    amount: int
    shown: str
    tone: Tone
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One rectangle of a diagram, in the diagram's own units."""

    x: float
    y: int
    width: float
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A tally stick: two sides with notches of one size; the open end of the longer side is the difference."""

    upper: Sequence[TallyPart]
    lower: Sequence[TallyPart]
    width: float
    bars: tuple[Bar, ...]
    notches: str
    joints: str
    open_end: str
    notch: int


def build_tally(upper: Sequence[TallyPart], lower: Sequence[TallyPart], unit: str) -> Tally:
    """The tally of two sides, in minor units of `unit` (`min`, `NV` or a currency)."""
    upper_sum, lower_sum = (sum(part.amount for part in side) for side in (upper, lower))
    longest = max(upper_sum, lower_sum, 1)
    notch_amount = notch_size(longest, unit)
    return Tally(
        upper=upper,
        lower=lower,
        width=round(longest * 1.02, 2),
        bars=(*_bars(upper, UPPER), *_bars(lower, LOWER)),
        notches=_notches(upper_sum, notch_amount, top=True) + _notches(lower_sum, notch_amount, top=False),
        joints=_joints(lower),
        open_end=_open_end(upper_sum, lower_sum),
        notch=notch_amount,
    )


def notch_size(longest: int, unit: str) -> int:
    """The amount of one notch: half an hour or 5.00, or more to keep at most `MAX_NOTCHES`."""
    steps = _STEPS.get(unit, (500, 1000, 5000, 10000, 50000, 100000, 500000, 1000000))
    return next((step for step in steps if longest <= step * MAX_NOTCHES), 10 ** len(str(longest)) // 10)


def _bars(side: Sequence[TallyPart], y: int) -> tuple[Bar, ...]:
    starts = [sum(part.amount for part in side[:index]) for index in range(len(side))]
    return tuple(Bar(x=x, y=y, width=part.amount, tone=part.tone) for x, part in zip(starts, side, strict=True))


def _notches(total: int, notch: int, *, top: bool) -> str:
    positions = takewhile(lambda x: x < total, count(notch, notch))
    start, direction = (UPPER, "") if top else (LOWER + BAR_HEIGHT, "-")
    return "".join(f"M{x} {start}v{direction}{12 if (x // notch) % 2 == 0 else 6}" for x in positions)


def _joints(side: Sequence[TallyPart]) -> str:
    return "".join(f"M{bar.x:g} {LOWER}v{BAR_HEIGHT}" for bar in _bars(side, LOWER)[1:])


def _open_end(upper_sum: int, lower_sum: int) -> str:
    y = (LOWER if upper_sum > lower_sum else UPPER) + 1
    shorter, longer = sorted((upper_sum, lower_sum))
    return f"M{shorter} {y}H{longer}V{y + BAR_HEIGHT - 2}H{shorter}" if shorter != longer else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceLine:
    """One line of a plan: `less` is how much less than planned was used, below zero if more was used."""

    label: str
    less: int
    shown: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """Bars from a central axis: solid to the end for less than planned, hatched to the start for more."""

    lines: Sequence[tuple[VarianceLine, Bar]]
    reach: int
    edges: str
    step: int


def build_variance(lines: Sequence[VarianceLine]) -> Variance:
    """The bars of plan lines on one scale."""
    largest = max((abs(line.less) for line in lines), default=0)
    step = next(size for size in _round_sizes() if size * 4 >= largest)
    reach = max(1, -(-largest // step)) * step
    edges = "".join(f"M{x} 2v20" for x in range(-reach, reach + 1, step) if x)
    return Variance(lines=[(line, _variance_bar(line)) for line in lines], reach=reach, edges=edges, step=step)


def _variance_bar(line: VarianceLine) -> Bar:
    tone = "under" if line.less >= 0 else "over"
    return Bar(x=min(line.less, 0), y=4, width=abs(line.less), tone=tone)


def _round_sizes() -> Sequence[int]:
    return [digit * 10**zeros for zeros in range(17) for digit in (1, 2, 5)]
