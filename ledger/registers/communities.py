"""Communities: founding one with its chart, funds and policies, and what it says of itself."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import uuid_utils
from sqlalchemy import Connection, func, insert, select

from ledger.chain import hashing
from ledger.chain.record_acts import NameRow, NewIdentities, record
from ledger.core import amounts
from ledger.core.errors import CommunityExists, FieldWrong, LedgerError
from ledger.core.messages import N_, make_message
from ledger.core.periods import Month, financial_year
from ledger.core.text import normalize_name
from ledger.database.unit_of_work import UnitOfWork, WriteUnit, open_for_writing, set_community
from ledger.models import chain_head, community
from ledger.registers import policies, store
from ledger.registers.codec import record_of
from ledger.registers.records import Account, CommunitySettings, Fund, Policy
from ledger.registers.registry import ACCOUNTS, COMMUNITY, FUNDS, POLICIES
from ledger.registers.store import Change

COMMUNITY_PARTY, OPERATOR = 0, 1
"""The community itself as an owner, and the person at the command line: never anyone's second person."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)
_YEAR_STARTS = re.compile(r"(0[1-9]|1[0-2])-01", re.ASCII)
_LONGEST_SLUG = 40
_WRONG = {
    "slug": N_("A short name is made of small letters, digits and single hyphens, such as green-lane."),
    "currency": N_("A currency is written by its three letters, such as EUR."),
    "timezone": N_("A time zone is written like Europe/Athens."),
    "year_starts": N_("The financial year begins on the first day of a month, written 01-01 or 04-01."),
    "paper": N_("Paper is a4 or letter."),
}
START_FUNDS = (
    Fund(code="GEN", name=N_("General"), class_="unrestricted-general", essential=True, order=1),
    Fund(code="EMF", name=N_("Emergency"), class_="unrestricted-designated", order=2),
    Fund(code="TB", name=N_("Time bank"), class_="time", order=8),
    Fund(code="BAR", name=N_("Barter"), class_="barter", order=9),
)
"""The funds that every community begins with."""


def create(
    connection: Connection,
    slug: str,
    name: str,
    currency: str,
    timezone: str,
    *,
    language: str = "en",
    paper: str = "a4",
    year_starts: str = "01-01",
    uid: str | None = None,
) -> int:
    """Found a community: its books, chart of accounts, first funds, policies and this year's months; its number.

    Raises CommunityExists, or FieldWrong for what cannot be understood.
    """
    settings = validate_settings(
        CommunitySettings(
            name=name, currency=currency, timezone=timezone, language=language, paper=paper, year_starts=year_starts
        )
    )
    _check("slug", bool(_SLUG.fullmatch(slug)) and len(slug) <= _LONGEST_SLUG)
    if find(connection, slug) is not None:
        raise CommunityExists(make_message("There is a community named “%(slug)s” here already.", slug=slug))
    number = 1 + (connection.scalar(select(func.max(community.c.community_id))) or 0)
    uid = uid or str(uuid_utils.uuid7())
    set_community(connection, number)
    connection.execute(insert(community), {"community_id": number, "uid": uid, "slug": slug})
    if connection.scalar(select(chain_head.c.seq).where(chain_head.c.community_id == number)) is None:
        connection.execute(insert(chain_head), {"community_id": number, "hash": hashing.genesis_hash(uid)})
    _furnish(open_for_writing(connection, slug), settings)
    return number


def _furnish(writing: WriteUnit, settings: CommunitySettings) -> None:
    chart = default_chart(settings.currency)
    codes = (settings.currency, amounts.MINUTES, amounts.BARTER_VALUE)
    changes: list[Change] = [COMMUNITY.change(settings)]
    changes += [ACCOUNTS.change(line) for line in chart] + [FUNDS.change(fund) for fund in START_FUNDS]
    changes += [POLICIES.change(Policy(value=value), key) for key, value in policies.DEFAULTS.items()]
    year = financial_year(Month.of(_today(writing.now, settings)), settings.first_month)
    opens = NewIdentities(
        parties=[(COMMUNITY_PARTY, "community"), (OPERATOR, "system")],
        units=[(code, amounts.kind_of(code), amounts.scale_of(code)) for code in codes],
        funds=[fund.code for fund in START_FUNDS],
        chart_lines=[(line.code, line.kind.upper()) for line in chart],
        periods=[month.id for month in year.months()],
    )
    names = [NameRow(COMMUNITY_PARTY, "name", settings.name)]
    record(writing, entered_by=OPERATOR, opens=opens, names=names, rows=changes)


def validate_settings(settings: CommunitySettings) -> CommunitySettings:
    """The settings with a clean name; FieldWrong for what cannot be understood."""
    try:
        name = normalize_name(settings.name)
    except LedgerError as refusal:
        raise FieldWrong("name", refusal.message) from refusal
    _check("currency", bool(_CURRENCY.fullmatch(settings.currency)))
    _check("timezone", settings.timezone in available_timezones())
    _check("year_starts", bool(_YEAR_STARTS.fullmatch(settings.year_starts)))
    _check("paper", settings.paper in ("a4", "letter"))
    return replace(settings, name=name)


def _check(field: str, fits: bool) -> None:
    if not fits:
        raise FieldWrong(field, make_message(_WRONG[field]))


def default_chart(currency: str) -> list[Account]:
    """The chart of accounts that a community begins with, its money accounts in its own currency."""
    lines = json.loads(Path(__file__).with_name("default_chart.json").read_text(encoding="utf-8"))
    money = {"money": currency}
    return [record_of(Account, line | {"unit": money.get(line["unit"], line["unit"])}) for line in lines]


def find(connection: Connection, slug: str) -> int | None:
    """The number of the community with a short name; None where there is none."""
    return connection.scalar(select(community.c.community_id).where(community.c.slug == slug))


def slugs(connection: Connection) -> list[str]:
    """The short names of every community here, in their order of founding."""
    return list(connection.scalars(select(community.c.slug).order_by(community.c.community_id)))


def settings(uow: UnitOfWork) -> CommunitySettings:
    """What the community says of itself, as it stood at the head of the unit of work."""
    found = COMMUNITY.get(uow, "settings")
    return found or CommunitySettings(name=uow.slug, currency="EUR", timezone="UTC")


def validate_change(uow: UnitOfWork, wanted: CommunitySettings) -> CommunitySettings:
    """Settings that these books can take on; FieldWrong for another currency, for the books are kept in theirs."""
    wanted = validate_settings(wanted)
    currency = settings(uow).currency
    if wanted.currency != currency:
        raise FieldWrong("currency", make_message("These books are kept in %(currency)s.", currency=currency))
    return wanted


def change_settings(writing: WriteUnit, wanted: CommunitySettings, *, entered_by: int) -> int | None:
    """Change what the community says of itself from now on."""
    wanted = validate_change(writing, wanted)
    names = [NameRow(COMMUNITY_PARTY, "name", wanted.name)]
    return store.write(writing, [COMMUNITY.change(wanted)], names, entered_by=entered_by)


def today(uow: UnitOfWork) -> dt.date:
    """The community's date: the database's clock, in the community's time zone."""
    return _today(uow.clock(), settings(uow))


def _today(instant: str, zone: CommunitySettings) -> dt.date:
    return dt.datetime.fromisoformat(instant).astimezone(ZoneInfo(zone.timezone)).date()
