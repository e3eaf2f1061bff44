"""A payment, claim or trade that waits for a yes, as an office sees it: what would be written, and what one may do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from flask import url_for

from ledger.core.drafts import EntryDraft
from ledger.rules.approval import TRUSTED
from ledger.workflow.claims import Claim
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity.permissions import CHECKER, OFFICES, ORGANISER, TREASURER, CurrentMember
from web.pages.entries.new_entry_view import waiting_words
from web.shared.components import Fact, Option, Row, StatusBadge, Table
from web.shared.labels import Labels, kind_title
from web.shared.posting_table import amounts_text, lines_table, recorded_at_text


@dataclass(frozen=True, kw_only=True)
class Page:
    """What waits, as its page shows it; `people` are those for whom the visitor may say yes."""

    number: int
    heading: str
    title: str
    lead: str
    facts: tuple[Fact, ...]
    table: Table | None
    may_answer: bool
    may_take_back: bool
    people: Sequence[Option]
    side: str
    yes: str


def may_see(claim: Claim, visitor: CurrentMember) -> bool:
    """Whether someone may look at what waits: who wrote it, whose yes it needs, and offices where it is not private."""
    me = visitor.party_id
    if me in (claim.actors.entered_by, claim.actors.on_behalf_of) or claim.waits_for_person(me):
        return True
    is_private = claim.draft is None or claim.draft.privacy == "private"
    return visitor.may(TREASURER, CHECKER) or (visitor.may(ORGANISER) and not is_private)


def row(claim: Claim, visitor: CurrentMember, today: dt.date) -> Row:
    """What waits as a line of a list."""
    opened = dt.date.fromisoformat(claim.opened_at[:10])
    is_open = claim.draft is not None and claim.draft.privacy != "private"
    words = claim.draft.narration if claim.draft and is_open else None
    is_mine = claim.waits_for_person(visitor.party_id)
    return Row(
        when=formats.day(opened, today),
        day=opened.isoformat(),
        text=words or kind_title(claim.slug),
        href=url_for("desk.claim", slug=visitor.slug, number=claim.agreement_id),
        amount=amounts_text(claim.draft.postings) if claim.draft else "",
        chip=StatusBadge(gettext("for you to answer"), "ask") if is_mine else None,
        note=kind_title(claim.slug),
    )


def page(claim: Claim, visitor: CurrentMember, labels: Labels) -> Page:
    """One claim with its lines, and what the visitor may do about it."""
    me, draft = visitor.party_id, claim.draft
    people = _spoken_for(claim, visitor, labels)
    is_payment, is_office = claim.course.kind == "payment", visitor.may(*OFFICES)
    return Page(
        number=claim.agreement_id,
        heading=_heading(claim, is_payment),
        title=kind_title(claim.slug),
        lead=waiting_words(claim.waits_for, labels) if claim.waits_for else "",
        facts=tuple(_facts(claim, visitor, labels)),
        table=_table(draft, labels, plainly=not is_office) if draft else None,
        may_answer=claim.is_open and (claim.waits_for_person(me) or bool(people)),
        may_take_back=claim.is_open and me in (claim.actors.entered_by, claim.actors.on_behalf_of),
        people=people,
        side=gettext("Desk") if is_office else gettext("To answer"),
        yes=_yes(draft, is_payment=is_payment, is_passed_on=bool(people)),
    )


def _table(draft: EntryDraft, labels: Labels, *, plainly: bool) -> Table:
    return lines_table(draft.postings, labels, gettext("This is what would be written"), plainly=plainly)


def _yes(draft: EntryDraft | None, *, is_payment: bool, is_passed_on: bool) -> str:
    """What the button says: the act, a payment's with its amount."""
    if is_passed_on:
        return gettext("They said yes: write it down")
    if is_payment and draft is not None:
        return gettext("Yes, pay %(amount)s", amount=amounts_text(draft.postings))
    return gettext("Yes, that is right")


def _heading(claim: Claim, is_payment: bool) -> str:
    if not claim.is_open:
        taken_back = claim.state == "withdrawn"
        return gettext("It was taken back.") if taken_back else gettext("It was declined.")
    return gettext("Shall this be paid?") if is_payment else gettext("Is this how it was?")


def _facts(claim: Claim, visitor: CurrentMember, labels: Labels) -> Iterable[Fact]:
    draft = claim.draft
    is_ours = claim.waits_for_person(visitor.party_id) or visitor.party_id == claim.actors.entered_by
    may_read = draft is not None and (draft.privacy != "private" or is_ours)
    known = [
        (gettext("What"), (draft.narration or "") if draft and may_read else ""),
        (gettext("Day"), formats.day_in_full(draft.effective_on) if draft else ""),
        (gettext("Written down by"), labels.person(claim.actors.entered_by)),
        (gettext("On behalf of"), labels.person(claim.actors.on_behalf_of)),
        (gettext("Written down at"), recorded_at_text(claim.opened_at)),
        (gettext("Decision"), (draft.decision or "") if draft else ""),
        (gettext("Paper"), (draft.document or "") if draft else ""),
        (gettext("Note"), (draft.note or "") if draft and is_ours else ""),
        (gettext("Said yes"), formats.names(labels.person(yes.person) for yes in claim.yes)),
        (gettext("Reason"), claim.reason or ""),
    ]
    return (Fact(term=term, detail=detail) for term, detail in known if detail)


def _spoken_for(claim: Claim, visitor: CurrentMember, labels: Labels) -> list[Option]:
    """Those for whom organisers and treasurers may say yes, because they asked for it."""
    inside = claim.kind.people() if claim.kind else frozenset()
    wrote = (claim.actors.entered_by, claim.actors.on_behalf_of)
    if not visitor.may(*TRUSTED) or visitor.party_id in inside or visitor.party_id in wrote:
        return []
    return [Option(value=str(one), label=labels.person(one)) for one in sorted(claim.waits_for.each)]
