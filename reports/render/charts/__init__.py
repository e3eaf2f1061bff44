"""Charts: one function for each kind gives one drawing, for paper and for the screen alike."""

from __future__ import annotations

from typing import assert_never

from reportlab.graphics.shapes import Drawing

from reports.render.charts.bars import bars, paired_bars, parts, ruler
from reports.render.charts.flow import fund_flow
from reports.render.charts.svg import svg
from reports.render.charts.time_series import balance_line, multiples, year_line
from reports.render.typography import fonts
from reports.story.chart_specs import (
    BalanceLine,
    Bands,
    Bars,
    ChartSpec,
    FundFlow,
    PairedBars,
    PartsOfWhole,
    Ruler,
    SmallMultiples,
    YearLine,
)

__all__ = ["draw", "needs_room", "svg"]


def has_no_narrow_form(picture: ChartSpec) -> bool:
    """Whether a picture has no narrow form: a phone says its finding in words instead."""
    return isinstance(picture, FundFlow)


def draw(picture: ChartSpec, width: float) -> Drawing:
    """The drawing of a picture in a width, labelled on its marks and readable in grey."""
    fonts.register_fonts()
    match picture:
        case PairedBars():
            return paired_bars(picture, width)
        case Bars():
            return bars(picture, width)
        case PartsOfWhole() | Bands():
            return parts(picture, width)
        case Ruler():
            return ruler(picture, width)
        case BalanceLine():
            return balance_line(picture, width)
        case FundFlow():
            return fund_flow(picture, width)
        case SmallMultiples():
            return multiples(picture, width)
        case YearLine():
            return year_line(picture, width)
    assert_never(picture)
