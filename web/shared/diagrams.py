"""The two drawings of a page, worked out in numbers: the split tally stick and the variance bars.

They stretch in width only and hold no text; the words stand beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, takewhile
from typing import Literal, TypeAlias

Tone: TypeAlias = Literal["gave", "got", "gift"]
UPPER, LOWER, THICK = 0, 26, 22
MOST_NOTCHES = 24
_STEPS = {"min": (30, 60, 300, 600, 1500, 3000, 6000, 30000)}


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyPart:
    """One sum on a side of the tally: what it is, how much, and the words for it."""

    label: str
    amount: int
    shown: str
    tone: Tone
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One rectangle of a drawing, in the drawing's own units."""

    x: float
    y: int
    width: float
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Two halves of one stick: the sums of two sides, notched alike; the open end is the difference."""

    upper: Sequence[TallyPart]
    lower: Sequence[TallyPart]
    width: float
    bars: tuple[Bar, ...]
    notches: str
    joints: str
    open_end: str
    notch: int


def build_tally(upper: Sequence[TallyPart], lower: Sequence[TallyPart], unit: str) -> Tally:
    """The tally of two sides in minor units of one unit (`min`, `NV` or a currency)."""
    above, below = (sum(part.amount for part in side) for side in (upper, lower))
    longest = max(above, below, 1)
    notch = notch_size(longest, unit)
    return Tally(
        upper=upper,
        lower=lower,
        width=round(longest * 1.02, 2),
        bars=(*_bars(upper, UPPER), *_bars(lower, LOWER)),
        notches=_notches(above, notch, top=True) + _notches(below, notch, top=False),
        joints=_joints(lower),
        open_end=_open_end(above, below),
        notch=notch,
    )


def notch_size(longest: int, unit: str) -> int:
    """How much one notch stands for: half an hour or 5.00, more where the stick would be cut to pieces."""
    steps = _STEPS.get(unit, (500, 1000, 5000, 10000, 50000, 100000, 500000, 1000000))
    return next((step for step in steps if longest <= step * MOST_NOTCHES), 10 ** len(str(longest)) // 10)


def _bars(side: Sequence[TallyPart], y: int) -> tuple[Bar, ...]:
    starts = [sum(part.amount for part in side[:place]) for place in range(len(side))]
    return tuple(Bar(x=x, y=y, width=part.amount, tone=part.tone) for x, part in zip(starts, side, strict=True))


def _notches(total: int, notch: int, *, top: bool) -> str:
    places = takewhile(lambda x: x < total, count(notch, notch))
    edge, sign = (UPPER, "") if top else (LOWER + THICK, "-")
    return "".join(f"M{x} {edge}v{sign}{12 if (x // notch) % 2 == 0 else 6}" for x in places)


def _joints(side: Sequence[TallyPart]) -> str:
    return "".join(f"M{bar.x:g} {LOWER}v{THICK}" for bar in _bars(side, LOWER)[1:])


def _open_end(above: int, below: int) -> str:
    y = (LOWER if above > below else UPPER) + 1
    near, far = sorted((above, below))
    return f"M{near} {y}H{far}V{y + THICK - 2}H{near}" if near != far else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class VarianceLine:
    """One line of a plan: `less` is how much less than planned was used; more than planned is below nought."""

    label: str
    less: int
    shown: str
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Variance:
    """Bars from a middle axis: solid toward the end for less than planned, hatched toward the start for more."""

    lines: Sequence[tuple[VarianceLine, Bar]]
    reach: int
    edges: str
    step: int


def build_variance(lines: Sequence[VarianceLine]) -> Variance:
    """The bars of a plan against what happened, all on one scale."""
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
