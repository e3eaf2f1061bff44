"""Journal lines, read strictly and written in one form."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.drafts import FAMILIES, METHODS, Quantity
from ledger.exchange.imports.line_parser import LineWrong, read
from ledger.exchange.journal_line import JournalLine, PostingLine, canonical_line, line_text
from tests.ledger.exchange.files import WILLOW, hours, posting

TEXTS = st.text("abc äöü“—\n", min_size=1, max_size=12).filter(str.strip)
NAMES = st.text("abcäöü-:1", min_size=1, max_size=8)
AMOUNTS = st.integers(-(10**15), 10**15)
QUANTITIES = st.builds(Quantity, st.integers(-(10**15), 10**15), NAMES, st.sampled_from(METHODS))
POSTINGS = st.builds(
    PostingLine, NAMES, NAMES, NAMES, AMOUNTS, st.none() | NAMES, st.none() | NAMES, st.none() | QUANTITIES
)
DAYS = st.dates(dt.date(1901, 1, 1), dt.date(2999, 12, 31))
LINES = st.builds(
    JournalLine,
    key=NAMES,
    date=DAYS,
    family=st.sampled_from(FAMILIES),
    kind=NAMES,
    narration=TEXTS,
    private=st.booleans(),
    reverses=st.none() | NAMES,
    corrects=st.none() | NAMES,
    about=st.none() | st.just(dt.date(1900, 1, 1)),
    decision=st.none() | NAMES,
    document=st.none() | NAMES,
    postings=st.lists(POSTINGS, max_size=3).map(tuple),
)


@given(LINES)
def test_what_is_written_is_read_again(line: JournalLine) -> None:
    assert read(line_text(line)) == line


def test_willow_is_written_as_it_was_read() -> None:
    for text in WILLOW.read_text().splitlines():
        assert line_text(read(text)) == text


def test_the_canonical_line_has_no_words_of_a_private_entry() -> None:
    said = read(json.dumps(hours(private=True, narration="A secret")))
    assert b"secret" not in canonical_line(said)
    assert b"Weeding" in canonical_line(read(json.dumps(hours())))


def test_kind_and_privacy_may_be_left_out() -> None:
    line = read(json.dumps(hours(kind=..., private=None)))
    assert (line.kind, line.private) == ("journal", False)


@pytest.mark.parametrize(
    ("said", "milli"), [("640", 640000), ("2.5", 2500), ("0.125", 125), ("-1.5", -1500), ("1e3", 10**6)]
)
def test_a_quantity_has_up_to_three_decimals(said: str, milli: int) -> None:
    text = json.dumps(hours(postings=[posting(1, quantity=["?", "kg", "weighed"]), posting(-1)])).replace('"?"', said)
    assert read(text).postings[0].quantity == Quantity(milli, "kg", "weighed")


WRONG: dict[str, tuple[Any, str]] = {
    "not JSON": ("{", "not JSON"),
    "a list": ("[]", "line: an object in braces"),
    "a number": ("3", "line: an object"),
    "a name twice": ('{"key": "a", "key": "b"}', "a name stands twice"),
    "no number": ('{"key": NaN}', "not JSON: NaN"),
    "nested without end": ("[" * 100000, "not JSON"),
    "a field too many": (hours(colour="red"), "colour: this field is not known"),
    "no key": (hours(key=None), "key: this field is missing"),
    "a key that is a number": (hours(key=7), "key: a text is expected"),
    "an empty key": (hours(key="  "), "key: The name is empty"),
    "a key without end": (hours(key="x" * 201), "key: at most 200"),
    "a day of another form": (hours(date="05/03/2026"), "date: a day is written"),
    "a day that is no day": (hours(date="2026-02-30"), "date: a day is written"),
    "a day of compact form": (hours(date="20260305"), "date: a day is written"),
    "a day that is a number": (hours(date=20260305), "date: a day is written"),
    "a day before all books": (hours(date="1850-01-01"), "date: a day is written"),
    "a family of another name": (hours(family="friends"), "family: a family is one of"),
    "a switch that is a number": (hours(private=1), "private: true or false"),
    "no narration": (hours(narration=None), "narration: only a private entry"),
    "a narration of blanks": (hours(narration=" \n "), "narration: only a private entry"),
    "a narration that cannot be shown": (hours(narration="a\x00b"), "narration: The text holds signs"),
    "a later day that it is about": (hours(about="2026-03-05"), "about: a late entry"),
    "no postings": (hours(postings=...), "postings: this field is missing"),
    "postings that are no list": (hours(postings={}), "postings: a list"),
    "a posting that is none": (hours(postings=[3]), r"postings\[1\]: an object"),
    "a posting with a field too many": (hours(postings=[posting(1, note="x")]), r"postings\[1\].note: this field"),
    "no account": (hours(postings=[posting(1, account=None)]), r"postings\[1\].account: this field is missing"),
    "an amount with decimals": (hours(postings=[posting(1), posting(1.5)]), r"postings\[2\].amount: a whole"),
    "an amount that is true": (hours(postings=[posting(True)]), "amount: a whole number"),
    "an amount as text": (hours(postings=[posting("90")]), "amount: a whole number"),
    "an amount too large": (hours(postings=[posting(10**15 + 1)]), "amount: the number is too large"),
    "a quantity as a number": (hours(postings=[posting(1, quantity=640)]), "quantity: a quantity is written"),
    "a quantity of two parts": (hours(postings=[posting(1, quantity=[640, "kWh"])]), "quantity: a quantity is written"),
    "a quantity that is text": (hours(postings=[posting(1, quantity=["6", "kg", "stated"])]), "quantity is written"),
    "a quantity that is true": (hours(postings=[posting(1, quantity=[True, "kg", "stated"])]), "quantity is written"),
    "four decimals": (hours(postings=[posting(1, quantity=[1.2345, "kg", "stated"])]), "quantity is written"),
    "a quantity too large": (hours(postings=[posting(1, quantity=[10**13, "kg", "stated"])]), "quantity is written"),
    "a method of another name": (hours(postings=[posting(1, quantity=[1, "kg", "guessed"])]), "metered, estimated"),
}


@pytest.mark.parametrize(("said", "reason"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_understood_is_refused_by_field(said: Any, reason: str) -> None:
    with pytest.raises(LineWrong, match=reason):
        read(said if isinstance(said, str) else json.dumps(said))
