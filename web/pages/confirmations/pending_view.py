"""What waits for somebody's yes, as each of those concerned would say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.drafts import EntryDraft
from ledger.kinds.barter.legs import Swap
from ledger.kinds.base import Kind
from ledger.kinds.readings import Sentence
from ledger.workflow.claims import Claim
from ledger.workflow.courses import PAYMENT
from ledger.workflow.state_machine import EXPIRED
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.barter_text import swap_text
from web.shared.components import Row, StatusBadge
from web.shared.form_state import new_key
from web.shared.labels import Labels, kind_title
from web.shared.posting_table import amounts_text


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """A claim or trade as its page shows it; `key` stands for the answer that is given here."""

    number: int
    day: str
    said: str
    about: str
    purpose: str
    written: str
    yes: str
    key: str


def waiting(claim: Claim, me: int, labels: Labels, today: dt.date) -> Waiting:
    """A claim that waits for somebody's answer."""
    return Waiting(
        number=claim.agreement_id,
        day=formats.day_spoken(claim.kind.day, today) if claim.kind else "",
        said=said(claim, me, labels),
        about=about(claim),
        purpose=purpose(claim, labels),
        written=written(claim, me, labels),
        yes=yes(claim, me),
        key=new_key(),
    )


def row(claim: Claim, me: int, labels: Labels, slug: str, today: dt.date, chip: StatusBadge) -> Row:
    """A claim as a line of a list."""
    day = claim.kind.day if claim.kind else today
    return Row(
        when=formats.day(day, today),
        day=day.isoformat(),
        text=said(claim, me, labels),
        href=_address(claim, me, slug),
        amount=_amount(claim),
        note=about(claim),
        chip=chip,
    )


def shows_lines(claim: Claim, me: int) -> bool:
    """Whether somebody answers on the page with all its lines: a payment, and what no sentence here tells whole."""
    return claim.is_open and claim.waits_for_person(me) and not _tells_all(claim.kind)


def _address(claim: Claim, me: int, slug: str) -> str:
    """Where a claim is opened; the desk's page shows members its lines in their own words."""
    endpoint = "desk.claim" if shows_lines(claim, me) else "claims.show"
    return url_for(endpoint, slug=slug, number=claim.agreement_id)


def to_answer() -> StatusBadge:
    """The status of what waits for oneself."""
    return StatusBadge(gettext("to confirm"))


def of_others(claim: Claim, labels: Labels) -> StatusBadge:
    """The status of what waits for others, by name."""
    if claim.state == EXPIRED:
        return StatusBadge(gettext("not answered in time"), "ask")
    if claim.reason is not None or not claim.is_open:
        return StatusBadge(gettext("not confirmed"), "ask")
    if claim.waits_for.each:
        return StatusBadge(gettext("waiting for %(names)s", names=_names(sorted(claim.waits_for.each), labels)))
    return StatusBadge(gettext("waiting for a second person"))


def said(claim: Claim, me: int, labels: Labels) -> str:
    """What was written down, in one sentence from the reader's side."""
    if claim.kind is None:
        return kind_title(claim.slug)
    if claim.course is PAYMENT and claim.waits_for_person(me):
        return gettext("A payment waits for your yes: %(what)s", what=tell(claim.kind, claim.draft, me, labels))
    return tell(claim.kind, claim.draft, me, labels)


def tell(kind: Kind, draft: EntryDraft | None, me: int, labels: Labels) -> str:
    """What a kind says once filled in, from the reader's side."""
    if isinstance(kind, Swap):
        return swap_text(kind.swapped(), me, labels)
    sentence = kind.sentence(me)
    if sentence is not None:
        return _finished(sentence, labels)
    return (draft.narration if draft else None) or kind_title(kind.slug)


def _finished(sentence: Sentence, labels: Labels) -> str:
    """A sentence with its names, its length and its programme."""
    people = {name: _names(list(numbers), labels) for name, numbers in sentence.people.items()}
    programme = labels.programme(sentence.programme)
    return gettext(sentence.words, length=formats.hours_in_words(sentence.minutes), programme=programme, **people)


def _tells_all(kind: Kind | None) -> bool:
    """Whether one sentence says everything, so that nobody has to read the lines."""
    return isinstance(kind, Swap) or (kind is not None and kind.sentence(0) is not None)


def about(claim: Claim) -> str:
    """What it was about, where its sentence does not say so."""
    return (claim.kind.subject() if claim.kind else None) or ""


def purpose(claim: Claim, labels: Labels) -> str:
    """The programme that it was for, where its sentence does not say so."""
    sentence = claim.kind.sentence(0) if claim.kind else None
    if sentence is not None and sentence.programme is not None:
        return ""
    return labels.programme(getattr(claim.kind, "programme", None))


def _amount(claim: Claim) -> str:
    """How much, where its sentence does not say so."""
    if claim.draft is None or _tells_all(claim.kind):
        return ""
    return amounts_text(claim.draft.postings)


def written(claim: Claim, me: int, labels: Labels) -> str:
    """Who wrote it down, and for whom."""
    when = formats.moment(dt.datetime.fromisoformat(claim.opened_at))
    told = {"name": labels.person(claim.actors.entered_by), "when": when}
    if claim.actors.entered_by == me:
        return gettext("Written down by you: %(when)s", when=when)
    if claim.actors.on_behalf_of is None:
        return gettext("Written down by %(name)s: %(when)s", **told)
    return gettext(
        "Written down by %(name)s for %(other)s: %(when)s", other=labels.person(claim.actors.on_behalf_of), **told
    )


def yes(claim: Claim, me: int) -> str:
    """What the button says: the act, with its amount."""
    kind = claim.kind
    part = my_part(claim.draft, me) if claim.draft else 0
    length = formats.hours_in_words(part)
    if kind is not None and kind.yes is not None:
        return gettext(kind.yes, length=length)
    if part > 0:
        return gettext("Yes, I received %(length)s", length=length)
    return gettext("Yes, that is right")


def my_part(draft: EntryDraft, me: int) -> int:
    """The minutes by which somebody's hours would grow smaller."""
    return sum(line.amount for line in draft.postings if (line.leaf.chart, line.leaf.owner) == (MEMBER_TIME, me))


def _names(people: list[int], labels: Labels) -> str:
    return formats.names(labels.person(one) for one in people)
