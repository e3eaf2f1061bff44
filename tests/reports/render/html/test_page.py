"""The report on screen says what the printed one says, and nothing in it can become mark-up."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from reports.language.page_labels import PageLabels
from reports.render.html.page import render_fragment, render_html, stylesheet
from reports.story.chart_specs import FundFlow
from reports.story.elements import Body, Chart, Column, KeepTogether, Section, Status, Strong, Table, TableRow, Title
from tests.reports.pdf_reading import WILLOW, ledger_table, print_pdf, read_text
from tests.reports.sample_story import HEADER_FOOTER, STORY


class Outline(HTMLParser):
    """Counts tags, and refuses those that are closed in the wrong order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of each such tag."""
        return [attrs for name, attrs in self.seen if name == tag]


@pytest.fixture(scope="module")
def sample() -> Outline:
    """The sample report on screen."""
    return Outline(render_html(STORY, HEADER_FOOTER))


def test_every_tag_is_closed_in_order(sample: Outline) -> None:
    assert sample.open == []


def test_no_style_or_script_stands_inside_the_fragment() -> None:
    outline = Outline(str(render_fragment(STORY)))
    assert {"style", "script"}.isdisjoint(tag for tag, _ in outline.seen)
    assert not any("style" in attrs for _, attrs in outline.seen)


def test_markup_in_a_persons_words_stays_words() -> None:
    hostile = "<script>alert(1)</script> & \"quotes\" 'too'"
    story = (Title(text=hostile), Section(hostile), Body((Strong(hostile),)), ledger_table(2, name=hostile))
    outline = Outline(str(render_fragment(story)))
    assert not outline.named("script")
    assert outline.words.count(hostile) == 5


def test_markup_in_the_furniture_stays_words() -> None:
    outline = Outline(render_html((), replace(WILLOW, community="<i>Willow</i>", language='en" onload="x')))
    assert not outline.named("i")
    assert outline.named("html")[0]["lang"] == 'en" onload="x'


def test_a_page_has_one_main_heading_and_no_level_is_left_out(sample: Outline) -> None:
    levels = [int(tag[1]) for tag, _ in sample.seen if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_the_first_cell_of_each_row_is_its_head() -> None:
    outline = Outline(str(render_fragment((ledger_table(3),))))
    scopes = [attrs.get("scope") for attrs in outline.named("th")]
    assert scopes == ["col", "col", "row", "row", "row", "row"]


def test_each_chart_has_its_finding_as_its_name(sample: Outline) -> None:
    charts = [element for element in STORY if isinstance(element, Chart)]
    named = {attrs["aria-label"] for attrs in sample.named("svg") if attrs.get("role") == "img"}
    assert {chart.alt for chart in charts} <= named


def test_a_wide_chart_is_drawn_again_for_a_phone_or_said_in_words(sample: Outline) -> None:
    shown = [attrs.get("class") for attrs in sample.named("figure")]
    assert shown.count("report-wide") == shown.count("report-narrow") > 0
    flow = next(one for one in STORY if isinstance(one, Chart) and isinstance(one.picture, FundFlow))
    assert flow.alt in sample.words


def test_an_empty_cell_takes_no_line_on_a_phone_and_a_sign_stays_with_its_word() -> None:
    assert re.search(r"td:empty {\s*display: none", stylesheet())
    columns = Column(head="Line", kind="name"), Column(head="Better + worse −")
    table = Table(slug="x", columns=columns, rows=(TableRow(cells=("Farm", "1.00")),), sentence="")
    assert 'data-label="Better + worse\N{NO-BREAK SPACE}−"' in str(render_fragment((table,)))


def test_no_name_is_given_twice_in_a_page(sample: Outline) -> None:
    given = [attrs["id"] for _, attrs in sample.seen if "id" in attrs]
    assert len(given) == len(set(given))


def test_the_words_are_those_of_the_printed_page(sample: Outline) -> None:
    on_paper = re.sub(r"\s+", " ", read_text(print_pdf(*STORY)))
    heard = re.sub(r"\s+", " ", sample.words)
    for sentence in (
        "We planned to spend 6,005.00 and spent 6,087.70: 82.70 more than planned.",
        "Timing: the leaflet is printed in April.",
        "−244.70",
        "owned by its members",
    ):
        assert sentence in on_paper
        assert sentence in heard


def test_a_page_from_right_to_left_says_so() -> None:
    outline = Outline(render_html((Body("שלום"),), replace(WILLOW, language="he", direction="rtl")))
    assert outline.named("html")[0]["dir"] == "rtl"
    assert "שלום" in outline.words


def test_an_open_check_is_marked_in_words_too() -> None:
    columns = Column(head="Check", kind="words"), Column(head="Result", kind="status")
    rows = TableRow(cells=("Balance", Status("holds"))), TableRow(cells=("Funds", Status("talk about it", True)))
    outline = Outline(
        str(render_fragment((Table(slug="checks", columns=columns, rows=rows, sentence="One is open."),)))
    )
    assert "holds ✓" in outline.words
    assert "→ talk about it" in outline.words


def test_the_pages_own_words_are_translated() -> None:
    shouted = PageLabels.by(str.upper)
    assert "BOOKS READ UP TO ENTRY" in shouted.entry
    assert "Chain head 6c64 06fc" in Outline(render_html((), WILLOW)).words


def test_the_stylesheet_takes_its_colours_from_the_palette() -> None:
    assert "--ink:#1a2333;" in stylesheet()
    assert "prefers-color-scheme:dark" in stylesheet()


def test_a_table_without_heads_and_a_row_with_a_reason_stand_on_screen_too() -> None:
    columns = Column(head="", kind="words"), Column(head="")
    table = Table(
        slug="x",
        columns=columns,
        rows=(TableRow(cells=("Costs",), role="head"), TableRow(cells=("Farm", "1.00"), note="Real: a repair.")),
        sentence="",
    )
    outline = Outline(str(render_fragment((KeepTogether((table,)),))))
    assert not outline.named("thead")
    assert "Real: a repair." in outline.words


def test_a_page_without_an_address_has_no_square_code() -> None:
    assert not Outline(render_html((), replace(WILLOW, link="", address=""))).named("svg")
