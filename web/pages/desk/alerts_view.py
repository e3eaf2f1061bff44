"""What needs someone's attention, one check after another; each leads to where it can be dealt with. Nothing nags."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from flask import url_for

from ledger.closing import reopen
from ledger.core.messages import N_
from ledger.core.periods import year_to_date
from ledger.registers import roles
from ledger.registers.records import RoleTerm
from ledger.rules.funds import PURPOSEFUL
from ledger.workflow.claims import Claim
from ledger.workflow.courses import YEAR_CLOSE
from reports.tables.variance import VariancePart, variance_notes, variance_parts
from web.i18n import formats
from web.i18n.translation import gettext, ngettext
from web.identity.permissions import CHECKER, OFFICE_NAMES, ORGANISER, TREASURER
from web.pages.confirmations.approval_view import may_see
from web.pages.desk.desk_context import DeskContext
from web.pages.desk.operations_view import stopped, unfinished
from web.shared.components import ActionItem, Link, Row, StatusBadge
from web.shared.labels import kind_title
from web.shared.posting_table import amounts_text, recorded_at_text

PAYMENT = "payment"
OLD_CLAIM_DAYS = 14
"""After so many days a claim is worth a word with whoever it waits for."""
ROLE_DAYS = 60
"""So many days before its end, and after it, a term of office is spoken of."""

OVER, SOON = N_("An office has ended: %(office)s"), N_("An office ends soon: %(office)s")


def _link(label: str, href: str | None) -> Link | None:
    return Link(label=label, href=href) if href else None


def payments(desk: DeskContext) -> Iterable[ActionItem]:
    """Payments that wait for the visitor's yes."""
    for claim in _payments(desk, mine=True):
        told = {"kind": kind_title(claim.slug), "when": recorded_at_text(claim.opened_at)}
        yield ActionItem(
            title=gettext("A payment waits for your yes: %(amount)s", amount=_amount(claim)),
            chip=StatusBadge(gettext("for you to answer"), "ask"),
            text=gettext("%(kind)s. Written down: %(when)s", **told),
            link=_link(gettext("Look at it"), url_for("desk.claim", slug=desk.visitor.slug, number=claim.agreement_id)),
        )


def reopenings(desk: DeskContext) -> Iterable[ActionItem]:
    """Closed months that somebody asked to open again, where the visitor may answer."""
    for one in reopen.open_requests(desk.books):
        if reopen.can_approve(desk.books, one, desk.visitor.party_id):
            yield ActionItem(
                title=gettext("Asked to be opened again: %(month)s", month=formats.month(one.month.first)),
                chip=StatusBadge(gettext("for you to answer"), "ask"),
                text=gettext("Asked by: %(name)s", name=desk.labels.person(one.asked_by)),
                link=_link(
                    gettext("Look at it"),
                    url_for("reopenings.show", slug=desk.visitor.slug, number=one.agreement_id),
                ),
            )


def year_ends(desk: DeskContext) -> Iterable[ActionItem]:
    """A year whose close waits for the visitor's yes."""
    waits = [c for c in desk.claims if c.course is YEAR_CLOSE and c.waits_for_person(desk.visitor.party_id)]
    if waits:
        yield ActionItem(
            title=gettext("The year’s close waits for your yes"),
            chip=StatusBadge(gettext("for you to answer"), "ask"),
            text=ngettext("%(count)s fund.", "%(count)s funds.", len(waits)),
            link=_link(gettext("Look at it"), url_for("year_end.show", slug=desk.visitor.slug)),
        )


def others_payments(desk: DeskContext) -> Iterable[Row]:
    """Payments that wait for somebody else's yes: worth knowing, and nothing to do."""
    for claim in _payments(desk, mine=False):
        yield Row(
            text=gettext("A payment waits for a second person"),
            amount=_amount(claim),
            note=kind_title(claim.slug),
            href=url_for("desk.claim", slug=desk.visitor.slug, number=claim.agreement_id),
        )


def _payments(desk: DeskContext, *, mine: bool) -> list[Claim]:
    found = [claim for claim in desk.claims if claim.course.kind == PAYMENT and may_see(claim, desk.visitor)]
    return [claim for claim in found if claim.waits_for_person(desk.visitor.party_id) is mine]


def _amount(claim: Claim) -> str:
    return amounts_text(claim.draft.postings) if claim.draft else ""


def old_claims(desk: DeskContext) -> Iterable[ActionItem]:
    """Hours and swaps that nobody has answered for long."""
    since = desk.today - dt.timedelta(OLD_CLAIM_DAYS)
    old = [c for c in desk.claims if c.course.kind != PAYMENT and dt.date.fromisoformat(c.opened_at[:10]) < since]
    if old:
        yield ActionItem(
            title=ngettext("%(count)s claim has waited for long", "%(count)s claims have waited for long", len(old)),
            chip=StatusBadge(ngettext("over %(count)s day", "over %(count)s days", OLD_CLAIM_DAYS), "ask"),
            text=gettext("A word with those they wait for is enough. You can say yes for them if they ask you to."),
            link=_link(gettext("See what waits"), url_for("desk.waiting", slug=desk.visitor.slug)),
        )


def stuck(desk: DeskContext) -> Iterable[ActionItem]:
    """Clearing and suspense accounts that are not at nought."""
    left: Counter[tuple[str, str, str]] = Counter()
    for row in desk.rows:
        account = desk.labels.accounts.get(row.leaf.chart)
        if account is not None and account.clearing:
            left[row.leaf.chart, row.leaf.fund, row.leaf.unit] += row.balance
    for (chart, fund, unit), balance in left.items():
        if balance:
            told = {"amount": formats.amount_with_unit(abs(balance), unit), "fund": desk.labels.fund(fund)}
            yield ActionItem(
                title=gettext("Not at nought: %(account)s", account=desk.labels.chart(chart)),
                chip=StatusBadge(gettext("to clear"), "ask"),
                text=gettext("%(amount)s, in the fund “%(fund)s”. Nothing should stay here for long.", **told),
                link=_link(gettext("See what lies there"), desk.account(chart, fund)),
            )


def overspent(desk: DeskContext) -> Iterable[ActionItem]:
    """Funds with a purpose that hold less than nought."""
    for code, fund in desk.labels.funds.items():
        left = desk.fund_balance(code) if fund.class_ in PURPOSEFUL else 0
        if left < 0:
            amount = formats.amount_with_unit(-left, desk.data.currency)
            see = url_for("entries.show_all", slug=desk.visitor.slug, fund=code)
            yield ActionItem(
                title=gettext("A fund is below nought: %(fund)s", fund=desk.labels.fund(code)),
                chip=StatusBadge(gettext("to cure"), "ask"),
                text=gettext("It has spent more than it was given: %(amount)s.", amount=amount),
                link=_link(gettext("See its entries"), see if desk.visitor.may(TREASURER, CHECKER) else None),
            )


def unexplained(desk: DeskContext) -> Iterable[ActionItem]:
    """Programmes over the budget's flag, in the year to the last month, that nobody gave a word on."""
    span = year_to_date(desk.month, desk.data.community.year_starts_month)
    notes = variance_notes(desk.data, span)
    parts = variance_parts(desk.data, span, "costs", "programme")
    off = [part for part in parts if part.flagged and part.code not in notes]
    if off:
        names = formats.names(desk.labels.programme(part.code) or gettext("Shared costs") for part in off)
        yield ActionItem(
            title=ngettext(
                "%(count)s programme is off its plan, and nobody said why",
                "%(count)s programmes are off their plan, and nobody said why",
                len(off),
            ),
            chip=StatusBadge(formats.month(desk.month.first), "ask"),
            text=names,
            link=_to_explain(desk, off),
        )


def is_planned(desk: DeskContext) -> bool:
    """Whether the year to the last month has a plan to be held against, in books that had begun by then."""
    span, began = year_to_date(desk.month, desk.data.community.year_starts_month), desk.data.began
    parts = variance_parts(desk.data, span, "costs", "programme")
    return began is not None and began <= span.last and any(part.year_plan for part in parts)


def _to_explain(desk: DeskContext, off: Sequence[VariancePart]) -> Link:
    slug, month = desk.visitor.slug, str(desk.month)
    if len(off) == 1 and desk.visitor.may(TREASURER):
        why = url_for("budgets.ask_why", slug=slug, month=month, programme=off[0].code or "")
        return Link(label=gettext("Say why"), href=why)
    return Link(label=gettext("See them in the budget"), href=url_for("budgets.show", slug=slug, month=month))


def ending(desk: DeskContext) -> Iterable[ActionItem]:
    """Offices that end soon, or ended lately, with nobody to follow; those of one name and day together."""
    terms, near = tuple(roles.get_all(desk.books).values()), dt.timedelta(ROLE_DAYS)
    found: dict[tuple[dt.date, str], list[RoleTerm]] = {}
    for term in terms:
        if desk.today - near <= term.to <= desk.today + near and not _is_followed(term, terms):
            found.setdefault((term.to, term.role), []).append(term)
    return (_office(desk, *key, found[key]) for key in sorted(found))


def _is_followed(term: RoleTerm, terms: Iterable[RoleTerm]) -> bool:
    """Whether someone holds the office after the term's end."""
    return any((one.role, one.scope) == (term.role, term.scope) and one.from_ <= one.to > term.to for one in terms)


def _office(desk: DeskContext, last: dt.date, role: str, terms: Sequence[RoleTerm]) -> ActionItem:
    office = gettext(OFFICE_NAMES[role]) if role in OFFICE_NAMES else role
    is_over, holders = last < desk.today, {term.holder: None for term in terms if term.holder is not None}
    return ActionItem(
        title=gettext(OVER if is_over else SOON, office=office),
        chip=StatusBadge(gettext("until %(day)s", day=formats.day(last, desk.today)), "ask" if is_over else "waiting"),
        text=gettext("Held by: %(names)s", names=formats.names(desk.labels.person(one) for one in holders)),
        link=_to_people(desk, tuple(holders)) if desk.visitor.may(ORGANISER) else None,
    )


def _to_people(desk: DeskContext, holders: Sequence[int]) -> Link:
    slug = desk.visitor.slug
    if len(holders) == 1:
        person = url_for("person.show", slug=slug, party_id=holders[0])
        return Link(label=gettext("Give the next term"), href=person)
    return Link(label=gettext("Give the next terms"), href=url_for("people.show", slug=slug))


Look = Callable[[DeskContext], Iterable[ActionItem]]
LOOKS: tuple[tuple[Look, str], ...] = (
    (stopped, N_("the books can be written in")),
    (unfinished, N_("the nightly work succeeds")),
    (payments, N_("no payment waits for you")),
    (reopenings, N_("no month waits to be opened again")),
    (year_ends, N_("no year waits to be closed")),
    (old_claims, N_("no claim has waited for long")),
    (stuck, N_("suspense and clearing at nought")),
    (overspent, N_("no fund below nought")),
    (unexplained, N_("the budget is explained: %(month)s")),
    (ending, N_("offices are held")),
)
"""What the desk looks at, the pressing first, with what it says where all is well."""
