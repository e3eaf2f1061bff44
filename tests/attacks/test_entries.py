"""An entry balances for each unit and fund, has two lines or more, and a seal of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.exc import DBAPIError

from ledger.models.column_types import LARGEST
from tests.attacks.books import BANK, EMERGENCY, FOREIGN_KEY, ORDER, SALES, Books, Entry, Rows, entry, refused

HELP = entry((1, 5), (2, -5))
UNBALANCED: dict[str, tuple[Entry, str]] = {
    "one minute short": (entry((1, 90), (2, -89)), "unbalanced"),
    "90 minutes against 90 cents": (entry((1, 90), (SALES, -90)), "unbalanced"),
    "one fund against another": (entry((BANK, 100), (EMERGENCY, -100)), "unbalanced"),
    "a single line": (entry((1, 90)), "too-few-postings"),
    "no line": (entry(), "too-few-postings"),
    "lines of nothing": (entry((1, 0), (2, 0)), "posting_amount_check"),
    "more than any sum may hold": (entry((1, LARGEST + 1), (2, -LARGEST - 1)), "posting_amount_check"),
}


@pytest.mark.parametrize(("wrong", "sign"), UNBALANCED.values(), ids=UNBALANCED.keys())
def test_an_entry_that_does_not_balance_is_refused(books: Books, wrong: Entry, sign: str) -> None:
    with refused(sign):
        books.post(wrong)


@pytest.mark.parametrize("amount", ["5.5", "five", 2**63], ids=str)
def test_an_amount_is_a_whole_number_of_64_bits(books: Books, amount: object) -> None:
    with pytest.raises((DBAPIError, OverflowError)):
        books.post(HELP, spoil=lambda rows: [row.update(amount=amount) for row in rows["posting"]])


def test_an_entry_in_two_units_and_funds_is_kept(books: Books) -> None:
    books.post(entry((1, 5), (2, -5), (BANK, 7), (SALES, -7)))
    assert (books.balance(1), books.balance(BANK)) == (95, 5007)


UNSEALED: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "an entry without a seal": (ORDER[:3], (FOREIGN_KEY,)),
    "a seal without an entry": (ORDER[3:], ("seal-subject", "too-few-postings")),
    "lines without an entry": (ORDER[2:], ("late-posting", FOREIGN_KEY)),
}


@pytest.mark.parametrize(("tables", "signs"), UNSEALED.values(), ids=UNSEALED.keys())
def test_half_an_entry_is_refused_at_commit(books: Books, tables: tuple[str, ...], signs: tuple[str, ...]) -> None:
    with refused(*signs):
        books.post(HELP, tables=tables)


def first_line(**values: object) -> Callable[[Rows], None]:
    return lambda rows: rows["posting"][0].update(values)


def header(**values: object) -> Callable[[Rows], None]:
    return lambda rows: rows["journal_entry"][0].update(values)


SPOILT: dict[str, tuple[Callable[[Rows], None], str]] = {
    "a line on another day": (first_line(effective_on="2026-03-06"), "late-posting"),
    "a line in another month": (first_line(period_id=202604), "posting_month_check"),
    "a line on another day and month": (first_line(effective_on="2026-04-05", period_id=202604), "late-posting"),
    "a quantity without a unit": (first_line(quantity_milli=5), "posting_quantity_check"),
    "a quantity without a number": (first_line(quantity_unit="kg", method="weighed"), "posting_quantity_check"),
    "a quantity without a method": (first_line(quantity_milli=5, quantity_unit="kg"), "posting_quantity_check"),
    "a guessed quantity": (
        first_line(quantity_milli=5, quantity_unit="kg", method="guessed"),
        "posting_method_check",
    ),
    "a family of its own": (header(family="gift"), "journal_entry_family_check"),
    "about a later day": (header(about_on="2026-03-06"), "journal_entry_about_on_check"),
    "facts that are a list": (header(facts="[]"), "journal_entry_facts_check"),
    "confirmed by its own author": (header(confirmed_by=2), "journal_entry_confirmed_by_check"),
    "a correction of a later entry": (header(corrects=99), "journal_entry_corrects_check"),
    "a correction of an act": (header(corrects=1), FOREIGN_KEY),
    "an agreement that is not there": (header(agreement_id=77), FOREIGN_KEY),
    "an author who is not there": (header(entered_by=77), FOREIGN_KEY),
    "a decision that is not there": (header(decision_id=77), FOREIGN_KEY),
}


@pytest.mark.parametrize(("spoil", "sign"), SPOILT.values(), ids=SPOILT.keys())
def test_a_row_that_breaks_a_rule_is_refused(books: Books, spoil: Callable[[Rows], None], sign: str) -> None:
    with refused(sign):
        books.post(HELP, spoil=spoil)


def test_an_entry_that_corrects_an_earlier_one_is_kept(books: Books) -> None:
    assert books.post(entry((1, 5), (2, -5), corrects=2)) == 4


ACT = (
    "INSERT INTO act (community_id, act_id, kind, entered_by, recorded_at) "
    "VALUES (:c, :number, 'note', 0, '2026-01-01T00:00:00.000Z')"
)


def test_one_seal_never_holds_an_entry_and_an_act(books: Books) -> None:
    with refused("seal-subject"), books.engine.begin() as connection:
        books.run(ACT, connection, number=4)
        books.post(HELP, connection=connection)


def test_an_act_never_stands_under_an_entry_s_number(books: Books) -> None:
    with refused("sealed"):
        books.run(ACT, number=2)


def test_an_entry_never_stands_under_an_act_s_number(books: Books) -> None:
    with refused("sealed"):
        books.post(HELP, spoil=header(entry_id=1), tables=("journal_entry",))
