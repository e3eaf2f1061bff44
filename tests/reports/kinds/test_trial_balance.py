"""The trial balance as a sheet: the golden rows, both sides equal, and a page for empty books."""

from __future__ import annotations

from decimal import Decimal

from ledger.core.periods import Month
from reports.data.columns import month_columns
from reports.data.dataset import Community, Dataset
from reports.kinds.trial_balance import REPORT
from reports.render.csv_export import Grid, grids
from reports.report_builder import report_from_workbook
from reports.workbook import make_workbook
from tests.golden.willow import figures_file, willow

MARCH = month_columns(Month(2026, 3))


def printed(books: Dataset) -> dict[str, Grid]:
    story = report_from_workbook(REPORT, make_workbook(books, MARCH, REPORT.slug)).story
    return {grid.slug: grid for grid in grids(story)}


def test_the_sheet_holds_the_golden_trial_balance() -> None:
    golden = figures_file("2026-03")["tables"]["trial_balance"]["rows"]
    found = printed(willow())
    rows = [row for slug in ("trial-balance-eur", "trial-balance-min") for row in found[slug].rows[:-1]]
    assert [str(row[0]).split(" ")[0] for row in rows] == [row["account"] for row in golden]
    money = [row for row in golden if row["unit"] == "EUR"]
    debits = [Decimal(str(row[2] or 0)) for row in found["trial-balance-eur"].rows[:-1]]
    assert debits == [Decimal(row["debit"]).scaleb(-2) for row in money]


def test_both_sides_are_equal_in_each_unit() -> None:
    totals = [grid.rows[-1] for slug, grid in printed(willow()).items() if slug.startswith("trial-balance")]
    assert totals
    assert all(total[2] == total[3] for total in totals)


def test_empty_books_print_too() -> None:
    empty = Dataset(community=Community(slug="village", name="Village"))
    assert report_from_workbook(REPORT, make_workbook(empty, MARCH, REPORT.slug)).as_pdf().startswith(b"%PDF")
