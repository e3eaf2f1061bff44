"""A year is closed by two people, one entry for each fund, worked out from the balances when the second says yes."""

from __future__ import annotations

import pytest

from ledger.checks import verify
from ledger.closing import year_end
from ledger.closing.year_end import YearEnd, YearNotProposed
from ledger.core.errors import DayTooLate, FieldWrong, NotAllowed, PeriodClosed
from ledger.core.periods import Month, Span, financial_year
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal import balances
from ledger.journal.fund_results import fund_results
from ledger.kinds.equity.year_close import NothingToClose
from ledger.rules.people import OwnApproval
from ledger.workflow import record
from tests.communities.small_community import ANA, BEA, CAI, ELI, SLUG, SmallCommunity, new_key
from tests.ledger.closing.test_close import given, put, shut, told


def year(community: SmallCommunity) -> Span:
    with read_books(community.engine, SLUG) as books:
        return year_end.last_financial_year(books)


def state(community: SmallCommunity) -> YearEnd:
    with read_books(community.engine, SLUG) as books:
        return year_end.get_year_end(books, year_end.last_financial_year(books))


def propose(community: SmallCommunity, by: int = BEA, span: Span | None = None) -> list[record.RecordResult]:
    with write_books(community.engine, SLUG) as books:
        return year_end.propose(books, span or year_end.last_financial_year(books), by=by, key=new_key())


def agree(community: SmallCommunity, by: int) -> list[record.RecordResult]:
    with write_books(community.engine, SLUG) as books:
        return year_end.agree(books, year_end.last_financial_year(books), by=by, key=new_key())


@pytest.fixture
def done(community: SmallCommunity) -> SmallCommunity:
    """Return the small community whose last year had income and costs in three funds, and hours."""
    day = year(community).last
    given(community, day, "GEN", 9000)
    given(community, day, "TNK", 500)
    put(community, day, ("6300", "GEN", 2000), ("1000", "GEN", -2000))
    put(community, day, ("1000", "COP", 700), ("4110", "COP", -700))
    return community


def test_a_year_is_proposed_by_one_and_closed_by_another(done: SmallCommunity) -> None:
    assert (state(done).funds, state(done).to_propose) == (("COP", "GEN", "TNK"), ("COP", "GEN", "TNK"))
    assert len(propose(done)) == 3
    assert state(done).to_propose == ()
    assert propose(done) == []
    entries = [done.entry(one) for one in agree(done, CAI)]
    assert {(one.family, one.entered_by, one.confirmed_by) for one in entries} == {("year-close", BEA, CAI)}
    told = {
        line.leaf.fund: (line.leaf.chart, line.amount)
        for one in entries
        for line in one.lines
        if line.leaf.chart < "4000"
    }
    assert told == {"COP": ("3090", -700), "GEN": ("3030", -7000), "TNK": ("3040", -500)}
    assert state(done).is_done
    assert agree(done, CAI) == []
    with read_books(done.engine, SLUG) as books:
        assert fund_results(books, done.today) == []
        assert verify(books).ok
        assert sum(row.balance for row in balances.trial_balance(books)) == 0


def test_what_was_entered_since_is_closed_too(done: SmallCommunity) -> None:
    propose(done)
    given(done, year(done).last, "GEN", 100)
    agree(done, CAI)
    assert state(done).is_done
    given(done, year(done).last, "GEN", 11)
    assert state(done).to_propose == ("GEN",)


def test_nobody_closes_a_year_alone(done: SmallCommunity) -> None:
    with pytest.raises(YearNotProposed):
        agree(done, CAI)
    propose(done)
    with pytest.raises(OwnApproval):
        agree(done, BEA)
    with pytest.raises(NotAllowed):
        agree(done, ELI)
    assert not state(done).is_done


@pytest.mark.parametrize("who", [ANA, CAI, ELI])
def test_only_the_treasurer_proposes(done: SmallCommunity, who: int) -> None:
    with pytest.raises(NotAllowed):
        propose(done, who)


def test_a_year_that_runs_or_whose_last_month_is_closed_is_not_proposed(done: SmallCommunity) -> None:
    given(done, done.today)
    with pytest.raises(DayTooLate):
        propose(done, span=financial_year(Month.of(done.today)))
    shut(done, Month.of(year(done).last))
    with pytest.raises(PeriodClosed):
        propose(done)


def test_who_closes_the_last_month_is_told_that_the_year_is_not(done: SmallCommunity) -> None:
    december = Month.of(year(done).last)
    assert told(done, december)["year"] == [
        "The year ends with this month, and 3 funds are not emptied into their own worth yet."
    ]
    assert "year" not in told(done, december.previous())
    propose(done)
    agree(done, CAI)
    assert "year" not in told(done, december)


def test_one_fund_is_closed_by_its_own_form_on_the_last_day_of_a_year(done: SmallCommunity) -> None:
    given(done, year(done).first, "GEN", 1)
    with pytest.raises(FieldWrong):
        done.record("year-close", BEA, day=year(done).first, fund="GEN")
    with pytest.raises(NothingToClose):
        done.record("year-close", BEA, day=year(done).last, fund="EMF")
    waits = done.record("year-close", BEA, day=year(done).last, fund="GEN")
    assert waits.posted is None
    assert state(done).to_propose == ("COP", "TNK")


def test_a_bound_funds_costs_and_transfers_are_emptied_whatever_binds_it(done: SmallCommunity) -> None:
    day = year(done).last
    put(done, day, ("6300", "GRN", -40), ("3900", "GRN", -60), ("1000", "GRN", 100))
    propose(done)
    agree(done, CAI)
    assert state(done).is_done
