"""What holds for every printed page, whatever its report says."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from reports.render.pdf.document import render_pdf
from reports.render.typography.errors import DoesNotFit, GlyphMissing, RightToLeft
from reports.render.typography.style import PaperName
from reports.story.elements import Body, Form, KeepTogether, Lead, Strong, Title
from tests.programs import needed
from tests.reports.pdf_reading import WILLOW, count_pages, ledger_table, print_pdf, read_text
from tests.reports.sample_story import HEADER_FOOTER, STORY


@pytest.fixture(scope="module", params=["a4", "letter"])
def sample(request: pytest.FixtureRequest) -> bytes:
    """The sample report on one of the papers."""
    return render_pdf(STORY, HEADER_FOOTER, paper=request.param)


def embedded(made: bytes) -> list[bool]:
    with pikepdf.open(BytesIO(made)) as document:
        return [
            bool(font.FontDescriptor.FontFile2.read_raw_bytes())
            for page in document.pages
            for font in page.resources["/Font"].values()
        ]


def test_the_same_story_gives_the_same_bytes_twice() -> None:
    assert print_pdf(*STORY) == print_pdf(*STORY)


def test_bytes_do_not_depend_on_what_was_printed_before() -> None:
    before = print_pdf(Body("क्षेत्र"))
    print_pdf(Body("नमस्ते ज्ञान श्री"))
    assert print_pdf(Body("क्षेत्र")) == before


def test_every_face_is_embedded(sample: bytes) -> None:
    assert all(embedded(sample))


def test_poppler_finds_no_face_that_is_not_embedded(sample: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(sample)
    fonts_listed = subprocess.run([needed("pdffonts"), file], capture_output=True, text=True, check=True).stdout
    assert {row.split()[-5] for row in fonts_listed.splitlines()[2:]} == {"yes"}


def test_qpdf_finds_nothing_wrong(sample: bytes, tmp_path: Path) -> None:
    file = tmp_path / "sample.pdf"
    file.write_bytes(sample)
    assert subprocess.run([needed("qpdf"), "--check", file], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_page_three_is_page_three_on_both_papers(paper: PaperName) -> None:
    assert count_pages(render_pdf(STORY, HEADER_FOOTER, paper=paper)) == 10


def test_a_page_says_which_page_of_how_many_it_is() -> None:
    assert "Page 2 of 2" in read_text(print_pdf(ledger_table(60)))


def test_a_page_carries_no_clock_and_no_maker_but_us(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as document:
        assert "/CreationDate" not in document.docinfo
        assert str(document.docinfo.Producer) == "Hourstead"


def test_a_page_says_which_entry_and_head_it_was_read_at() -> None:
    said = read_text(print_pdf(Body("Hello.")))
    assert "Books read up to entry 70." in said
    assert "Chain head 6c64 06fc 7af4 33ec" in said


def test_markup_in_a_persons_words_prints_letter_for_letter() -> None:
    hostile = '<b>Bold</b> & <font color="red">red</font> &lt;br/&gt; %(page)s {0}'
    assert hostile in read_text(print_pdf(Body(hostile)))


def test_a_letter_that_no_face_has_stops_the_page() -> None:
    with pytest.raises(GlyphMissing, match=r"U\+6F22"):
        print_pdf(Body("漢"))


def test_an_emoji_in_a_table_stops_the_page() -> None:
    with pytest.raises(GlyphMissing, match="HOUSE"):
        print_pdf(ledger_table(3, name="🏠"))


@pytest.mark.parametrize("text", ["שלום", "مرحبا", "mixed שלום words"])
def test_text_from_right_to_left_is_never_printed_backwards(text: str) -> None:
    with pytest.raises(RightToLeft):
        print_pdf(Body(text))


def test_a_report_in_a_language_from_right_to_left_is_refused_on_paper() -> None:
    with pytest.raises(RightToLeft):
        print_pdf(Body("Latin words."), header_footer=replace(WILLOW, language="ar", direction="rtl"))


def test_what_is_longer_than_a_page_and_cannot_part_is_refused() -> None:
    with pytest.raises(DoesNotFit):
        print_pdf(KeepTogether((ledger_table(40),)))


def test_a_head_never_stands_without_what_it_heads() -> None:
    story = (Body("A line.\n" * 250), Title(text="Below"), Lead("What follows."), ledger_table(3))
    last = read_text(print_pdf(*story)).split("Willow Monthly")[-1]
    assert last.index("Below") < last.index("What follows") < last.index("Line 1")


def test_a_long_community_name_leaves_the_header_readable() -> None:
    name = "The Community of All the Houses between the Upper Mill and the Lower Bridge at Riverbend Green"
    said = read_text(print_pdf(Body("Hello."), header_footer=replace(WILLOW, community=name)))
    assert "Monthly budget report, March 2026" in said
    assert "Standard edition" in said


def test_words_that_stand_out_keep_their_spaces() -> None:
    assert "The Garden grant is spent." in read_text(print_pdf(Body(("The ", Strong("Garden grant"), " is spent."))))


def test_an_empty_form_still_prints_a_page() -> None:
    assert count_pages(print_pdf(Form(()))) == 1
