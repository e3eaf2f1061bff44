"""The definition of a report kind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit
from ledger.registers import communities
from reports.data.columns import month_columns
from reports.data.load_dataset import load_dataset
from reports.language.localizer import Localizer
from reports.story.elements import Story
from reports.workbook import Workbook, make_workbook


class ReportUnknown(LedgerError):
    """There is no report with this slug."""

    slug = "unknown-report"

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        super().__init__(
            make_message("There is no report “%(slug)s”. There are: %(known)s.", slug=slug, known=", ".join(known))
        )


class MonthToCome(LedgerError):
    """The month of the report has not begun."""

    slug = "month-to-come"


@dataclass(frozen=True)
class Parameters:
    """The parameters of a report."""

    month: Month


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report kind: `letter` ends its printed id; `collect` reads one snapshot; `story` uses only the workbook."""

    slug: str
    title: str
    summary: str
    letter: str
    collect: Callable[[ReadUnit, Parameters], Workbook]
    story: Callable[[Workbook, Localizer], Story]


def monthly(slug: str) -> Callable[[ReadUnit, Parameters], Workbook]:
    """The `collect` function of a monthly report: the workbook of a month as members may see it.

    A running month is read up to the day the books have reached. Raises MonthToCome where the month is later than
    today and later than every entry.
    """

    def collect(reading: ReadUnit, parameters: Parameters) -> Workbook:
        dataset = load_dataset(reading, parameters.month)
        reached = dataset.reached or communities.today(reading)
        if parameters.month > Month.of(max(reached, communities.today(reading))):
            raise MonthToCome(
                make_message("%(month)s has not begun. Choose a month that has.", month=str(parameters.month))
            )
        columns = month_columns(parameters.month, dataset.community.year_starts_month)
        return make_workbook(dataset, columns.until(reached), slug)

    return collect
