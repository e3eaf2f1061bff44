"""Texts and look-ups that several pages share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month
from reports.data.columns import MONTH, YTD
from reports.language.figure import FigureCell
from reports.language.localizer import Localizer
from reports.language.value_formats import MONTHS
from reports.workbook import Workbook

FROM_LISTS = frozenset({"resources"})
"""Sentences from registers, not from entries."""


def table_to_date(workbook: Workbook, table: str) -> object:
    """A table's rows for the year to date."""
    return cast(dict[str, object], workbook.tables[table])[YTD]


def table_of_month(workbook: Workbook, table: str) -> object:
    """A table's rows for the month."""
    return cast(dict[str, object], workbook.tables[table])[MONTH]


def report_month(workbook: Workbook) -> Month:
    """The month of the report."""
    return Month.of(workbook.columns.end)


def named_month(workbook: Workbook, localizer: Localizer) -> str:
    """The month with its year; marked "so far" while it is running."""
    named = localizer.month(report_month(workbook))
    return localizer.text(N_("%(month)s, so far"), month=named) if workbook.columns.is_so_far else named


def running_month_note(workbook: Workbook, localizer: Localizer) -> str:
    """The last day included, while the month is running; else empty."""
    if not workbook.columns.is_so_far:
        return ""
    return localizer.text(
        N_("The month is not over: all counts up to %(day)s."), day=localizer.day(workbook.columns.end)
    )


def months_to_date(workbook: Workbook, localizer: Localizer) -> str:
    """The year to date by its months: "January to March"."""
    return localizer.span(workbook.columns.year_to_date)


def sentence(workbook: Workbook, localizer: Localizer, *names: str) -> str:
    """The sentences of these names, joined; missing ones are left out.

    Before the books begin, only sentences from registers are shown.
    """
    messages = (workbook.sentences.get(name) for name in names if has_begun(workbook) or name in FROM_LISTS)
    return " ".join(localizer.text(message) for message in messages if isinstance(message, Message))


def has_begun(workbook: Workbook) -> bool:
    """Whether the books had begun by the end of the month. Before that, sums are unknown, not 0."""
    began = workbook.dataset.began
    return began is not None and began <= workbook.columns.end


def not_begun_text(localizer: Localizer) -> str:
    """The text in place of sentences, before the books begin."""
    return localizer.text(N_("The books had not begun by the end of this month."))


def has_plan(workbook: Workbook) -> bool:
    """Whether a plan was approved for the year."""
    return workbook.dataset.budget(workbook.columns.end, workbook.columns.end) is not None


def currency_text(workbook: Workbook, localizer: Localizer) -> str:
    """The currency of the page's amounts."""
    return localizer.text(N_("Amounts in %(currency)s."), currency=workbook.dataset.currency)


def fund_name(workbook: Workbook, code: str | None) -> str:
    """A fund's name; its code where the register lacks it."""
    fund = workbook.dataset.registers.funds.get(code or "")
    return fund.name if fund else code or ""


def programme_name(workbook: Workbook, localizer: Localizer, code: str | None) -> str:
    """A programme's name; "Shared costs" for None."""
    if code is None:
        return localizer.text(N_("Shared costs"))
    programme = workbook.dataset.registers.programmes.get(code)
    return programme.name if programme else code


UNITS: Mapping[str, str] = {"kWh": "kWh", "m3": "m³", "kg": "kg"}
"""The printed form of units that are metered or weighed."""


def unit_text(unit: str, slug: str = "") -> str:
    """The printed unit after a figure's name; empty for amounts, hours and counts."""
    if slug == "emissions":
        return "kg CO₂e"
    return UNITS.get(unit.partition("/")[0], "")


def meter_unit(unit: str) -> str:
    """A meter's unit in printed form; unknown units stay as they are."""
    return UNITS.get(unit, unit)


def all_known(cells: Iterable[FigureCell]) -> bool:
    """Whether all cells hold numbers."""
    return all(cell.value is not None and not isinstance(cell.value, str) for cell in cells)


STEPS = 3


def axis_values(highest: int) -> list[int]:
    """Round numbers from 0 to at least the highest value, for the grid lines of a chart."""
    step = max(1, 10 ** max(0, len(str(highest // STEPS)) - 1))
    step *= -(-highest // (step * STEPS)) or 1
    return [step * count for count in range(STEPS + 1)]


def short_month(localizer: Localizer, month: Month) -> str:
    """The first three letters of a month's name."""
    return localizer.format_message(make_message(MONTHS[month.month - 1]))[:3]
