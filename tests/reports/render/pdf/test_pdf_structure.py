"""A printed page can be heard: headings, tables, lists and figures, in the order of reading."""

from __future__ import annotations

import re
from io import BytesIO

import pikepdf
import pytest

from reports.story.chart_specs import Bars, ChartLabel
from reports.story.elements import Body, Chart, Column, Points, Section, SideBySide, Table, TableRow, Title
from tests.reports.pdf_reading import count_pages, ledger_table, print_pdf, read_tags
from tests.reports.sample_story import STORY


@pytest.fixture(scope="module")
def sample() -> bytes:
    """The sample report."""
    return print_pdf(*STORY)


def test_the_document_is_tagged_and_says_its_title_and_language(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as document, document.open_metadata() as meta:
        assert document.Root.MarkInfo.Marked
        assert document.Root.ViewerPreferences.DisplayDocTitle
        assert str(document.Root.Lang) == "en"
        assert meta["dc:title"] == "Monthly budget report, March 2026"
        assert meta["pdfuaid:part"] == "1"
        assert document.pdf_version == "1.7"


def test_reading_order_is_page_order(sample: bytes) -> None:
    heard = [mark for node in read_tags(sample).walk() for mark in node.marks]
    assert heard == sorted(heard)
    assert len(set(heard)) == len(heard)


def test_every_mark_on_a_page_has_its_tag(sample: bytes) -> None:
    heard = {mark for node in read_tags(sample).walk() for mark in node.marks}
    with pikepdf.open(BytesIO(sample)) as document:
        drawn = {
            (number, int(mark))
            for number, page in enumerate(document.pages)
            for mark in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())
        }
    assert heard == drawn


def test_all_ink_is_either_tagged_or_furniture(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as document:
        for page in document.pages:
            assert _loose(page) == []


def _loose(page: pikepdf.Page) -> list[str]:
    """Painting outside of marked content."""
    depth, loose = 0, []
    for instruction in pikepdf.parse_content_stream(page):
        name = str(instruction.operator)
        depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
        if name in ("Tj", "TJ", "S", "f", "f*", "B", "B*", "b", "Do") and not depth:
            loose.append(name)
    return loose


def test_a_table_over_three_pages_is_one_table_whose_heads_are_heard_once() -> None:
    made = print_pdf(ledger_table(90))
    tree = read_tags(made)
    assert count_pages(made) == 3
    assert tree.count("Table") == 1
    assert sum(node.attributes.get("/Scope") == "/Column" for node in tree.walk()) == 2
    assert tree.count("TR") == 92


def test_a_paragraph_over_two_pages_is_one_paragraph() -> None:
    tree = read_tags(print_pdf(Body("Words and more words. " * 300)))
    assert tree.count("P") == 1


def test_a_list_over_two_pages_is_one_list() -> None:
    tree = read_tags(print_pdf(Points(items=tuple(f"Point {n}" for n in range(60)))))
    assert tree.count("L") == 1
    assert tree.count("LI") == tree.count("Lbl") == tree.count("LBody") == 60


def test_the_first_cell_of_a_row_names_the_row() -> None:
    table = next(node for node in read_tags(print_pdf(ledger_table(2))).walk() if node.tag == "Table")
    row = table.kids[1]
    assert [(cell.tag, cell.attributes.get("/Scope")) for cell in row.kids] == [("TH", "/Row"), ("TD", None)]


def test_a_common_head_spans_its_columns(sample: bytes) -> None:
    spans = [
        node.attributes["/ColSpan"]
        for node in read_tags(sample).walk()
        if node.tag == "TH" and "/ColSpan" in node.attributes
    ]
    assert spans == ["4", "3"]


def test_a_chart_is_heard_as_its_finding() -> None:
    chart = Chart(picture=Bars(marks=(ChartLabel("Farm", 2, "2:00"),)), alt="The farm had two hours.")
    figure = next(node for node in read_tags(print_pdf(chart)).walk() if node.tag == "Figure")
    assert figure.attributes["/Alt"] == "The farm had two hours."
    assert "/BBox" in figure.attributes


def test_what_stands_at_the_left_is_heard_first() -> None:
    halves = SideBySide(left=(Section("One"), Body("Left.")), right=(Section("Two"), Body("Right.")))
    assert [kid.tag for kid in read_tags(print_pdf(halves)).kids] == ["H2", "P", "H2", "P"]


def test_titles_and_sections_stand_in_the_outline() -> None:
    made = BytesIO(print_pdf(Title(text="Funds"), Section("Moves"), Body("None.")))
    with pikepdf.open(made) as document, document.open_outline() as outline:
        assert [(item.title, [kid.title for kid in item.children]) for item in outline.root] == [("Funds", ["Moves"])]


def test_an_empty_cell_is_still_a_cell() -> None:
    columns = Column(head="Day", kind="words"), Column(head="Change"), Column(head="Balance")
    table = Table(slug="days", columns=columns, rows=(TableRow(cells=("1 Jan", "", "0:00")),), sentence="None.")
    row = next(node for node in read_tags(print_pdf(table)).walk() if node.tag == "Table").kids[1]
    assert [len(cell.marks) for cell in row.kids] == [1, 0, 1]
