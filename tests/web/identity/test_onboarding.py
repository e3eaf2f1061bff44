"""A set-up becomes a community with people, offices and opening balances, once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine

from ledger import checks
from ledger.core.drafts import AccountKey
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import read_books, read_transaction, write_transaction
from ledger.journal import balances
from ledger.registers import communities, members, roles
from web import identity
from web.identity import links
from web.identity.authentication import LinkGone
from web.identity.links import Link
from web.identity.onboarding import Basics, Opening, Plan, first_day_of_year, set_up_community, suggest_slug

LANE = Basics(
    name="Green Lane",
    slug="green-lane",
    currency="EUR",
    timezone="Europe/Athens",
    language="en",
    paper="a4",
    first_month=4,
)
FIRST = dt.date(2026, 4, 1)
MONEY = {("GEN", "bank"): 125_000, ("GEN", "cash"): 4_050, ("EMF", "savings"): 30_000}
PLAN = Plan(basics=LANE, you="Mia", others=("Noor", "Ola"), opening=Opening(day=FIRST, amounts=MONEY))


@pytest.fixture
def link(engine: Engine) -> Callable[[], Link]:
    token = identity.make_setup_link(engine).path.rpartition("/")[2]

    def found_again() -> Link:
        with read_transaction(engine) as connection:
            known = links.find(connection, token)
        assert known is not None
        return known

    return found_again


def test_everything_in_the_plan_stands_in_the_books(engine: Engine, link: Callable[[], Link]) -> None:
    assert set_up_community(engine, link(), PLAN) == "green-lane"
    with read_books(engine, "green-lane") as books:
        today = communities.today(books)
        people = {member.name: number for number, member in members.get_all(books).items()}
        assert roles.roles_held(books, people["Mia"], today) == {"member", "organiser", "treasurer"}
        assert roles.roles_held(books, people["Noor"], today) == {"member"}
        settings = communities.settings(books)
        assert (settings.name, settings.year_starts, settings.books_began) == ("Green Lane", "04-01", FIRST)
        leaves = [("1000", "GEN"), ("1020", "GEN"), ("3030", "GEN"), ("1010", "EMF"), ("3040", "EMF")]
        amounts = [balances.balance_of(books, AccountKey(chart, "EUR", fund)) for chart, fund in leaves]
        assert amounts == [125_000, 4_050, -129_050, 30_000, -30_000]
        assert checks.verify(books).ok


@pytest.mark.parametrize("opening", [PLAN.opening, None])
def test_people_of_the_first_hour_belong_to_the_books_from_their_first_day(
    engine: Engine, link: Callable[[], Link], opening: Opening | None
) -> None:
    set_up_community(engine, link(), replace(PLAN, opening=opening))
    with read_books(engine, "green-lane") as books:
        first = FIRST if opening else first_day_of_year(communities.today(books), LANE.first_month)
        assert {member.joined for member in members.get_all(books).values()} == {first}


def test_the_link_then_asks_how_its_person_signs_in(engine: Engine, link: Callable[[], Link]) -> None:
    set_up_community(engine, link(), PLAN)
    with read_books(engine, "green-lane") as books:
        (mia,) = (number for number, member in members.get_all(books).items() if member.name == "Mia")
    assert (link().purpose, link().party_id) == (links.SET_UP, mia)


def test_a_set_up_sent_twice_is_made_once(engine: Engine, link: Callable[[], Link]) -> None:
    before = link()
    set_up_community(engine, before, PLAN)
    for again in (before, link()):
        with pytest.raises(LedgerError):
            set_up_community(engine, again, PLAN)
    with read_transaction(engine) as connection:
        assert communities.slugs(connection) == ["green-lane"]


def test_a_set_up_sent_by_many_at_once_is_made_once(engine: Engine, link: Callable[[], Link]) -> None:
    ours = link()

    def attempt(number: int) -> bool:
        try:
            set_up_community(engine, ours, replace(PLAN, basics=replace(LANE, slug=f"lane-{number}")))
        except LedgerError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(attempt, range(4))) == [False, False, False, True]
    with read_transaction(engine) as connection:
        assert len(communities.slugs(connection)) == 1


def test_a_set_up_cut_short_goes_on_from_the_community(engine: Engine, link: Callable[[], Link]) -> None:
    with pytest.raises(LedgerError):
        set_up_community(engine, link(), replace(PLAN, you=""))
    assert link().community_id is not None
    assert set_up_community(engine, link(), replace(PLAN, basics=None)) == "green-lane"
    with read_books(engine, "green-lane") as books:
        assert len(members.get_all(books)) == 3


def test_people_who_stand_in_the_books_already_are_not_added_again(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        communities.create(connection, "willow", "Willow", "EUR", "Europe/Athens")
    for _ in range(2):
        token = identity.make_setup_link(engine, "willow").path.rpartition("/")[2]
        with read_transaction(engine) as connection:
            ours = links.find(connection, token)
        assert ours is not None
        set_up_community(engine, ours, Plan(basics=None, you="Mia", others=("Noor",), opening=None))
    with read_books(engine, "willow") as books:
        assert [member.name for member in members.get_all(books).values()] == ["Mia", "Noor"]


def test_a_bank_in_the_red_and_cash_that_evens_it_out_stand_as_they_are(
    engine: Engine, link: Callable[[], Link]
) -> None:
    amounts = {("GEN", "bank"): -5_000, ("GEN", "cash"): 5_000}
    set_up_community(engine, link(), replace(PLAN, opening=Opening(day=FIRST, amounts=amounts)))
    with read_books(engine, "green-lane") as books:
        assert balances.balance_of(books, AccountKey("1000", "EUR", "GEN")) == -5_000
        assert balances.balance_of(books, AccountKey("3030", "EUR", "GEN")) == 0


def test_a_link_for_a_community_that_is_not_there_is_refused(engine: Engine) -> None:
    with pytest.raises(LedgerError):
        identity.make_setup_link(engine, "nowhere")


def test_a_plan_without_a_community_founds_nothing(engine: Engine, link: Callable[[], Link]) -> None:
    with pytest.raises(LinkGone):
        set_up_community(engine, link(), replace(PLAN, basics=None))


@pytest.mark.parametrize(
    ("name", "short"),
    [("Green Lane", "green-lane"), ("Änderung & Co.", "anderung-co"), ("ウィロー", ""), ("x" * 50, "x" * 40)],
)
def test_a_name_gives_a_short_name_for_addresses(name: str, short: str) -> None:
    assert suggest_slug(name) == short


def test_books_begin_with_the_financial_year() -> None:
    assert [first_day_of_year(dt.date(2026, 3, 15), month) for month in (1, 3, 4)] == [
        dt.date(2026, 1, 1),
        dt.date(2026, 3, 1),
        dt.date(2025, 4, 1),
    ]
