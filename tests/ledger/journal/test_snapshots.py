"""Past balances come from closed months and what was written since; they are the plain sums, on any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, func, select

from ledger.chain import hashing
from ledger.checks import verify
from ledger.core.errors import AppendOnly, PeriodClosed
from ledger.core.periods import Month, Span
from ledger.database.unit_of_work import ReadUnit, WriteUnit, read_books, write_books
from ledger.journal import snapshots
from ledger.journal.balances import trial_balance
from ledger.journal.idempotency import Actors
from ledger.journal.posting import post, post_many
from ledger.journal.statements import get_statement
from ledger.models import act, period_balance, posting
from tests.communities import small_community
from tests.communities.small_community import ANA, BEA, CAI, DAY, SLUG, hours_draft, new_key, post_draft, sale_draft
from tests.databases import BOTH, Filling

FEBRUARY, MARCH = Month(2026, 2), Month(2026, 3)
FIRST = dt.date(2026, 1, 1)
UNUSED = 999


def plain_sums(books: ReadUnit, on: dt.date | None, at: int) -> dict[int, int]:
    """Add every line up from the beginning."""
    where = [posting.c.community_id == books.community_id, posting.c.entry_id <= at]
    where += [posting.c.effective_on <= on] if on else []
    query = select(posting.c.account_id, func.sum(posting.c.amount)).where(*where).group_by(posting.c.account_id)
    return {number: int(sum_) for number, sum_ in books.connection.execute(query) if sum_}


def close(unit: WriteUnit, month: Month) -> int:
    return snapshots.close_month(unit, month, entered_by=BEA)


def reopen(unit: WriteUnit, month: Month) -> int:
    return hashing.append_act(unit, "reopen", entered_by=BEA, facts={}, period_id=month.id)


def a_year(engine: Engine) -> None:
    """Entries of five months, dated ahead and late; months closed, one reopened and closed again, one left open."""
    small_community.create(engine)
    days = [FIRST + dt.timedelta(17 * n % 150) for n in range(45)]
    drafts = [hours_draft(ANA, CAI, 5 + n, day) if n % 2 else sale_draft(100 + n, day) for n, day in enumerate(days)]
    with write_books(engine, SLUG) as unit:
        post_many(unit, [(draft, Actors(ANA), new_key()) for draft in drafts])
        for month in (Month(2026, 1), FEBRUARY, MARCH):
            close(unit, month)
            post(unit, sale_draft(7, dt.date(2026, 5, 2)), Actors(ANA), new_key())
        for month in (MARCH, FEBRUARY):
            reopen(unit, month)
        post_many(unit, [(hours_draft(BEA, ANA, 11, dt.date(2026, 2, 11)), Actors(ANA), new_key())])
        close(unit, FEBRUARY)
        post_many(unit, [(hours_draft(BEA, ANA, 13, dt.date(2026, 3, 11)), Actors(ANA), new_key())])


@pytest.mark.unhurried
@pytest.mark.parametrize("name", BOTH)
def test_any_past_balance_is_the_plain_sum(name: str, request: pytest.FixtureRequest) -> None:
    engine = request.getfixturevalue(f"{name}_engine")
    a_year(engine)
    with read_books(engine, SLUG) as unit:
        head = unit.at

    @settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(offset=st.none() | st.integers(-40, 170), at=st.integers(2, head))
    def same(offset: int | None, at: int) -> None:
        on = None if offset is None else FIRST + dt.timedelta(offset)
        with read_books(engine, SLUG, at) as unit:
            wanted = plain_sums(unit, on, at)
            for number in (*wanted, UNUSED):
                assert snapshots.balance_at(unit, number, on or dt.date.max) == wanted.get(number, 0)
            assert {row.account_id: row.balance for row in trial_balance(unit, on)} == wanted
        with read_books(engine, SLUG) as unit:
            assert {row.account_id: row.balance for row in trial_balance(unit, on, at)} == wanted
            assert {number: sum_ for number, sum_ in snapshots.account_balances(unit, on, at).items() if sum_} == wanted

    same()


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(a_year)


def test_a_statement_opens_with_what_was_there(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        whole = get_statement(unit, ANA, Span(FIRST, dt.date(2026, 12, 31)))
        for month in (FEBRUARY, MARCH, Month(2026, 4)):
            before = sum(line.change for line in whole.lines if line.effective_on < month.first)
            assert get_statement(unit, ANA, month.span).opening == before
        assert get_statement(unit, ANA, Span(dt.date.min, DAY)).opening == 0


def test_each_close_keeps_rows_of_its_own_and_the_books_hold(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        assert verify(unit).ok
        table = period_balance.c
        kept = set(unit.connection.scalars(select(table.act_id).where(table.community_id == unit.community_id)))
        closes = select(act.c.act_id).where(act.c.kind == "close", act.c.community_id == unit.community_id)
        assert kept == set(unit.connection.scalars(closes))


def test_a_month_closed_again_opens_with_what_came_into_the_one_before(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        reopen(unit, FEBRUARY)
        close(unit, MARCH)
        for month in (MARCH, Month(2026, 1)):
            reopen(unit, month)
        orders = [
            (hours_draft(BEA, ANA, 17, dt.date(2026, 2, 3)), Actors(ANA), new_key()),
            (sale_draft(5, dt.date(2026, 2, 4)), Actors(ANA), new_key()),
        ]
        post_many(unit, orders)
        close(unit, MARCH)
    with read_books(books, SLUG) as unit:
        assert verify(unit).findings == ()


def test_past_balances_start_from_the_last_close_before_the_day_and_the_number(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        now = snapshots.find_base_close(unit, MARCH.last, unit.at)
        then = snapshots.find_base_close(unit, dt.date(2026, 3, 30), unit.at)
        assert now is not None
        assert then is not None
        assert (now.period_id, then.period_id) == (MARCH.id, FEBRUARY.id)
        assert then.act_id > now.act_id
        assert snapshots.find_base_close(unit, FIRST, unit.at) is None
        assert snapshots.find_base_close(unit, None, 2) is None


def test_a_month_is_not_closed_twice(books: Engine) -> None:
    with pytest.raises(AppendOnly), write_books(books, SLUG) as unit:
        close(unit, FEBRUARY)


def test_nothing_is_entered_before_a_closed_month(books: Engine) -> None:
    with pytest.raises(PeriodClosed):
        post_draft(books, sale_draft(5, dt.date(2025, 11, 3)))


def test_movements_by_programme_stand_beside_the_whole() -> None:
    taken = snapshots.Snapshot.of({1: 5, 2: 3}, {(1, None): 2, (1, "G"): -2, (3, "G"): 4, (4, None): 0, (2, None): -3})
    assert taken.balances == ((1, 5, 0, 5), (2, 3, -3, 0), (3, 0, 4, 4))
    assert taken.movements == ((1, "G", -2), (3, "G", 4))
