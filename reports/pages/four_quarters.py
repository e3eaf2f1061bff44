"""The first page of the sustainability report: people, time, money and planet, with trends."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, TypeAlias, cast

from ledger.core.messages import N_
from ledger.core.periods import Span, year_earlier
from reports.data.columns import LAST_YEAR, MONTH, YTD, Columns
from reports.data.dataset import Dataset, cached_on_dataset
from reports.indicators import compute_figures
from reports.language.figure import Figure as FigureOf
from reports.language.figure import FigureCell
from reports.language.localizer import Localizer
from reports.language.value_formats import Measure
from reports.pages.figure_tables import figures_sentence
from reports.pages.page_snippets import all_known, months_to_date, not_begun_text, running_month_note, sentence
from reports.pages.summary import hidden_note
from reports.story.elements import (
    BigFigure,
    BigFigures,
    Body,
    Element,
    Icon,
    Lead,
    Number,
    PageFoot,
    Section,
    SideBySide,
    Story,
    Title,
)
from reports.workbook import Workbook

NOW = YTD
SMALL_BASE = 10
Way: TypeAlias = Literal["", "up", "down"]


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The first page of the sustainability report."""
    months = months_to_date(workbook, localizer)
    kicker = localizer.text(N_("The year so far, %(months)s"), months=months)
    people = _quarter(workbook, localizer, N_("People"), "people", _PEOPLE, _took_part(workbook, localizer))
    time = _quarter(
        workbook,
        localizer,
        N_("Time"),
        "clock",
        _TIME,
        sentence(workbook, localizer, "pot") or not_begun_text(localizer),
    )
    cover = sentence(workbook, localizer, "emergency") or not_begun_text(localizer)
    money = _quarter(workbook, localizer, N_("Money"), "coins", _MONEY, cover)
    electricity = sentence(workbook, localizer, "resources") or localizer.text(N_("No meter was read for this month."))
    hours_given = sentence(workbook, localizer, "time") or not_begun_text(localizer)
    planet = _quarter(workbook, localizer, N_("Planet"), "leaf", _PLANET, electricity)
    return (
        Title(text=localizer.text(N_("Our months")), kicker=kicker),
        Lead(f"{hours_given} {running_month_note(workbook, localizer)}".strip()),
        SideBySide(left=people, right=time),
        SideBySide(left=money, right=planet),
        PageFoot(f"{_compared(workbook, localizer)} {hidden_note(workbook, localizer)}".strip()),
    )


_PEOPLE = (("active-members", NOW, ""), ("two-way-members", NOW, ""))
_TIME = (("hours-given", NOW, ""), ("exchanges", NOW, ""))
_MONEY = (("own-income-share", NOW, ""), ("months-of-cover", "end", N_("months")))
_PLANET = (("electricity", NOW, "kWh"), ("water", NOW, "m³"))


def _quarter(
    workbook: Workbook,
    localizer: Localizer,
    title: str,
    icon: Icon,
    chosen: tuple[tuple[str, str, str], ...],
    text: str,
) -> tuple[Element, ...]:
    big_figures = tuple(_figure(workbook, localizer, slug, column, unit) for slug, column, unit in chosen)
    slug = f"our-{icon}"
    return (Section(localizer.text(title), icon), BigFigures(slug=slug, figures=big_figures), Body(text))


def _figure(workbook: Workbook, localizer: Localizer, slug: str, column: str, unit: str) -> BigFigure:
    figure = workbook.figures[slug]
    value = localizer.cell(figure.columns[column])
    trend, direction = _trend(localizer, figure.columns[column], _year_ago(workbook, slug, column))
    return BigFigure(
        label=localizer.text(figure.name),
        value=value,
        unit=localizer.text(unit) if unit and isinstance(value, Number) else "",
        trend=trend if isinstance(value, Number) else "",
        direction=direction,
    )


def _year_ago(workbook: Workbook, slug: str, column: str) -> FigureCell:
    """The figure for the same months, or on the same day, of the year before."""
    if column == "end":
        return workbook.figures[slug].columns[LAST_YEAR]
    return _figures_year_ago(workbook.dataset, workbook.columns.year_to_date)[slug].columns[YTD]


@cached_on_dataset
def _figures_year_ago(dataset: Dataset, to_date: Span) -> Mapping[str, FigureOf]:
    """The figures for the year to date of the year before, from the same rows."""
    before = year_earlier(to_date)
    columns = Columns({MONTH: before, YTD: before, LAST_YEAR: before})
    return {figure.slug: figure for figure in compute_figures(dataset, columns, "sustainability")}


def _trend(localizer: Localizer, now: FigureCell, before: FigureCell) -> tuple[str, Way]:
    """The trend since the year before: in percent, or as the old value where the base is small."""
    if not all_known((now, before)):
        return localizer.text(N_("no year before")), ""
    if now.covered or before.covered:
        return localizer.text(N_("not fully known")), ""
    value, was = Fraction(cast(Fraction, now.value)), Fraction(cast(Fraction, before.value))
    if value == was:
        return localizer.text(N_("as last year")), ""
    way: Way = "down" if value < was else "up"
    if now.unit == "percent" or was < SMALL_BASE:
        return localizer.text(N_("%(before)s last year"), before=localizer.text(before.shown)), way
    share = Measure(abs(value - was) * 100 / was, "percent")
    return localizer.text(N_("%(share)s less") if way == "down" else N_("%(share)s more"), share=share), way


def _compared(workbook: Workbook, localizer: Localizer) -> str:
    return localizer.text(
        N_("Arrows compare %(months)s with a year before."), months=months_to_date(workbook, localizer)
    )


def _took_part(workbook: Workbook, localizer: Localizer) -> str:
    template = N_("%(count)s took part in the time bank, %(share)s of all members.")
    text = figures_sentence(workbook, localizer, template, count=("active-members", NOW), share=("active-rate", NOW))
    return text or localizer.text(N_("Nobody’s hours are in the books yet."))
