"""What a chart shows, before it is drawn: names, numbers, and the words of its key.

Every mark carries its name and its number as the reader sees them. `shown` is that text and `value`
places the mark; bars and balances start at 0. One figure of a page must not have two homes: a picture
holds no number that its table does not hold.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A named amount: a bar, a point, a line across, a piece of a whole."""

    name: str
    value: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True)
class PlanActual:
    """One budget line: what was planned, what happened, and the actual amount as it is shown."""

    name: str
    plan: int | Decimal
    actual: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedBars:
    """Plan (hollow) and actual (solid) of each line on one scale; the two words make the key."""

    lines: tuple[PlanActual, ...]
    plan_word: str
    actual_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One bar for each programme, its amount at the end."""

    marks: tuple[ChartLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsOfWhole:
    """One bar of a whole, each part named above its piece: what is free, what is kept for a purpose."""

    marks: tuple[ChartLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """How far a fund reaches, on a ruler of months (or anything counted), with the marks it should reach."""

    value: int | Decimal
    targets: tuple[ChartLabel, ...]
    zero: str = "0"


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """A balance at the end of a month. `value` is None where it is kept back or the books had not begun."""

    name: str
    value: int | Decimal | None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLine:
    """Month-end balances from 0, with targets at the right edge.

    A month kept back (k = 5) gets a dotted join, a month before the books a light hatch with the lines of
    `why_empty` on it. `scale` names the lines across; `last` is the last balance as it is shown.
    """

    months: tuple[MonthEnd, ...]
    last: str
    scale: tuple[ChartLabel, ...]
    targets: tuple[ChartLabel, ...] = ()
    why_empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FundMove:
    """Money that went from one fund to another; the two are names in the same picture."""

    source: str
    target: str
    value: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFlow:
    """Funds in one column with what they hold; what moved for good on the left, what is lent on the right."""

    funds: tuple[ChartLabel, ...]
    moved: tuple[FundMove, ...]
    lent: tuple[FundMove, ...]
    fund_word: str
    moved_word: str
    lent_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterMonths:
    """Twelve months of one thing we measure, beside the twelve before; `shown` is the last month's number.

    `None` is a month without a reading. The last `recent` months are the ones the report is about.
    """

    name: str
    unit: str
    now: tuple[int | Decimal | None, ...]
    before: tuple[int | Decimal | None, ...]
    shown: str
    first_month: str
    last_month: str
    recent: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallMultiples:
    """The same small chart for two or three things we measure, with one key for all of them."""

    charts: tuple[MeterMonths, ...]
    recent_word: str
    earlier_word: str
    before_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """How people spread over three bands, such as gave more, both about even, received more. Never a ranking."""

    marks: tuple[ChartLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """A number for each month, such as hours given, from 0, the last one named; with a scale across."""

    months: tuple[MonthEnd, ...]
    last: str
    scale: tuple[ChartLabel, ...]


ChartSpec: TypeAlias = (
    PairedBars | Bars | PartsOfWhole | Ruler | BalanceLine | FundFlow | SmallMultiples | Bands | YearLine
)
