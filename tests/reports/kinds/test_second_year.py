"""What the sustainability sheet says of a second year: arrows beside a year before, bands, twelve months of hours."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

from ledger.core.drafts import EXCHANGE
from ledger.registers.records import Member
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.render.csv_export import walk_elements
from reports.report_builder import BuiltReport
from reports.story.chart_specs import Bands, YearLine
from reports.story.elements import BigFigure, BigFigures, Chart, Facts
from tests.reports.datasets import make_dataset, posting_row
from tests.reports.willow_reports import MARCH, march_report, report_of

PEOPLE = range(2, 22)


def helped(seq: int, day: dt.date, giver: int, receiver: int, minutes: int) -> list[DatasetRow]:
    """One exchange of hours."""
    more: dict[str, Any] = {"day": day, "seq": seq, "family": EXCHANGE, "kind": "hours"}
    return [posting_row("T2000", minutes, owner=receiver, **more), posting_row("T2000", -minutes, owner=giver, **more)]


def two_years(before: int, now: int) -> Dataset:
    """Books in which people gave so many minutes each in both years: some give, some receive, some do both."""
    rows: list[DatasetRow] = []
    for year, minutes in ((2025, before), (2026, now)):
        for giver in PEOPLE[:15]:
            rows += helped(len(rows) + 1, dt.date(year, 3, 10), giver, giver + 5, minutes)
    made = make_dataset(*rows, members={n: Member(party_id=n, joined=dt.date(2024, 1, 1)) for n in PEOPLE})
    return replace(made, community=replace(made.community, books_began=dt.date(2025, 1, 1)))


def figure(made: BuiltReport, label: str) -> BigFigure:
    shown = [one for each in walk_elements(made.story) if isinstance(each, BigFigures) for one in each.figures]
    return next(one for one in shown if one.label == label)


def charts(made: BuiltReport, kind: type[Any]) -> list[Any]:
    return [e.picture for e in walk_elements(made.story) if isinstance(e, Chart) and isinstance(e.picture, kind)]


def test_hours_are_compared_with_the_same_months_a_year_before() -> None:
    made = report_of(two_years(60, 90), "sustainability")
    assert (figure(made, "Hours given by members").trend, figure(made, "Hours given by members").direction) == (
        "50.0 % more",
        "up",
    )
    assert figure(made, "Exchanges").trend == "as last year"
    assert made.as_pdf()


def test_fewer_hours_point_downwards() -> None:
    shown = figure(report_of(two_years(90, 45), "sustainability"), "Hours given by members")
    assert (shown.trend, shown.direction) == ("50.0 % less", "down")


def test_readings_are_compared_over_the_months_of_the_year() -> None:
    shown = figure(march_report("sustainability"), "Electricity used")
    assert (shown.trend, shown.direction) == ("8.8 % less", "down")


def test_a_first_year_has_nothing_to_compare_with() -> None:
    assert figure(march_report("sustainability"), "Exchanges").trend == "no year before"


def test_who_gives_and_who_receives_is_shown_in_bands_of_enough_people() -> None:
    made = report_of(two_years(60, 60), "sustainability")
    (picture,) = charts(made, Bands)
    facts = next(e for e in walk_elements(made.story) if isinstance(e, Facts) and e.slug == "giving-balance")
    assert [mark.name for mark in picture.marks] == [fact.name for fact in facts.facts]
    assert sum(int(mark.value) for mark in picture.marks) == len(PEOPLE)


def test_twelve_months_of_hours_have_a_line_and_a_table() -> None:
    made = report_of(two_years(60, 60), "sustainability", MARCH)
    (picture,) = charts(made, YearLine)
    assert len(picture.months) == 12
    assert picture.last == "15:00"
