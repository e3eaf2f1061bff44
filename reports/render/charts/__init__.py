"""Charts: one function for each kind of chart makes the drawing for PDF and HTML."""

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
    """Whether a chart cannot be drawn narrow. Phones then show its finding as text."""
    return isinstance(picture, FundFlow)


def draw(picture: ChartSpec, width: float) -> Drawing:
    """Draw a chart in a width. Charts are labelled directly and readable in greyscale."""
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
