"""A draft that does not balance cannot exist."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.amounts import LARGEST
from ledger.core.drafts import EXCHANGE, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import AmountTooLarge, EntryUnbalanced, TooFewPostings
from ledger.core.text import TextUnfit

ANA, BEA = AccountKey("T2000", "min", "TB", 2), AccountKey("T2000", "min", "TB", 3)
BANK, POT = AccountKey("1000", "EUR", "GEN"), AccountKey("4000", "EUR", "EMF")


def drafted(*lines: tuple[AccountKey, int]) -> EntryDraft:
    postings = tuple(PostingDraft(leaf, amount) for leaf, amount in lines)
    return EntryDraft(kind="hours", family=EXCHANGE, effective_on=dt.date(2026, 3, 5), postings=postings)


@given(st.lists(st.integers(1, 10**12), min_size=1, max_size=9))
def test_a_balanced_draft_exists_and_sums_to_nought(amounts: list[int]) -> None:
    draft = drafted(*((BEA, amount) for amount in amounts), (ANA, -sum(amounts)))
    assert set(draft.sums().values()) == {0}


@pytest.mark.parametrize(
    "lines",
    [
        [(BEA, 90), (ANA, -60)],
        [(BEA, 90), (BANK, -90)],
        [(BANK, 500), (POT, -500)],
    ],
    ids=["in amount", "across units", "across funds"],
)
def test_an_unbalanced_draft_is_refused(lines: list[tuple[AccountKey, int]]) -> None:
    with pytest.raises(EntryUnbalanced, match="do not balance"):
        drafted(*lines)


@pytest.mark.parametrize("lines", [[], [(BEA, 90)], [(BEA, 0), (ANA, 0)]])
def test_a_draft_without_two_lines_that_move_something_is_refused(lines: list[tuple[AccountKey, int]]) -> None:
    with pytest.raises(TooFewPostings):
        drafted(*lines)


def test_an_amount_beyond_the_books_is_refused() -> None:
    with pytest.raises(AmountTooLarge):
        drafted((BEA, LARGEST + 1), (ANA, -LARGEST - 1))


def test_only_the_words_that_were_given_are_texts() -> None:
    draft = EntryDraft(
        kind="hours",
        family=EXCHANGE,
        effective_on=dt.date(2026, 3, 5),
        postings=(PostingDraft(BEA, 90), PostingDraft(ANA, -90)),
        narration="Ana helps Bea",
        note="",
    )
    assert draft.texts() == {"narration": "Ana helps Bea"}


def test_words_are_kept_in_one_form_and_control_signs_are_refused() -> None:
    lines = (PostingDraft(BEA, 90), PostingDraft(ANA, -90))
    day = dt.date(2026, 3, 5)
    draft = EntryDraft(kind="hours", family=EXCHANGE, effective_on=day, postings=lines, narration="Cafe\u0301")
    assert draft.texts() == {"narration": "Caf\u00e9"}
    with pytest.raises(TextUnfit):
        EntryDraft(kind="hours", family=EXCHANGE, effective_on=day, postings=lines, narration="a\x00b").texts()
