"""A receipt: what was written down, between whom, under which number, and what happens next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import balances
from ledger.journal.queries import Entry, Line
from ledger.kinds import find_kind
from ledger.limits.limit_status import get_limit_status
from ledger.workflow.claims import Claim
from ledger.workflow.state_machine import EXPIRED
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity.permissions import CHECKER, TREASURER, CurrentMember
from web.pages.confirmations import pending_view
from web.pages.entries.entries_view import sees_whole
from web.shared import activity_text, limits_text
from web.shared.components import Fact
from web.shared.labels import Labels


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A receipt as its page shows it; `is_ours` where it moved hours or what was swapped, and not only money."""

    heading: str
    side: str
    total: str
    lines: tuple[Fact, ...]
    next: str
    balance: str = ""
    talk: str = ""
    number: int | None = None
    can_open: bool = False
    is_ours: bool = True
    key: str = ""


def of_entry(uow: UnitOfWork, entry: Entry, visitor: CurrentMember, labels: Labels) -> Receipt:
    """The receipt of what stands in the book."""
    me, minutes = visitor.party_id, _owned(entry.lines, MINUTES)
    return Receipt(
        heading=_heading(entry, me),
        side=formats.day_in_full(dt.datetime.fromisoformat(entry.recorded_at).date()),
        total=_total(entry.lines),
        lines=tuple(_facts(entry, visitor, labels)),
        next=_next(entry),
        balance=activity_text.balance_text(balances.member_minutes(uow, me)) if me in minutes else "",
        talk=limits_text.warning_text(get_limit_status(uow, me)) if me in minutes else "",
        number=entry.entry_id,
        can_open=visitor.may(TREASURER, CHECKER),
        is_ours=entry.lines[0].leaf.unit in (MINUTES, BARTER_VALUE),
    )


def _heading(entry: Entry, me: int) -> str:
    if entry.reversed_by is not None:
        return gettext("This was taken back.")
    if entry.reverses is not None:
        return gettext("Entry %(number)s was taken back.", number=entry.reverses)
    if entry.confirmed_by == me:
        return gettext("Confirmed. It is in the book.")
    return gettext("It is in the book.")


def _next(entry: Entry) -> str:
    if entry.reversed_by is not None:
        return gettext(
            "Entry %(number)s says the opposite, and why. Both stay, so that everyone can see.",
            number=entry.reversed_by,
        )
    if len(_owned(entry.lines, MINUTES) | _owned(entry.lines, BARTER_VALUE)) > 1:
        return gettext("Nothing more to do. Both sides see it on their statements.")
    return gettext("Nothing more to do.")


def _owned(lines: Sequence[Line | PostingDraft], unit: str) -> dict[int, int]:
    """What moved each person's own account in a unit; plus where they gave."""
    found: dict[int, int] = {}
    for line in lines:
        if line.leaf.unit == unit and line.leaf.owner:
            found[line.leaf.owner] = found.get(line.leaf.owner, 0) - line.amount
    return found


def _total(lines: Sequence[Line | PostingDraft]) -> str:
    """How much it was, in the first of its units; of values that nobody agreed on nothing is shown."""
    unit = lines[0].leaf.unit
    total = sum(max(line.amount, 0) for line in lines if line.leaf.unit == unit)
    if unit == BARTER_VALUE:
        return gettext("A swap")
    return formats.amount_with_unit(total, unit)


def _facts(entry: Entry, visitor: CurrentMember, labels: Labels) -> list[Fact]:
    known = [
        *_sides(entry.lines, entry.kind, visitor.party_id, labels),
        (gettext("What"), activity_text.subject_text(entry) or _words(entry)),
        (gettext("For"), labels.programme(next((line.programme for line in entry.lines if line.programme), None))),
        (gettext("Done on"), formats.day_in_full(entry.about_on or entry.effective_on)),
        (gettext("Why"), entry.texts.get("reason") or ""),
        (gettext("Note"), (entry.texts.get("note") or "") if sees_whole(visitor, entry) else ""),
        (gettext("Written down by"), labels.person(entry.entered_by) if entry.scope == "form" else ""),
        (gettext("On behalf of"), labels.person(entry.on_behalf_of)),
        (gettext("Confirmed by"), labels.person(entry.confirmed_by)),
        (gettext("Entry"), str(entry.entry_id)),
        (gettext("Seal"), Markup("<code>{}</code>").format(formats.seal(entry.hash, 2))),
    ]
    return [Fact(term=term, detail=detail) for term, detail in known if detail]


def _words(entry: Entry) -> str:
    """The words of an entry that no form wrote, or whose form tells too little by itself."""
    is_told = entry.scope == "form" and entry.lines[0].leaf.unit == MINUTES
    return "" if is_told or entry.reverses is not None else entry.narration or ""


def _sides(lines: Sequence[Line | PostingDraft], kind: str, me: int, labels: Labels) -> list[tuple[str, str]]:
    """Who gave and who received; of a session each sees their own part only."""
    hours = _owned(lines, MINUTES)
    gave = formats.names(labels.person(one) for one, moved in hours.items() if moved > 0)
    got = [one for one, moved in hours.items() if moved < 0]
    found = find_kind(kind)
    passed = found is not None and not found.giver_gains
    sides = [(gettext("Passed on by") if passed else gettext("Given by"), gave)]
    if passed:
        givers, takers = got, [one for one, moved in hours.items() if moved > 0]
        to = formats.names(labels.person(one) for one in takers) or gettext("the community’s pot")
        return [(gettext("Passed on by"), formats.names(labels.person(one) for one in givers)), (gettext("To"), to)]
    if len(got) == 1:
        return [*sides, (gettext("Received by"), labels.person(got[0]))]
    mine = hours.get(me, 0)
    return [*sides, (gettext("Your part"), formats.hours_in_words(mine) if mine and len(hours) > 1 else "")]


def of_claim(claim: Claim, visitor: CurrentMember, labels: Labels, key: str) -> Receipt:
    """The receipt of what waits, or came to nothing."""
    heading, after = _state(claim, labels)
    draft, is_own = claim.draft, visitor.party_id in (claim.actors.entered_by, claim.actors.on_behalf_of)
    return Receipt(
        heading=heading,
        side=gettext("Not in the book yet") if claim.is_open else gettext("Nothing was counted"),
        total=_total(draft.postings) if draft else gettext("Settled"),
        lines=tuple(_claimed(claim, draft, visitor, labels)) if draft or is_own else (),
        next=after,
        key=key if claim.is_open and is_own else "",
    )


def _claimed(claim: Claim, draft: EntryDraft | None, visitor: CurrentMember, labels: Labels) -> list[Fact]:
    known = [(gettext("What was written"), pending_view.said(claim, visitor.party_id, labels))]
    if draft is not None:
        known += [
            (gettext("What"), pending_view.about(claim)),
            (gettext("For"), pending_view.purpose(claim, labels)),
            (gettext("Done on"), formats.day_in_full(draft.about_on or draft.effective_on)),
        ]
    known += [
        (gettext("Written down by"), labels.person(claim.actors.entered_by)),
        (gettext("On behalf of"), labels.person(claim.actors.on_behalf_of)),
        (gettext("Said yes"), formats.names(labels.person(yes.person) for yes in claim.yes)),
        (gettext("A word why"), claim.reason or ""),
        (gettext("Number while it waits"), str(claim.agreement_id)),
    ]
    return [Fact(term=term, detail=detail) for term, detail in known if detail]


def _state(claim: Claim, labels: Labels) -> tuple[str, str]:
    if claim.is_open:
        names = formats.names(labels.person(one) for one in sorted(claim.waits_for.each or claim.waits_for.one_of))
        whom = (
            gettext("Each of them says yes or no: %(names)s")
            if len(claim.waits_for.each) > 1
            else gettext("They say yes or no on their own page: %(names)s")
        )
        if not claim.waits_for.each:
            whom = gettext("One of them says yes or no: %(names)s")
        return gettext("Written down. It waits for a yes."), whom % {"names": names}
    if claim.state == "declined":
        return gettext("Not confirmed."), gettext(
            "None of it counts. Talk it over, and write it down anew if it was right."
        )
    if claim.state == EXPIRED:
        return gettext("Nobody answered in time."), gettext("None of it counts. Write it down anew if it is right.")
    return gettext("Taken back."), gettext("None of it counts, and nothing of it is kept.")
