"""Sets up a community from the answers of the set-up pages: its people, offices and opening balances.

Two transactions: first the community, bound to its link, then everything in its books. If the second fails, the link
leads to the same community again and the set-up continues from there.
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
from ledger.registers import communities, members, registry, roles
from web.i18n.translation import gettext, language_scope
from web.identity import links, logins
from web.identity.authentication import LinkGone
from web.identity.links import Link

MONEY_PLACES = {"bank": BANK, "savings": SAVINGS, "cash": CASH}
"""Where money is kept on the first day, and its line in the chart of accounts."""
FUNDS = {"GEN": GENERAL_WORTH, "EMF": DESIGNATED_WORTH}
"""The funds of the first day, and their line of net assets in the chart of accounts."""
NARRATION = N_("Opening balances: %(fund)s")


@dataclass(frozen=True, kw_only=True)
class Basics:
    """A new community's name, currency, time zone, language and financial year."""

    name: str
    slug: str
    currency: str
    timezone: str
    language: str
    paper: str
    first_month: int


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The opening balances on the first day of the books: minor units by fund and place of money."""

    day: dt.date
    amounts: Mapping[tuple[str, str], int] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All answers of the set-up pages; `basics` is None if the community exists already."""

    basics: Basics | None
    you: str
    others: tuple[str, ...]
    opening: Opening | None


def suggest_slug(name: str) -> str:
    """A slug from a community's name: `Green Lane` is `green-lane`; empty if no letter or digit is left."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:40].strip("-")


def set_up_community(engine: Engine, link: Link, plan: Plan) -> str:
    """Create what the plan says; returns the community's slug. LinkGone if it was created already."""
    with write_transaction(engine) as connection:
        slug = _create_community(connection, link, plan)
    with write_books(engine, slug) as books:
        _add_people(books, link, plan)
    return slug


def _create_community(connection: Connection, link: Link, plan: Plan) -> str:
    if link.community_id is not None:
        return logins.find_slug(connection, link.community_id)
    basics = plan.basics
    if basics is None:
        raise LinkGone
    community_id = communities.create(
        connection,
        basics.slug,
        basics.name,
        basics.currency,
        basics.timezone,
        language=basics.language,
        paper=basics.paper,
        year_starts=f"{basics.first_month:02d}-01",
    )
    if not links.bind(connection, link.link_id, community_id):
        raise LinkGone
    return basics.slug


def _add_people(books: WriteUnit, link: Link, plan: Plan) -> None:
    today = communities.today(books)
    party_ids = {name: members.find_by_name(books, name) for name in (plan.you, *plan.others)}
    joining_day = _joining_day(books, plan, today)
    new_members = [
        members.NewMember(name=name, joined=joining_day) for name, number in party_ids.items() if number is None
    ]
    new_ids = members.add(books, new_members, entered_by=communities.OPERATOR) if new_members else []
    all_ids = party_ids | dict(zip((person.name for person in new_members), new_ids, strict=True))
    you = int(all_ids[plan.you] or 0)
    if not links.bind(books.connection, link.link_id, books.community_id, you):
        raise LinkGone
    held_roles = roles.roles_held(books, you, today)
    for office in {roles.ORGANISER, roles.TREASURER} - held_roles:
        roles.give(books, office, you, today, entered_by=communities.OPERATOR)
    _post_opening_balances(books, link, plan, you)


def _joining_day(books: WriteUnit, plan: Plan, today: dt.date) -> dt.date:
    """The joining day of the first members: early enough to record what they did before the set-up."""
    began = plan.opening.day if plan.opening else first_day_of_year(today, communities.settings(books).first_month)
    return min(began, today)


def _post_opening_balances(books: WriteUnit, link: Link, plan: Plan, you: int) -> None:
    if plan.opening is None:
        return
    settings = communities.settings(books)
    communities.change_settings(books, replace(settings, books_began=plan.opening.day), entered_by=you)
    funds = registry.FUNDS.all(books)
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
    """The opening entry of a fund's money; None if it has none."""
    money_lines = [
        PostingDraft(AccountKey(MONEY_PLACES[place], currency, fund), amount)
        for place, amount in lines.items()
        if amount
    ]
    total = sum(posting.amount for posting in money_lines)
    net_asset_lines = [PostingDraft(AccountKey(FUNDS[fund], currency, fund), -total)] if total else []
    if not money_lines:
        return None
    return EntryDraft(
        kind=OpeningBalance.slug,
        family=OPENING,
        effective_on=day,
        postings=(*money_lines, *net_asset_lines),
        narration=narration,
    )


def first_day_of_year(today: dt.date, first_month: int) -> dt.date:
    """The first day of a day's financial year; books begin there unless another day is given."""
    month = Month.of(today)
    return month.back((month.month - first_month) % 12).first
