"""Both sheets in the pseudo-language: two fifths longer, nothing cut, and no word that nobody marked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any

import pdfplumber
import pytest

from ledger.periods import Month
from reports.dataset import Community, Dataset
from reports.printing import Printed
from tests.golden.willow import willow
from tests.reports.sheets import KINDS, MARCH, sheet_of
from web import i18n
from web.views.speech import speech

APRIL = Month(2026, 4)
OURS = re.compile(r"[A-Za-z]{2,}")
MACHINE = {"EUR", "UTC", "kWh", "kg", "CO", "QR"}
"""Signs and units that are the same in every language."""


def spoken(kind: str, books: Dataset, month: Month = MARCH) -> Printed:
    """A report in the pseudo-language."""
    with i18n.speaking("en-XA"):
        return sheet_of(books, kind, month, speech())


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
    """Words that people wrote: names of funds, programmes and meters, proposals, notes."""
    lists = books.registers
    named = [*lists.funds.values(), *lists.programmes.values(), *lists.places, *lists.meters, *lists.accounts.values()]
    written = [str(getattr(item, "name", "")) for item in named]
    written += [text for decision in lists.decisions for text in (decision.text, decision.proposer or "")]
    written += [note.text for budget in lists.budgets for note in budget.notes]
    written += [change.why for budget in lists.budgets for change in budget.known_changes]
    written += [text for term in lists.roles for text in (term.role, term.scope or "")]
    written += [item.why for item in lists.exceptions]
    written += [grant.funder or "" for grant in lists.grants] + [grant.document for grant in lists.grants]
    written += [books.community.name]
    return {word.lower() for text in written for word in OURS.findall(text)}


@pytest.mark.parametrize("month", [MARCH, APRIL], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_every_word_of_a_sheet_is_a_message(kind: str, month: Month) -> None:
    told = " ".join(texts(spoken(kind, willow(), month).story))
    plain = {word for word in OURS.findall(told) if word.lower() not in given_words(willow())}
    assert plain - MACHINE == set()


@pytest.mark.parametrize("month", [MARCH, APRIL, Month(2026, 12)], ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_longer_words_fit_the_pages(kind: str, month: Month) -> None:
    assert spoken(kind, willow(), month).as_pdf()


@pytest.mark.parametrize("kind", KINDS)
def test_longer_words_fit_the_pages_of_new_books(kind: str) -> None:
    assert spoken(kind, Dataset(community=Community(slug="new", name="New"))).as_pdf("letter")


@pytest.mark.parametrize("kind", KINDS)
def test_the_furniture_speaks_the_language_too(kind: str) -> None:
    made = spoken(kind, willow())
    with i18n.speaking("en-XA"):
        page = pdfplumber.open(BytesIO(made.as_pdf())).pages[0].extract_text()
    assert made.furniture.language == "en-XA"
    for english in ("Standard edition", "March", "Draft", "Page", "Chain head", "Books read"):
        assert english not in page
