"""A member's statement names the other side of an exchange, and nobody where help was private or to the community."""

from __future__ import annotations

import datetime as dt

from ledger.core.drafts import COMMUNITY, EXCHANGE
from ledger.core.periods import Month
from reports.measures.aggregates import twelve_months
from reports.tables.member_statement import statement
from tests.reports.books import books, line

MARCH = Month(2025, 3)
DAY = dt.date(2025, 3, 10)


def test_solidarity_hours_name_nobody() -> None:
    rows = [line("T6010", 60, DAY, family=COMMUNITY), line("T2000", -60, DAY, family=COMMUNITY, owner=2)]
    told = statement(books(*rows), 2, MARCH.span)
    assert [(line.change, line.with_, line.in_x) for line in told.lines] == [(60, (), True)]


def test_an_exchange_names_the_other_side() -> None:
    rows = [line("T2000", 60, DAY, family=EXCHANGE, owner=3), line("T2000", -60, DAY, family=EXCHANGE, owner=2)]
    told = statement(books(*rows), 2, MARCH.span)
    assert told.lines[0].with_ == ("Person 3",)
    assert str(told.sentence) == "You have given 1:00 and received 0:00. Your balance is +1:00."


def test_an_account_that_came_back_to_nought_is_left_out_once_it_is_past() -> None:
    rows = [line("2100", -500, DAY, 1, owner=2), line("2100", 500, DAY, 2, owner=2)]
    assert len(statement(books(*rows), 2, MARCH.span).money) == 1
    assert statement(books(*rows), 2, Month(2025, 4).span).money == ()


def test_twelve_months_end_on_any_day() -> None:
    assert twelve_months(dt.date(2024, 2, 29)).first == dt.date(2023, 3, 1)
    assert twelve_months(dt.date(2025, 3, 10)).first == dt.date(2024, 3, 11)
    assert twelve_months(dt.date(2025, 3, 30)).first == dt.date(2024, 3, 31)


def test_a_swap_is_open_until_both_are_even_and_gone_once_taken_back() -> None:
    lent = [line("B2000", 500, DAY, owner=3, document="t-1"), line("B2000", -500, DAY, owner=2, document="t-1")]
    assert statement(books(*lent), 2, MARCH.span).trades[0].state == "open"
    back = [row._replace(live=False) for row in lent]
    assert statement(books(*back), 2, MARCH.span).trades[0].state == "taken back"


def test_an_entry_that_changes_nothing_for_the_member_is_no_line() -> None:
    rows = [line("T2000", 60, DAY, owner=2), line("T2000", -60, DAY, owner=2)]
    assert statement(books(*rows), 2, MARCH.span).lines == ()
