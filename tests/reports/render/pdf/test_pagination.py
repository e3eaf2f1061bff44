"""Pages fill from top to bottom; nothing is cut off, and nothing that belongs together is torn apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.render.pdf.block_builder import BlockBuilder
from reports.render.pdf.pagination import Page, paginate
from reports.render.typography.errors import DoesNotFit
from reports.render.typography.style import LIVE_HEIGHT, LIVE_WIDTH, STANDARD
from reports.story.chart_specs import Bars, ChartLabel
from reports.story.elements import (  # fmt: skip
    BigFigure,
    BigFigures,
    Body,
    Chart,
    Column,
    Element,
    KeepTogether,
    Lead,
    PageBreak,
    PageFoot,
    Points,
    Proposal,
    Proposals,
    Section,
    SideBySide,
    Signer,
    SignOff,
    Table,
    TableRow,
    Title,
)
from tests.reports.pdf_reading import WILLOW, count_pages, ledger_table, print_pdf, read_text

SIZES = st.integers(0, 70)
ELEMENTS = st.one_of(
    SIZES.map(lambda n: Body("word " * (n * 5 + 1))),
    SIZES.map(lambda n: ledger_table(n + 1)),
    SIZES.map(lambda n: Points(items=tuple(f"Point {i}" for i in range(n + 1)))),
    st.just(Section("Section")),
    st.just(Title(text="Title")),
    st.just(Lead("Lead.")),
    st.just(PageBreak()),
    st.just(PageFoot("Foot.")),
)


def filled_pages(*story: Element) -> list[Page]:
    return [page for run in BlockBuilder(STANDARD, WILLOW).runs(story) for page in paginate(run.blocks, run.foot)]


@given(st.lists(ELEMENTS, max_size=12))
def test_every_page_holds_what_stands_on_it_and_no_block_on_another(story: list[Element]) -> None:
    for page in filled_pages(*story):
        edges = [(y, y + block.height) for y, block in page.placed]
        assert all(above[1] <= below[0] for above, below in itertools.pairwise(edges))
        assert not edges or edges[-1][1] <= page.room <= LIVE_HEIGHT


@given(st.integers(1, 200))
def test_no_row_is_lost_however_a_table_parts(rows: int) -> None:
    placed = [block for page in filled_pages(Title(text="T"), ledger_table(rows)) for _, block in page.placed]
    assert sum(len(getattr(block, "rows", ())) for block in placed if hasattr(block, "plan")) == rows + 1


def test_a_page_break_begins_a_page_and_two_begin_no_empty_one() -> None:
    assert count_pages(print_pdf(Body("One."), PageBreak(), PageBreak(), Body("Two."))) == 2


def test_a_foot_stands_at_the_end_of_the_last_page_before_a_break() -> None:
    first, second = read_text(print_pdf(ledger_table(40), PageFoot("None hidden."), PageBreak(), Body("Next."))).split(
        "Page 2 of 3"
    )
    assert "None hidden." not in first.split("Page 1 of 3")[0]
    assert "None hidden." in first + second


def test_a_foot_inside_other_elements_is_refused() -> None:
    with pytest.raises(ValueError, match="stand between"):
        filled_pages(KeepTogether((PageFoot("Foot."),)))


def test_what_does_not_fit_is_named() -> None:
    tall = KeepTogether((Section("Costs"), ledger_table(50)))
    with pytest.raises(DoesNotFit, match="Costs, ledger"):
        filled_pages(tall)
    with pytest.raises(DoesNotFit, match="Costs, ledger, Prose"):
        filled_pages(SideBySide(left=tall.elements, right=(Body("Short."),)))


def test_a_chart_taller_than_a_page_is_refused() -> None:
    marks = tuple(ChartLabel(f"Programme {n}", n, str(n)) for n in range(60))
    with pytest.raises(DoesNotFit):
        filled_pages(Chart(picture=Bars(marks=marks), alt="Many."))


def test_large_figures_too_wide_for_one_row_stand_in_two() -> None:
    figures = tuple(BigFigure(label="Came in", value=f"{n}12,345,678.00") for n in range(1, 4))
    said = read_text(print_pdf(BigFigures(slug="many", figures=figures))).splitlines()
    assert "112,345,678.00 212,345,678.00" in said
    assert "312,345,678.00" in said


def test_a_long_label_takes_room_from_a_short_one_before_it_wraps() -> None:
    label = "Given, January to March, by everyone together"
    figures = BigFigure(label=label, value="22:00"), BigFigure(label="Help promised", value="7:47")
    assert f"{label} Help promised" in read_text(print_pdf(BigFigures(slug="hours", figures=figures))).splitlines()


def test_large_figures_too_wide_for_the_page_are_refused() -> None:
    with pytest.raises(DoesNotFit):
        print_pdf(BigFigures(slug="wide", figures=(BigFigure(label="Came in", value="12,345,678,901.00 " * 3),)))


def test_choices_without_a_name_stand_below_what_is_decided() -> None:
    said = read_text(print_pdf(Proposals((Proposal(text="Buy a chipper.", choices=("agreed", "later")),))))
    assert said.index("Buy a chipper.") < said.index("agreed") < said.index("later")


def test_a_sign_off_says_how_many_entries_were_imported() -> None:
    sign_off = SignOff(
        signers=(Signer(act="Prepared by", who="treasurer", lines=("Name",)),),
        remarks="Remarks",
        check="Check it.",
        note="12 entries of this period were imported.",
    )
    assert "12 entries of this period were imported." in read_text(print_pdf(sign_off))


def test_rows_without_a_total_print_too() -> None:
    table = Table(
        slug="x",
        columns=(Column(head="Name", kind="name"),),
        rows=(TableRow(cells=("Ana",)),),
        sentence="One.",
        note="Small print.",
    )
    said = read_text(print_pdf(table))
    assert said.index("Ana") < said.index("One.") < said.index("Small print.")


def test_a_figure_that_rose_says_so_with_its_arrow_and_words() -> None:
    figure = BigFigure(label="Hours given", value="22:00", trend="8.8 % more", direction="up")
    assert "8.8 % more" in read_text(print_pdf(BigFigures(slug="hours", figures=(figure,))))


def test_a_list_of_one_long_point_moves_to_the_next_page_whole() -> None:
    story = (Body("word " * 480), Points(items=("A point. " * 120,)))
    assert [len(page.placed) for page in filled_pages(*story)] == [1, 1]


def test_a_list_does_not_part_where_not_even_one_point_fits() -> None:
    block = BlockBuilder(STANDARD, WILLOW).block(Points(items=("One.", "Two.")), LIVE_WIDTH)
    assert block.part(5.0) is None
