"""Charts say what they show on their marks, stay within their edges, and bear any figures."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.graphics.shapes import Drawing, Line, Path, Polygon, PolyLine, Rect, Shape, String

from reports.render.charts import draw, has_no_narrow_form
from reports.render.charts.primitives import Scale, shorten, spread_labels, text_width
from reports.story.chart_specs import (
    BalanceLine,
    Bands,
    Bars,
    ChartLabel,
    ChartSpec,
    FundFlow,
    FundMove,
    MeterMonths,
    MonthEnd,
    PairedBars,
    PartsOfWhole,
    PlanActual,
    Ruler,
    SmallMultiples,
    YearLine,
)
from reports.story.elements import Chart, KeepTogether, SideBySide
from tests.reports.pdf_reading import print_pdf
from tests.reports.sample_story import STORY

WIDE, PHONE = 496.0, 320.0
AMOUNTS = st.decimals(-100_000, 1_000_000, places=2)
NAMES = st.text("abcdefghij ", min_size=1, max_size=60)
MARKS = st.lists(st.builds(ChartLabel, NAMES, AMOUNTS, AMOUNTS.map(str)), min_size=1, max_size=14).map(tuple)


def said(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.contents if isinstance(shape, String)]


def reach(drawing: Drawing) -> Iterator[tuple[float, float]]:
    """The left and right ends of every mark."""
    for shape in drawing.contents:
        yield from _ends(shape)


def _ends(shape: Shape) -> Iterator[tuple[float, float]]:
    match shape:
        case Rect():
            yield shape.x, shape.x + shape.width
        case Line():
            yield min(shape.x1, shape.x2), max(shape.x1, shape.x2)
        case Path():
            start, control = shape.points[2], shape.points[4]
            bend = start + 0.75 * (control - start)
            yield min(bend, *shape.points[-2:-1]), max(bend, *shape.points[-2:-1])
        case Polygon() | PolyLine():
            yield min(shape.points[::2]), max(shape.points[::2])
        case String():
            wide = text_width(shape.text, shape.fontName, shape.fontSize)
            left = shape.x - {"start": 0.0, "middle": wide / 2, "end": wide}[shape.textAnchor]
            yield left, left + wide
        case _:
            pass


def check_within(picture: ChartSpec, wide: float = WIDE) -> None:
    drawing = draw(picture, wide)
    assert all(left >= -1 and right <= wide + 1 for left, right in reach(drawing))


@given(st.lists(st.builds(PlanActual, NAMES, AMOUNTS, AMOUNTS, AMOUNTS.map(str)), max_size=14).map(tuple))
def test_paired_bars_stay_within_their_edges_whatever_the_figures(lines: tuple[PlanActual, ...]) -> None:
    check_within(PairedBars(lines=lines, plan_word="plan", actual_word="actual"))


@given(MARKS)
def test_bars_and_parts_stay_within_their_edges_whatever_the_figures(marks: tuple[ChartLabel, ...]) -> None:
    for picture in (Bars(marks=marks), PartsOfWhole(marks=marks), Bands(marks=marks[:3])):
        check_within(picture)
        check_within(picture, 241.0)


@given(st.lists(st.builds(MonthEnd, st.just("Mar"), st.none() | AMOUNTS, st.booleans()), max_size=12).map(tuple), MARKS)
def test_balances_stay_within_their_edges_whatever_the_figures(
    months: tuple[MonthEnd, ...], targets: tuple[ChartLabel, ...]
) -> None:
    short = tuple(ChartLabel(mark.name[:20], mark.value, mark.shown) for mark in targets[:3])
    check_within(
        BalanceLine(
            months=months, last="3,100.00", scale=(ChartLabel("", 0, "0"),), targets=short, why_empty=("No data",)
        )
    )


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 10**6)), max_size=12))
def test_a_fund_flow_stays_within_its_edges_whatever_moved(found: list[tuple[int, int, int]]) -> None:
    moves = tuple(FundMove(f"Fund {a}", f"Fund {b}", v, f"{v:,}.00") for a, b, v in found if a != b)
    funds = tuple(ChartLabel(f"Fund {n}", 1000, "1,000.00") for n in range(6))
    check_within(
        FundFlow(
            funds=funds, moved=moves[::2], lent=moves[1::2], fund_word="Fund", moved_word="Moved", lent_word="Lent"
        )
    )


def test_every_fund_and_every_amount_is_named() -> None:
    flow = next(chart.picture for chart in charts() if isinstance(chart.picture, FundFlow))
    assert {mark.name for mark in flow.funds} | {move.shown for move in (*flow.moved, *flow.lent)} <= set(
        said(draw(flow, WIDE))
    )


def charts() -> Iterator[Chart]:
    for element in STORY:
        parts = (
            (*element.left, *element.right)
            if isinstance(element, SideBySide)
            else (element.elements if isinstance(element, KeepTogether) else (element,))
        )
        yield from (part for part in parts if isinstance(part, Chart))


def check_apart(picture: ChartSpec, wide: float) -> None:
    """No words of a drawing stand on others."""
    boxes = [
        (*next(_ends(shape)), shape.y, shape.y + shape.fontSize * 0.7)
        for shape in draw(picture, wide).contents
        if isinstance(shape, String)
    ]
    assert [(a, b) for i, a in enumerate(boxes) for b in boxes[:i] if _overlap(a, b)] == []


@pytest.mark.parametrize("wide", [WIDE, PHONE])
@pytest.mark.parametrize("chart", [*charts()], ids=lambda chart: type(chart.picture).__name__)
def test_no_words_in_a_chart_stand_on_others(chart: Chart, wide: float) -> None:
    if wide == WIDE or not has_no_narrow_form(chart.picture):
        check_apart(chart.picture, wide)


def test_a_scale_far_below_its_targets_loses_the_numbers_that_have_no_room() -> None:
    scale = tuple(ChartLabel("", n, f"{n}.00") for n in (0, 20, 40, 60))
    months = tuple(MonthEnd(name, None if name != "Nov" else 50) for name in ("Sep", "Oct", "Nov"))
    picture = BalanceLine(months=months, last="50.00", scale=scale, targets=(ChartLabel("our aim", 1650, "1,650.00"),))
    check_apart(picture, WIDE)
    assert "0.00" in said(draw(picture, WIDE))


def test_twelve_months_on_a_phone_name_every_other_one_and_the_last() -> None:
    names = "Dec Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov".split()
    picture = YearLine(
        months=tuple(MonthEnd(name, 1) for name in names), last="22:00", scale=(ChartLabel("", 0, "0:00"),)
    )
    check_apart(picture, PHONE)
    assert [word for word in said(draw(picture, PHONE)) if word in names] == names[1::2]


def _overlap(a: tuple[float, ...], b: tuple[float, ...]) -> bool:
    return a[0] < b[1] - 1 and b[0] < a[1] - 1 and a[2] < b[3] - 1 and b[2] < a[3] - 1


@pytest.mark.parametrize("wide", [WIDE, PHONE])
@pytest.mark.parametrize("chart", [*charts()], ids=lambda chart: type(chart.picture).__name__)
def test_the_charts_of_the_sample_stay_within_the_page(chart: Chart, wide: float) -> None:
    if wide == WIDE or not has_no_narrow_form(chart.picture):
        check_within(chart.picture, wide)


def test_a_month_that_is_kept_back_gets_a_dotted_join() -> None:
    months = (MonthEnd("Jan", 3000), MonthEnd("Feb", None, True), MonthEnd("Mar", 2900))
    drawing = draw(BalanceLine(months=months, last="2,900.00", scale=()), WIDE)
    assert [line.strokeDashArray for line in drawing.contents if isinstance(line, Line)] == [[2, 4]]


def test_months_before_the_books_say_why_they_are_empty() -> None:
    months = (MonthEnd("Dec", None), MonthEnd("Jan", 3000))
    drawing = draw(BalanceLine(months=months, last="3,000.00", scale=(), why_empty=("No data",)), WIDE)
    assert "No data" in said(drawing)


def test_a_year_names_its_last_month() -> None:
    months = tuple(MonthEnd(str(n), n) for n in range(3))
    assert "2:00" in said(draw(YearLine(months=months, last="2:00", scale=()), WIDE))
    assert said(draw(YearLine(months=(), last="2:00", scale=()), WIDE)) == []


def test_a_month_without_a_reading_breaks_the_line_of_the_year_before() -> None:
    months = MeterMonths(
        name="Water",
        unit="m³",
        now=(1, None, 3),
        before=(2, None, None, 2),
        shown="3",
        first_month="Apr",
        last_month="Jun",
    )
    drawing = draw(
        SmallMultiples(charts=(months,), recent_word="now", earlier_word="earlier", before_word="before"), WIDE
    )
    assert sum(isinstance(shape, PolyLine) for shape in drawing.contents) == 3


def test_a_mark_below_zero_has_zero_on_its_scale() -> None:
    scale = Scale.over([Decimal(-5), 10], 0, 150)
    assert (scale.at(-5), scale.at(0), scale.at(10)) == (0, 50, 150)


def test_a_scale_of_nothing_still_has_a_place_for_zero() -> None:
    assert Scale.over([], 10, 20).at(0) == 10


def test_a_fund_reaches_its_place_on_the_ruler() -> None:
    drawing = draw(Ruler(value=6, targets=(ChartLabel("3 at least", 3, "3"),)), 120)
    assert said(drawing) == ["0", "3 at least"]


@pytest.mark.parametrize("value", [6, 60, 900])
def test_labels_of_a_ruler_stay_on_it_and_apart(value: int) -> None:
    targets = (ChartLabel("3 at least", 3, "3"), ChartLabel("6 our aim", 6, "6"))
    labels = [shape for shape in draw(Ruler(value=value, targets=targets), 240).contents if isinstance(shape, String)]
    spans = [(label.x, text_width(label.text)) for label in labels]
    zero, least, aim = [(x, x + w) if n == 0 else (x - w / 2, x + w / 2) for n, (x, w) in enumerate(spans)]
    assert zero[1] < least[0] < least[1] < aim[0]
    assert aim[1] <= 240


def test_names_too_long_for_a_chart_are_cut_with_a_sign() -> None:
    assert shorten("A very long name of a programme", 60).endswith("…")
    assert text_width(shorten("A very long name of a programme", 60)) <= 60


def test_labels_move_apart_just_so_far() -> None:
    assert spread_labels([100.0, 98.0, 20.0], 10, 0, 120) == [100.0, 90.0, 20.0]
    assert spread_labels([5.0, 4.0], 10, 0, 120) == [10.0, 0]


def test_another_script_in_a_chart_is_set_from_another_face() -> None:
    made = print_pdf(Chart(picture=Bars(marks=(ChartLabel("Ana क्षेत्र", 1, "1:00"),)), alt="Ana gave one hour."))
    with pikepdf.open(BytesIO(made)) as document:
        assert any("NotoSans" in str(font.BaseFont) for font in document.pages[0].resources["/Font"].values())
