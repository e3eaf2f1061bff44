"""Chart specifications: names, numbers and the texts of the key, before drawing.

`shown` is the number as text, `value` gives the position; bars and balances start at 0. A chart shows no number
that its table does not show.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ChartLabel:
    """A named amount: a bar, a grid line, a target or a part of a whole."""

    name: str
    value: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True)
class PlanActual:
    """One budget line: plan, actual, and the actual amount as text."""

    name: str
    plan: int | Decimal
    actual: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairedBars:
    """Plan (hollow bar) and actual (solid bar) of each line on one scale; the two words label the key."""

    lines: tuple[PlanActual, ...]
    plan_word: str
    actual_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One bar for each programme, with its amount at the end."""

    marks: tuple[ChartLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartsOfWhole:
    """One bar divided into parts, each labelled above."""

    marks: tuple[ChartLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruler:
    """A bar on a scale of months, with the targets it should reach."""

    value: int | Decimal
    targets: tuple[ChartLabel, ...]
    zero: str = "0"


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """A balance at the end of a month. `value` is None where it is hidden or the books had not begun."""

    name: str
    value: int | Decimal | None
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BalanceLine:
    """Month-end balances as a line from 0, with targets labelled at the right edge.

    The line is dotted across hidden months. Months before the books are hatched, with the lines of `why_empty` on
    the hatch. `scale` labels the grid lines; `last` is the last balance as text.
    """

    months: tuple[MonthEnd, ...]
    last: str
    scale: tuple[ChartLabel, ...]
    targets: tuple[ChartLabel, ...] = ()
    why_empty: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FundMove:
    """Money that moved from one fund to another; both are fund names of the same chart."""

    source: str
    target: str
    value: int | Decimal
    shown: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FundFlow:
    """Funds with their balances in one column; transfers on the left, loans on the right."""

    funds: tuple[ChartLabel, ...]
    moved: tuple[FundMove, ...]
    lent: tuple[FundMove, ...]
    fund_word: str
    moved_word: str
    lent_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterMonths:
    """Twelve months of one meter beside the twelve months before; `shown` is the last month's number.

    `None` is a month without a reading. The last `recent` months are the year to date.
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
    """The same small chart for two or three meters, with one shared key."""

    charts: tuple[MeterMonths, ...]
    recent_word: str
    earlier_word: str
    before_word: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bands:
    """The number of people in three bands: received more, both about even, gave more. Never a ranking."""

    marks: tuple[ChartLabel, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """One bar for each month, such as hours given; `last` labels the last bar, `scale` the grid lines."""

    months: tuple[MonthEnd, ...]
    last: str
    scale: tuple[ChartLabel, ...]


ChartSpec: TypeAlias = (
    PairedBars | Bars | PartsOfWhole | Ruler | BalanceLine | FundFlow | SmallMultiples | Bands | YearLine
)
