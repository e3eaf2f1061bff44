"""What kinds and rules are told by the books themselves, on both engines."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.chain import hashing
from ledger.core.drafts import AccountKey
from ledger.core.errors import UnknownMember
from ledger.core.messages import Message, make_message
from ledger.database.unit_of_work import read_books, write_books
from ledger.kinds.books_view import BooksView
from ledger.registers import communities, members, store
from ledger.registers.communities import OPERATOR
from ledger.registers.plan_records import Grant
from ledger.registers.records import PolicyException
from ledger.registers.registry import EXCEPTIONS, GRANTS
from ledger.rules.books_view import BooksLookup
from tests.communities.small_community import ANA, BEA, DEE, ELI, SLUG, SmallCommunity


def test_books_answer_from_the_registers(community: SmallCommunity) -> None:
    with read_books(community.engine, SLUG) as uow:
        books: BooksView = BooksLookup(uow)
        assert books.today == community.today == communities.today(uow)
        assert books.currency == "EUR"
        assert books.policy("time.late_claim_days") == 60
        assert books.policy("gov.two_people_from") == 5000
        assert books.name(ANA) == "Ana"
        assert books.has_decision("A-01")
        assert not books.has_decision("A-99")
        account, fund, programme = books.find_account("1000"), books.find_fund("GRN"), books.find_programme("PEER")
    assert account is not None
    assert account.cash
    assert fund is not None
    assert fund.class_ == "restricted"
    assert programme is not None
    assert programme.private


def test_books_know_nobody_who_is_not_there(community: SmallCommunity) -> None:
    with read_books(community.engine, SLUG) as uow, pytest.raises(UnknownMember):
        BooksLookup(uow).name(99)
    with read_books(community.engine, SLUG) as uow:
        books = BooksLookup(uow)
        assert (books.find_account("9"), books.find_fund("X"), books.find_programme("X")) == (None, None, None)
        assert books.household(99) is None


def test_books_know_who_takes_part_and_with_which_office(community: SmallCommunity) -> None:
    with write_books(community.engine, SLUG) as unit:
        home = members.add_party(unit, "household", "Lower Lane 3", entered_by=OPERATOR)
        shop = members.add_party(unit, "outside", "Restaurant", entered_by=OPERATOR)
    with read_books(community.engine, SLUG) as uow:
        books = BooksLookup(uow)
        assert books.roles(ANA, community.today) == {"member", "organiser"}
        assert books.roles(ELI, community.today) == {"member"}
        assert books.roles(OPERATOR, community.today) == {"operator"}
        assert books.roles(shop, community.today) == frozenset()
        assert books.keepers("GARDEN", community.today) == {DEE}
        assert books.holders(frozenset({"treasurer", "organiser"}), community.today) == {ANA, BEA}
        assert books.holders(frozenset({"treasurer"}), dt.date(2020, 1, 1)) == frozenset()
        assert books.keepers("HOME", community.today) == frozenset()
        assert books.enrolled(community.today) == set(range(ANA, ELI + 1))
        assert books.enrolled(dt.date(2020, 1, 1)) == frozenset()
        assert books.household(ANA) is None
        assert [books.takes_part(one, community.today) for one in (ANA, home, shop, OPERATOR, 99)] == [
            True,
            True,
            False,
            False,
            False,
        ]
        assert not books.takes_part(ANA, dt.date(2020, 1, 1))
        assert [books.joined(one) is not None for one in (ANA, home)] == [True, False]


def test_books_add_up_what_a_fund_holds(community: SmallCommunity) -> None:
    community.donate("TNK", 9000)
    community.record("purchase", BEA, what="Pipe", amount=2000, fund="TNK", account="6300")
    with read_books(community.engine, SLUG) as uow:
        books = BooksLookup(uow)
        assert books.held("TNK") == 7000
        assert books.held("GEN") == 0
        assert books.balance(AccountKey("1000", "EUR", "TNK")) == 9000


def test_the_last_day_of_a_fund_is_that_of_its_latest_grant(community: SmallCommunity) -> None:
    later = community.today + dt.timedelta(30)
    with write_books(community.engine, SLUG) as unit:
        assert BooksLookup(unit).deadline("GRN") == community.today
        assert BooksLookup(unit).deadline("GEN") is None
        changes = [GRANTS.change(Grant(document="grant-02", fund="GRN", deadline=later))]
        store.write(unit, changes, entered_by=OPERATOR)
        assert BooksLookup(unit).deadline("GRN") == later
        store.write(unit, [GRANTS.change(Grant(document="grant-03", fund="GRN"))], entered_by=OPERATOR)
        assert BooksLookup(unit).deadline("GRN") is None


def test_a_policy_is_set_aside_for_a_time(community: SmallCommunity) -> None:
    policy, today = "fund.restricted_negative", community.today
    until = PolicyException(from_=today, to=today, policy=policy, fund="GRN")
    always = PolicyException(from_=today, to=None, policy=policy, fund="TNK")
    with write_books(community.engine, SLUG) as unit:
        store.write(unit, [EXCEPTIONS.change(one) for one in (until, always)], entered_by=OPERATOR)
        books, later = BooksLookup(unit), today + dt.timedelta(1)
        days = (community.ago(1), today, later)
        assert [books.is_excepted(policy, "GRN", day) for day in days] == [False, True, False]
        assert [books.is_excepted(policy, "TNK", day) for day in days] == [False, True, True]
        assert not books.is_excepted(policy, "GEN", today)


def test_a_closed_month_is_not_open(community: SmallCommunity) -> None:
    day = community.ago(40)
    with write_books(community.engine, SLUG) as unit:
        assert BooksLookup(unit).is_open(day)
        assert BooksLookup(unit).is_open(dt.date(1999, 1, 1))
    community.record("hours", BEA, helpers=(ANA,), receiver=BEA, minutes=5, day=day)
    with write_books(community.engine, SLUG) as unit:
        hashing.append_act(unit, "close", entered_by=BEA, facts={}, period_id=day.year * 100 + day.month)
        assert not BooksLookup(unit).is_open(day)


def test_narrations_are_finished_in_the_communitys_language(community: SmallCommunity) -> None:
    def german(message: Message) -> str:
        return {"Gift of money": "Geldgeschenk"}[message.text]

    with read_books(community.engine, SLUG) as uow:
        assert BooksLookup(uow, german).words(make_message("Gift of money")) == "Geldgeschenk"
        assert BooksLookup(uow).words(make_message("Gift of money")) == "Gift of money"
