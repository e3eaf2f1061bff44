"""What a report is: a slug, a title, what it collects from the books, and the story it makes of that."""

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
    """A report is named by its slug."""

    slug = "unknown-report"

    def __init__(self, slug: str, known: Iterable[str]) -> None:
        super().__init__(
            make_message("There is no report “%(slug)s”. There are: %(known)s.", slug=slug, known=", ".join(known))
        )


class MonthToCome(LedgerError):
    """A report tells of a month that has begun."""

    slug = "month-to-come"


@dataclass(frozen=True)
class Parameters:
    """What a report is asked for."""

    month: Month


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report: `letter` closes its id on paper; `collect` reads one snapshot; `story` sees only frozen data."""

    slug: str
    title: str
    summary: str
    letter: str
    collect: Callable[[ReadUnit, Parameters], Workbook]
    story: Callable[[Workbook, Localizer], Story]


def monthly(slug: str) -> Callable[[ReadUnit, Parameters], Workbook]:
    """How a monthly report collects its sheet: everything of the month that members may see.

    A month that still runs is read up to the day that the books have reached; MonthToCome where neither today nor an
    entry has reached it.
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
