"""The desk in words: what needs someone, what is worth knowing, where money and hours are, what is in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import url_for

from ledger.closing import period_states
from ledger.core.account_roles import MEMBER_TIME, PARTNER_TIME
from ledger.core.periods import Month
from ledger.limits.limit_rules import Limits
from ledger.registers import policies
from reports.indicators.debts import is_unreconciled
from web.i18n import formats
from web.i18n.translation import gettext, ngettext
from web.identity.permissions import CHECKER, TREASURER
from web.pages.desk.alerts_view import LOOKS, is_planned, others_payments, unexplained
from web.pages.desk.desk_context import DeskContext
from web.shared.components import ActionItem, Cell, Column, Row, StatusBadge, Table, TextOrCell, single_group
from web.shared.labels import PURPOSES
from web.shared.limits_text import past_limits_text


@dataclass(frozen=True, kw_only=True)
class Page:
    """The desk, worded."""

    side: str
    heading: str
    needs: tuple[ActionItem, ...]
    known: tuple[Row, ...]
    money: Table | None
    hours: str
    fine: tuple[StatusBadge, ...]


def page(desk: DeskContext) -> Page:
    """Everything on the desk, from one snapshot."""
    looked = [(look, tuple(look(desk)), fine) for look, fine in LOOKS]
    needs = tuple(step for _, steps, _ in looked for step in steps)
    month = formats.month(desk.month.first)
    silent = () if is_planned(desk) else (unexplained,)
    rows = (
        *others_payments(desk),
        _talks(desk),
        *_partners(desk),
        _pot(desk),
        _open_months(desk),
        *_unread_places(desk),
    )
    heading = ngettext("%(count)s thing needs you.", "%(count)s things need you.", len(needs))
    return Page(
        side=formats.day_in_full(desk.today),
        heading=heading if needs else gettext("Nothing waits for you."),
        needs=needs,
        known=tuple(row for row in rows if row),
        money=_money(desk),
        hours=_hours(desk),
        fine=tuple(
            StatusBadge(gettext(fine, month=month), "done")
            for look, steps, fine in looked
            if not steps and look not in silent
        ),
    )


def _talks(desk: DeskContext) -> Row | None:
    """Members beyond the limits at which one talks; few of them are only said to be some."""
    beyond = [owner for owner in desk.past_talk_level if owner.kind != "peer"]
    if not beyond:
        return None
    note = gettext("A talk helps: what could they give, or ask for? Nothing is refused.")
    href = url_for("limits.show", slug=desk.visitor.slug)
    return Row(text=past_limits_text(len(beyond), policies.get(desk.books, "privacy.k_members")), note=note, href=href)


def _partners(desk: DeskContext) -> list[Row]:
    """Partner communities beyond what was agreed with them."""
    return [
        Row(
            text=gettext(
                "Hours with a partner are past what was agreed: %(name)s", name=desk.labels.person(one.party_id)
            ),
            note=gettext("Settle some of them together, or agree on more."),
            href=desk.account(PARTNER_TIME, "TB"),
        )
        for one in desk.past_talk_level
        if one.kind == "peer"
    ]


def _pot(desk: DeskContext) -> Row | None:
    """The community's pot below its level."""
    rule = Limits.of(desk.books).pot
    minutes = desk.pot_minutes
    if rule.talk_low_minutes is None or minutes >= rule.talk_low_minutes:
        return None
    text = gettext(
        "The community’s pot has promised %(hours)s more than it holds", hours=formats.hours_in_words(minutes)
    )
    note = gettext("Bring it to the assembly: more gifts of hours, or less work for the pot.")
    return Row(text=text, note=note, href=url_for("limits.show", slug=desk.visitor.slug))


def _open_months(desk: DeskContext) -> Row | None:
    """Months that are over and not closed."""
    count = len(period_states.open_months_before(desk.books, Month.of(desk.today)))
    if not count:
        return None
    text = ngettext("%(count)s month is over and not closed", "%(count)s months are over and not closed", count)
    note = gettext("Their figures may still move. Look through each month’s report, then close it.")
    return Row(text=text, note=note, href=url_for("months.show", slug=desk.visitor.slug))


def _unread_places(desk: DeskContext) -> list[Row]:
    """Bank accounts and cash boxes that nobody compared with a statement for the last month."""
    last = desk.month.last
    late = [place for place in desk.data.registers.places if is_unreconciled(desk.data, place, last)]
    return [
        Row(
            text=gettext("Not compared with a statement: %(place)s", place=place.name),
            note=gettext("For %(month)s.", month=formats.month(last)),
            href=desk.account(place.account, place.funds[0] if place.funds else "GEN"),
        )
        for place in late
    ]


def _money(desk: DeskContext) -> Table | None:
    """Money at hand by fund, and how much of it is free."""
    at_hand: Counter[str] = Counter()
    for row in desk.rows:
        account = desk.labels.accounts.get(row.leaf.chart)
        if account is not None and account.cash and row.leaf.unit == desk.data.currency:
            at_hand[row.leaf.fund] += row.balance
    if not at_hand:
        return None
    unit, funds = desk.data.currency, desk.labels.funds
    free = sum(amount for code, amount in at_hand.items() if code in funds and funds[code].class_.endswith("-general"))
    total = formats.amount(sum(at_hand.values()), unit)
    columns = [Column(label=gettext("Fund")), Column(label=gettext("For"), wide=True)]
    listed = [code for code in funds if code in at_hand]
    return Table(
        caption=gettext("Money at hand by fund, %(unit)s", unit=unit),
        columns=[*columns, Column(label=gettext("At hand"), numeric=True)],
        groups=single_group([_fund(desk, code, formats.amount(at_hand[code], unit)) for code in listed]),
        totals=[[gettext("Together"), "", total]],
        sentence=gettext(
            "Of %(total)s at hand, %(free)s is free for the assembly to decide on.",
            total=total,
            free=formats.amount(free, unit),
        ),
    )


def _fund(desk: DeskContext, code: str, amount: str) -> list[TextOrCell]:
    may = desk.visitor.may(TREASURER, CHECKER)
    href = url_for("entries.show_all", slug=desk.visitor.slug, fund=code) if may else None
    purpose = PURPOSES.get(desk.labels.funds[code].class_)
    return [Cell(text=desk.labels.fund(code), href=href), gettext(purpose) if purpose else "", amount]


def _hours(desk: DeskContext) -> str:
    """The hours that members hold: help that the community has promised."""
    held = -sum(row.balance for row in desk.rows if row.leaf.chart == MEMBER_TIME)
    return formats.hours_in_words(held) if held > 0 else ""
