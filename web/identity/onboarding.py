"""The first hour: what was filled in on the set-up pages becomes a community with people, offices and opening balances.

Two transactions, each whole or not at all: the community with its link, then everything in its books. Should the
second one fail, the link still knows its community, and the same pages go on from there.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, Engine

from ledger.core.account_roles import BANK, CASH, DESIGNATED_WORTH, GENERAL_WORTH, SAVINGS
from ledger.core.drafts import OPENING, AccountKey, EntryDraft, PostingDraft
from ledger.core.messages import N_
from ledger.core.periods import Month
from ledger.database.unit_of_work import WriteUnit, write_books, write_transaction
from ledger.journal.posting import FORM, Actors, Key, post
from ledger.kinds.equity.opening_balance import OpeningBalance
from ledger.registers import communities, members, roles
from ledger.registers.registry import FUNDS as FUNDS_OF_BOOKS
from web.i18n.translation import gettext, language_scope
from web.identity import links, logins
from web.identity.authentication import LinkGone
from web.identity.links import Link

MONEY_PLACES = {"bank": BANK, "savings": SAVINGS, "cash": CASH}
"""Where money lies on the first day, and its line in the chart."""
FUNDS = {"GEN": GENERAL_WORTH, "EMF": DESIGNATED_WORTH}
"""The funds of the first day, and the line that says whose the money is."""
NARRATION = N_("Opening balances: %(fund)s")


@dataclass(frozen=True, kw_only=True)
class Basics:
    """What a community is called and counts in."""

    name: str
    slug: str
    currency: str
    timezone: str
    language: str
    paper: str
    first_month: int


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What was there on the first day of the books: minor units by fund and place."""

    day: dt.date
    amounts: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Everything that the set-up pages asked for; no basics where the community was made before."""

    basics: Basics | None
    you: str
    others: tuple[str, ...]
    opening: Opening | None


def suggest_slug(name: str) -> str:
    """A name for addresses, from the community's own: `Green Lane` is `green-lane`; empty where nothing fits."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def set_up_community(engine: Engine, link: Link, plan: Plan) -> str:
    """Make what the plan says and give the community's short name; LinkGone when it was made already."""
    with write_transaction(engine) as connection:
        slug = _community(connection, link, plan)
    with write_books(engine, slug) as books:
        _people(books, link, plan)
    return slug


def _community(connection: Connection, link: Link, plan: Plan) -> str:
    if link.community_id is not None:
        return logins.find_slug(connection, link.community_id)
    basics = plan.basics
    if basics is None:
        raise LinkGone
    number = communities.create(
        connection,
        basics.slug,
        basics.name,
        basics.currency,
        basics.timezone,
        language=basics.language,
        paper=basics.paper,
        year_starts=f"{basics.first_month:02d}-01",
    )
    if not links.bind(connection, link.link_id, number):
        raise LinkGone
    return basics.slug


def _people(books: WriteUnit, link: Link, plan: Plan) -> None:
    today = communities.today(books)
    known = {name: members.find_by_name(books, name) for name in (plan.you, *plan.others)}
    joined = _joined(books, plan, today)
    new = [members.NewMember(name=name, joined=joined) for name, number in known.items() if number is None]
    fresh = members.add(books, new, entered_by=communities.OPERATOR) if new else []
    numbers = known | dict(zip((person.name for person in new), fresh, strict=True))
    you = int(numbers[plan.you] or 0)
    if not links.bind(books.connection, link.link_id, books.community_id, you):
        raise LinkGone
    held = roles.roles_held(books, you, today)
    for office in {roles.ORGANISER, roles.TREASURER} - held:
        roles.give(books, office, you, today, entered_by=communities.OPERATOR)
    _open_books(books, link, plan, you)


def _joined(books: WriteUnit, plan: Plan, today: dt.date) -> dt.date:
    """The first day of those who are there from the beginning, so that what they did before the set-up can be told."""
    began = plan.opening.day if plan.opening else first_day_of_year(today, communities.settings(books).first_month)
    return min(began, today)


def _open_books(books: WriteUnit, link: Link, plan: Plan, you: int) -> None:
    if plan.opening is None:
        return
    settings = communities.settings(books)
    communities.change_settings(books, replace(settings, books_began=plan.opening.day), entered_by=you)
    funds = FUNDS_OF_BOOKS.all(books)
    for fund in FUNDS:
        with language_scope(settings.language):
            narration = gettext(NARRATION, fund=funds[fund].name)
        lines = {place: plan.opening.amounts.get((fund, place), 0) for place in MONEY_PLACES}
        draft = draft_opening_entry(plan.opening.day, settings.currency, fund, lines, narration)
        if draft is not None:
            post(books, draft, Actors(entered_by=you), Key(FORM, f"set-up/{link.link_id}/{fund}"))


def draft_opening_entry(
    day: dt.date, currency: str, fund: str, lines: Mapping[str, int], narration: str
) -> EntryDraft | None:
    """The entry that brings a fund's money of the first day into the books; None where there was none."""
    money = [
        PostingDraft(AccountKey(MONEY_PLACES[place], currency, fund), amount)
        for place, amount in lines.items()
        if amount
    ]
    total = sum(line.amount for line in money)
    whose = [PostingDraft(AccountKey(FUNDS[fund], currency, fund), -total)] if total else []
    if not money:
        return None
    return EntryDraft(
        kind=OpeningBalance.slug, family=OPENING, effective_on=day, postings=(*money, *whose), narration=narration
    )


def first_day_of_year(today: dt.date, first_month: int) -> dt.date:
    """The first day of the financial year that a day lies in: where books begin when nothing else is said."""
    month = Month.of(today)
    return month.back((month.month - first_month) % 12).first
