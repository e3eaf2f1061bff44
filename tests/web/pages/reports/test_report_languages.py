"""Every sheet in the pseudo-language: two fifths longer, nothing cut, and no word that nobody marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from html import unescape
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from hypothesis import given, settings

from ledger.core.periods import Month
from reports.data.dataset import Community, Dataset
from reports.kinds import all_reports
from reports.report_builder import BuiltReport
from tests.golden.willow import willow
from tests.reports.datasets import random_datasets
from tests.reports.pdf_reading import read_tags
from tests.reports.willow_reports import MARCH, report_of
from web.i18n import translation
from web.pages.reports.report_localizer_view import speech

APRIL = Month(2026, 4)
EVERY = tuple(all_reports())
NEW = Dataset(community=Community(slug="new", name="New"))
PLAIN = re.compile(r"[^\W\d_]*[A-Za-z][^\W\d_]*")
"""A word with a letter that the pseudo-language would have changed."""
MACHINE = {"EUR", "UTC", "kWh", "kg", "CO₂e", "m³"}
"""Signs and units that are the same in every language."""


def spoken(kind: str, books: Dataset, month: Month = MARCH) -> BuiltReport:
    """A report in the pseudo-language."""
    with translation.language_scope("en-XA"):
        return report_of(books, kind, month, speech())


def texts(value: Any) -> Iterator[str]:
    """Every text of a story."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from texts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name not in MADE_UP:
                yield from texts(getattr(value, field.name))


MADE_UP = {"slug", "kind", "role", "icon", "direction"}
"""Fields that are names for programs and are never shown."""


def given_words(books: Dataset) -> set[str]:
    """Words that people wrote: names and codes of funds, programmes and meters, proposals, notes."""
    lists = books.registers
    named = [*lists.funds.values(), *lists.programmes.values(), *lists.places, *lists.meters, *lists.accounts.values()]
    written = [str(getattr(item, said, "")) for item in named for said in ("name", "code")]
    written += [text for made in lists.decisions for text in (made.id, made.text, made.proposer or "")]
    written += [note.text for budget in lists.budgets for note in budget.notes]
    written += [change.why for budget in lists.budgets for change in budget.known_changes]
    written += [text for term in lists.roles for text in (term.role, term.scope or "")]
    written += [item.why for item in lists.exceptions]
    written += [grant.funder or "" for grant in lists.grants] + [grant.document for grant in lists.grants]
    written += [books.community.name]
    return {word.lower() for text in written for word in PLAIN.findall(text)}


def unmarked(text: str, books: Dataset) -> set[str]:
    """The words of ours in a text that stayed English."""
    given = given_words(books)
    return {word for word in PLAIN.findall(text) if word.lower() not in given} - MACHINE


def on_paper(made: BuiltReport) -> str:
    """What a sheet shows, and says to those who listen, but for the marks of the books it was read from.

    The marks are the address, the number of the sheet and the chain head, which stands in groups of four.
    """
    with translation.language_scope("en-XA"):
        paper, screen = made.as_pdf(), made.as_html()
    with pdfplumber.open(BytesIO(paper)) as document:
        shown = [page.extract_text() for page in document.pages]
    shown += re.findall(r'(?:alt|title|aria-label)="([^"]*)"', screen)
    shown += [node.attributes.get("/Alt", "") for node in read_tags(paper).walk()]
    shown += [re.sub(r"<style.*?</style>|<[^>]*>", " ", screen, flags=re.DOTALL)]
    around = made.header_footer
    marks = "|".join(map(re.escape, (around.link, around.address, around.report_id, around.chain_head)))
    return re.sub(rf"{marks}|(?:\b[0-9a-f]{{4}}\b\s*){{3,}}", " ", unescape(" ".join(shown)))


@pytest.mark.parametrize("month", [MARCH, APRIL], ids=str)
@pytest.mark.parametrize("kind", EVERY)
def test_every_word_of_a_sheet_is_a_message(kind: str, month: Month) -> None:
    assert unmarked(" ".join(texts(spoken(kind, willow(), month).story)), willow()) == set()


@pytest.mark.parametrize("month", [MARCH, APRIL, Month(2026, 12)], ids=str)
@pytest.mark.parametrize("kind", EVERY)
def test_every_word_on_paper_is_a_message(kind: str, month: Month) -> None:
    assert unmarked(on_paper(spoken(kind, willow(), month)), willow()) == set()


@pytest.mark.parametrize("kind", EVERY)
def test_every_word_of_a_sheet_of_any_books_is_a_message(kind: str) -> None:
    codes = given_words(willow())

    @settings(max_examples=12)
    @given(random_datasets())
    def is_told(books: Dataset) -> None:
        plain = unmarked(" ".join(texts(spoken(kind, books).story)), books)
        assert {word.lower() for word in plain} <= codes

    is_told()


@pytest.mark.parametrize("kind", EVERY)
def test_every_word_on_the_paper_of_new_books_is_a_message(kind: str) -> None:
    assert unmarked(on_paper(spoken(kind, NEW)), NEW) == set()


@pytest.mark.parametrize("month", [MARCH, APRIL, Month(2026, 12)], ids=str)
@pytest.mark.parametrize("kind", EVERY)
def test_longer_words_fit_the_pages(kind: str, month: Month) -> None:
    assert spoken(kind, willow(), month).as_pdf()


@pytest.mark.parametrize("kind", EVERY)
def test_longer_words_fit_the_pages_of_new_books(kind: str) -> None:
    assert spoken(kind, NEW).as_pdf("letter")


@pytest.mark.parametrize("kind", EVERY)
def test_the_furniture_speaks_the_language_too(kind: str) -> None:
    made = spoken(kind, willow())
    with translation.language_scope("en-XA"):
        page = pdfplumber.open(BytesIO(made.as_pdf())).pages[0].extract_text()
    assert made.header_footer.language == "en-XA"
    for english in ("Standard edition", "March", "Draft", "Page", "Chain head", "Books read"):
        assert english not in page
