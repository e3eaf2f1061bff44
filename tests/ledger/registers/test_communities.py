"""Founding a community: everything that it needs from the start stands in its chain."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine, select

from ledger.checks import verify
from ledger.core.errors import CommunityExists, FieldWrong
from ledger.database.unit_of_work import WriteUnit, read_books, read_transaction, write_books, write_transaction
from ledger.models import period, unit
from ledger.registers import communities, policies
from ledger.registers.communities import OPERATOR
from ledger.registers.registry import ACCOUNTS, FUNDS
from tests.communities import small_community
from tests.communities.small_community import SLUG


def test_a_new_community_has_its_chart_funds_units_months_and_policies(engine: Engine) -> None:
    small_community.create_empty(engine)
    with read_books(engine, SLUG) as books:
        chart, today = ACCOUNTS.all(books), communities.today(books)
        assert len(chart) == 97
        assert (chart["1000"].name, chart["1000"].unit, chart["T2000"].unit) == ("Bank current", "EUR", "min")
        assert list(FUNDS.all(books)) == ["GEN", "EMF", "TB", "BAR"]
        assert policies.get_all(books) == policies.DEFAULTS
        months = books.connection.scalars(select(period.c.period_id)).all()
        assert sorted(months) == [today.year * 100 + month for month in range(1, 13)]
        units = books.connection.execute(select(unit.c.code, unit.c.kind, unit.c.scale)).all()
        assert set(units) == {("EUR", "money", 2), ("min", "time", 0), ("NV", "value", 2)}
        assert verify(books).findings == ()


def test_two_communities_stand_side_by_side(engine: Engine) -> None:
    small_community.create_empty(engine)
    small_community.create_empty(engine, "thorp", currency="JPY")
    with read_transaction(engine) as connection:
        assert communities.slugs(connection) == [SLUG, "thorp"]
        assert (communities.find(connection, "thorp"), communities.find(connection, "nowhere")) == (2, None)
    with read_books(engine, "thorp") as books:
        assert communities.settings(books).currency == "JPY"
        assert verify(books).findings == ()


def test_a_short_name_belongs_to_one_community(engine: Engine) -> None:
    small_community.create_empty(engine)
    with pytest.raises(CommunityExists, match=SLUG):
        small_community.create_empty(engine)


WRONG = {
    "slug": {"slug": "Green Lane"},
    "name": {"name": "  "},
    "currency": {"currency": "euro"},
    "timezone": {"timezone": "Mars/Crater"},
    "year_starts": {"year_starts": "04-15"},
    "paper": {"paper": "a5"},
}


@pytest.mark.parametrize(("field", "answer"), WRONG.items())
def test_what_cannot_be_understood_is_refused_by_field(
    sqlite_engine: Engine, field: str, answer: dict[str, str]
) -> None:
    said = {"slug": "lane", "name": "Lane", "currency": "EUR", "timezone": "UTC"} | answer
    with pytest.raises(FieldWrong) as refusal, write_transaction(sqlite_engine) as connection:
        communities.create(connection, **said)
    assert refusal.value.field == field
    with read_transaction(sqlite_engine) as connection:
        assert communities.slugs(connection) == []


def test_today_is_the_communitys_own_date(engine: Engine) -> None:
    for slug, zone in (("east", "Pacific/Kiritimati"), ("west", "Pacific/Pago_Pago")):
        small_community.create_empty(engine, slug, zone)
    with read_books(engine, "east") as east:
        early = communities.today(east)
    with read_books(engine, "west") as west:
        assert early - communities.today(west) in (dt.timedelta(days=1), dt.timedelta(days=2))


def change(unit: WriteUnit, **said: object) -> int | None:
    wanted = replace(communities.settings(unit), **said)  # type: ignore[arg-type]  # any field
    return communities.change_settings(unit, wanted, entered_by=OPERATOR)


def test_settings_change_from_now_on(engine: Engine) -> None:
    small_community.create_empty(engine)
    with write_books(engine, SLUG) as unit:
        before = unit.head.seq
        change(unit, name="Small  Green", year_starts="04-01", books_began=dt.date(2026, 4, 1))
        assert change(unit) is None
    with read_books(engine, SLUG) as books:
        assert communities.settings(books).name == "Small Green"
        assert communities.settings(books).first_month == 4
    with read_books(engine, SLUG, before) as books:
        assert communities.settings(books).name == "Small"


def test_books_keep_the_currency_that_they_are_kept_in(sqlite_engine: Engine) -> None:
    small_community.create_empty(sqlite_engine)
    with pytest.raises(FieldWrong, match="EUR"), write_books(sqlite_engine, SLUG) as unit:
        change(unit, currency="GBP")


def test_a_policy_is_chosen_from_now_on(engine: Engine) -> None:
    small_community.create_empty(engine)
    with write_books(engine, SLUG) as unit:
        before = unit.head.seq
        policies.set_values(unit, {"privacy.k_members": 7, "house.quiet_hours": "22-7"}, entered_by=OPERATOR)
        assert policies.set_values(unit, {"privacy.k_members": 7}, entered_by=OPERATOR) is None
    with read_books(engine, SLUG) as books:
        assert (policies.get(books, "privacy.k_members"), policies.get(books, "house.quiet_hours")) == (7, "22-7")
    with read_books(engine, SLUG, before) as books:
        assert (policies.get(books, "privacy.k_members"), policies.get(books, "house.quiet_hours")) == (5, None)


def test_without_settings_of_its_own_a_community_is_called_by_its_short_name(sqlite_engine: Engine) -> None:

    small_community.create_bare(sqlite_engine)
    with read_books(sqlite_engine, SLUG) as books:
        assert communities.settings(books).name == SLUG
        assert policies.get(books, "privacy.k_public") == 10
