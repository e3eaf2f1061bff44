"""A reversal mirrors its original line for line, once, and is never reversed itself."""

from __future__ import annotations

import pytest

from tests.attacks.books import BANK, FOREIGN_KEY, SALES, Books, Entry, entry, refused

KILOS = (640_000, "kWh", "metered")
SALE = entry((BANK, 700), (SALES, -700, "GARDEN", KILOS))
OPPOSITE = ((BANK, -700), (SALES, 700, "GARDEN", KILOS))


def test_a_reversal_takes_an_entry_back(books: Books) -> None:
    books.post(entry((1, -90), (2, 90), reverses=2))
    assert (books.balance(1), books.balance(2)) == (0, 0)


def test_a_reversal_repeats_quantities_unsigned(books: Books) -> None:
    number = books.post(SALE)
    books.post(entry(*OPPOSITE, reverses=number))
    assert books.balance(BANK) == 5000


def test_an_entry_is_reversed_once(books: Books) -> None:
    books.post(entry((1, -90), (2, 90), reverses=2))
    with refused("already-reversed", "journal_entry_reversed_once"):
        books.post(entry((1, -90), (2, 90), reverses=2))


NOT_EXACT: dict[str, tuple[tuple[object, ...], ...]] = {
    "other amounts": ((BANK, -600), (SALES, 600, "GARDEN", KILOS)),
    "the same signs": ((BANK, 700), (SALES, -700, "GARDEN", KILOS)),
    "another account": ((11, -700), (BANK, 700, "GARDEN", KILOS)),
    "no programme": ((BANK, -700), (SALES, 700, None, KILOS)),
    "a programme more": ((BANK, -700, "GARDEN"), (SALES, 700, "GARDEN", KILOS)),
    "another quantity": ((BANK, -700), (SALES, 700, "GARDEN", (640_001, "kWh", "metered"))),
    "a quantity turned round": ((BANK, -700), (SALES, 700, "GARDEN", (-640_000, "kWh", "metered"))),
    "another quantity's unit": ((BANK, -700), (SALES, 700, "GARDEN", (640_000, "MWh", "metered"))),
    "another method": ((BANK, -700), (SALES, 700, "GARDEN", (640_000, "kWh", "stated"))),
    "no quantity": ((BANK, -700), (SALES, 700, "GARDEN")),
    "a quantity more": ((BANK, -700, None, KILOS), (SALES, 700, "GARDEN", KILOS)),
    "lines in another order": tuple(reversed(OPPOSITE)),
    "a pair of lines more": (*OPPOSITE, (1, 5), (2, -5)),
    "another entry altogether": ((1, 5), (2, -5)),
}


@pytest.mark.parametrize("lines", NOT_EXACT.values(), ids=NOT_EXACT.keys())
def test_a_reversal_that_is_not_the_exact_opposite_is_refused(
    books: Books, lines: tuple[tuple[object, ...], ...]
) -> None:
    number = books.post(SALE)
    with refused("reversal-not-exact"):
        books.post(Entry(lines, {"reverses": number}))


def test_a_reversal_with_a_line_fewer_is_refused(books: Books) -> None:
    number = books.post(entry((1, 5), (2, -5), (3, 5), (4, -5)))
    with refused("reversal-not-exact"):
        books.post(entry((1, -5), (2, 5), reverses=number))


def test_a_wrong_reversal_hidden_in_a_batch_is_refused(books: Books) -> None:
    good = entry((1, -90), (2, 90), reverses=2)
    with refused("reversal-not-exact"):
        books.post(SALE, good, entry((BANK, -4000), (SALES, 4000), reverses=3))


def test_a_reversal_is_not_reversed(books: Books) -> None:
    number = books.post(entry((1, -90), (2, 90), reverses=2))
    with refused("reversal-of-reversal"):
        books.post(entry((1, 90), (2, -90), reverses=number))


@pytest.mark.parametrize(
    ("reverses", "sign"),
    [(9, "journal_entry_reverses_check"), (4, "journal_entry_reverses_check"), (1, FOREIGN_KEY)],
    ids=["a later entry", "itself", "an act"],
)
def test_only_an_earlier_entry_is_reversed(books: Books, reverses: int, sign: str) -> None:
    with refused(sign):
        books.post(entry((1, -90), (2, 90), reverses=reverses))


def test_an_entry_of_another_community_is_not_reversed(books: Books) -> None:
    number = Books(books.engine).post(SALE)
    books.post(SALE, SALE)
    books_behind = Books(books.engine)
    assert number == 4
    with refused(FOREIGN_KEY, "journal_entry_reverses_check"):
        books_behind.post(entry(*OPPOSITE, reverses=number))
