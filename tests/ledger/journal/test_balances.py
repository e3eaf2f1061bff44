"""Balances: every account in its order, with its number and its sum, now and as it was, and no neighbour's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from ledger.core.drafts import AccountKey, PostingDraft
from ledger.database.unit_of_work import UnitOfWork, read_books, write_books
from ledger.journal.balances import BalanceRow, balance_of, member_minutes, owner_balances, trial_balance
from ledger.models import account
from tests.communities import small_community
from tests.communities.small_community import ANA, DAY, SALES, SLUG, hours_draft, post_draft, sale_draft, time_account
from tests.databases import Filling

MIXED = (
    (AccountKey("4110", "NV", "GEN"), 11),
    (AccountKey("1000", "NV", "GEN", small_community.BEA), 5),
    (AccountKey("1000", "NV", "GEN", ANA), -16),
    (AccountKey("1000", "EUR", "GEN", ANA), 300),
    (AccountKey("1000", "EUR", "GEN"), -300),
    (AccountKey("1000", "EUR", "EMF"), 70),
    (AccountKey("6100", "EUR", "EMF"), -70),
)
"""Opened in this order, which is not the one that they are listed in."""
ORDER = sorted((leaf for leaf, _ in MIXED), key=lambda leaf: (leaf.chart, leaf.fund, leaf.unit, leaf.owner))


def fill(engine: Engine) -> None:
    """Two communities: one with entries of two days, the other with the same accounts and other sums."""
    small_community.create(engine)
    post_draft(engine, replace(sale_draft(), postings=tuple(PostingDraft(leaf, amount) for leaf, amount in MIXED)))
    post_draft(engine, replace(sale_draft(40), effective_on=DAY + dt.timedelta(1)))
    post_draft(engine, replace(sale_draft(40), effective_on=DAY + dt.timedelta(1), postings=sale_draft(-40).postings))
    small_community.create(engine, "valley")
    post_draft(engine, hours_draft(minutes=77), slug="valley")
    post_draft(engine, sale_draft(9000), slug="valley")


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(fill)


def rows(unit: UnitOfWork, leaves: list[AccountKey], moved: dict[AccountKey, int]) -> list[BalanceRow]:
    there = select(account).where(account.c.community_id == unit.community_id)
    numbers = {
        AccountKey(row["chart"], row["unit"], row["fund"], row["owner_id"]): row["account_id"]
        for row in unit.connection.execute(there).mappings()
    }
    return [BalanceRow(numbers[leaf], leaf, moved[leaf]) for leaf in leaves]


def test_accounts_stand_in_their_order_with_numbers_and_sums(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        told = rows(unit, ORDER, dict(MIXED))
        assert trial_balance(unit) == trial_balance(unit, DAY) == trial_balance(unit, at=unit.at) == told
        assert trial_balance(unit, at=unit.at + 5) == told
    with write_books(books, SLUG) as unit:
        assert trial_balance(unit) == trial_balance(unit, at=unit.at - 1, on=DAY) == told
        assert trial_balance(unit, at=unit.at - 1) != told


def test_a_balance_of_the_past_holds_what_moved_until_then(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        now = {row.leaf: row.balance for row in trial_balance(unit)}
        before = {row.leaf: row.balance for row in trial_balance(unit, at=unit.at - 1)}
        assert before == now | {small_community.BANK: -260, SALES: -40}
        assert trial_balance(unit, at=1) == trial_balance(unit, dt.date(2020, 1, 1)) == []
        last = unit.at
    with read_books(books, SLUG, at=last - 1) as unit:
        assert {row.leaf: row.balance for row in trial_balance(unit)} == before


def test_one_owners_accounts_stand_in_their_order_those_at_nought_too(books: Engine) -> None:
    back = (PostingDraft(AccountKey("1000", "NV", "GEN", ANA), 16), PostingDraft(AccountKey("4110", "NV", "GEN"), -16))
    post_draft(books, replace(sale_draft(), postings=back))
    post_draft(books, hours_draft(minutes=30))
    emergency, cost = AccountKey("1000", "NV", "EMF", ANA), AccountKey("6100", "NV", "EMF", ANA)
    post_draft(books, replace(sale_draft(), postings=(PostingDraft(cost, -8), PostingDraft(emergency, 8))))
    with read_books(books, SLUG) as unit:
        mixed = [AccountKey("1000", one, "GEN", ANA) for one in ("EUR", "NV")]
        sums = {emergency: 8, mixed[0]: 300, mixed[1]: 0, cost: -8, time_account(ANA): -30}
        found = owner_balances(unit, ANA)
        assert [row.leaf.chart for row in found] == ["1000", "1000", "1000", "6100", "T2000"]
        assert [row.leaf.fund for row in found] == ["EMF", "GEN", "GEN", "EMF", "TB"]
        assert set(found) == set(rows(unit, list(sums), sums))
        assert (member_minutes(unit, ANA), member_minutes(unit, small_community.BEA)) == (30, -30)


def test_one_balance_is_that_of_its_owner_unit_fund_and_community(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        assert [balance_of(unit, leaf) for leaf, _ in MIXED] == [amount for _, amount in MIXED]
        assert [balance_of(unit, leaf) for leaf in (time_account(ANA), SALES)] == [0, 0]
    with read_books(books, "valley") as unit:
        assert [balance_of(unit, leaf) for leaf in (time_account(ANA), small_community.BANK)] == [-77, 9000]
