"""Claims: what someone wrote down, kept as its answers until the others have said yes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from ledger.core.drafts import EntryDraft
from ledger.core.messages import make_message
from ledger.journal.idempotency import Actors
from ledger.kinds import get_kind
from ledger.kinds.base import Kind
from ledger.registers.codec import body_of, record_of
from ledger.rules.approval import NOBODY, Asked
from ledger.workflow.agreements import Agreement, Body, UnknownAgreement
from ledger.workflow.courses import BARTER_TRADE, CLAIM, PAYMENT, YEAR_CLOSE
from ledger.workflow.state_machine import EXPIRED, Course

COURSES: Mapping[str, Course] = {course.kind: course for course in (CLAIM, BARTER_TRADE, PAYMENT, YEAR_CLOSE)}
"""The agreements that wait for a yes, by what they are called."""
OPEN_STATES = frozenset().union(*(course.open_states for course in COURSES.values()))


@dataclass(frozen=True)
class Yes:
    """One yes: who gave it, and for whom."""

    by: int
    person: int


@dataclass(frozen=True)
class Room:
    """The holds that keep room while something waits, and when they lapse by the database's clock."""

    holds: tuple[int, ...] = ()
    expires_at: str | None = None


@dataclass(frozen=True, kw_only=True)
class Claim:
    """What was written down and by whom, who said yes, and for whom it still waits.

    `kind` and `draft` are None once it stands in the books, where its entry says it, or once it was taken away.
    `lift` is why it may pass a limit this once, where somebody asked for that.
    """

    agreement_id: int
    course: Course
    state: str
    slug: str
    opened_at: str
    actors: Actors
    kind: Kind | None = None
    draft: EntryDraft | None = None
    corrects: int | None = None
    yes: tuple[Yes, ...] = ()
    reason: str | None = None
    lift: str | None = None
    room: Room = Room()
    waits_for: Asked = NOBODY

    def has_lapsed(self, now: str) -> bool:
        """Whether it waited longer than it could, at an instant by the database's clock."""
        return self.is_open and self.room.expires_at is not None and self.room.expires_at <= now

    def as_of(self, now: str) -> Claim:
        """As it stands at an instant: one that lapsed has expired, though nobody has written that down yet."""
        return replace(self, state=EXPIRED) if self.has_lapsed(now) else self

    @property
    def is_open(self) -> bool:
        """Whether it still waits for someone."""
        return self.state in self.course.open_states

    def waits_for_person(self, party_id: int) -> bool:
        """Whether this person's yes would move it on."""
        return party_id in self.waits_for.each | self.waits_for.one_of


@lru_cache(maxsize=4096)
def claim_of(standing: Agreement) -> Claim:
    """The claim that an agreement holds, before the books are asked for whom it waits.

    UnknownAgreement where it is none: a request to open a month again waits in a list of its own.
    """
    if standing.kind not in COURSES:
        raise UnknownAgreement(
            make_message("There is nothing with the number %(number)s.", number=standing.agreement_id)
        )
    body, answers = standing.body, standing.body.get("answers")
    return Claim(
        agreement_id=standing.agreement_id,
        course=COURSES[standing.kind],
        state=standing.state,
        slug=body["kind"],
        opened_at=standing.opened_at,
        actors=Actors(body["entered_by"], body.get("on_behalf_of")),
        kind=None if answers is None else record_of(get_kind(body["kind"]), answers),
        corrects=body.get("corrects"),
        yes=tuple(Yes(by, person) for by, person in body.get("yes", [])),
        reason=body.get("reason"),
        lift=body.get("lift"),
        room=Room(tuple(body.get("holds", ())), body.get("expires_at")),
    )


def opening_body(kind: Kind, actors: Actors, corrects: int | None, room: Room, lift: str | None = None) -> Body:
    """What is kept while it waits."""
    kept: Body = {"answers": body_of(kind), "corrects": corrects, "yes": [], "lift": lift}
    return {**_who(kind.slug, actors), **kept, "holds": list(room.holds), "expires_at": room.expires_at}


def agreed_body(claim: Claim, kind: Kind, yes: tuple[Yes, ...]) -> Body:
    """What is kept after one of several said yes."""
    kept = opening_body(kind, claim.actors, claim.corrects, claim.room, claim.lift)
    return {**kept, "yes": [[one.by, one.person] for one in yes]}


def posted_body(claim: Claim) -> Body:
    """What is kept once the entry says it: who wrote it down, and nothing that postings hold."""
    return _who(claim.slug, claim.actors)


def ended_body(claim: Claim, draft: EntryDraft | None, reason: str | None) -> Body:
    """What is kept of a claim that came to nothing.

    Declined, its writer can still read what it said, but for the note; of a private one nothing is kept, nor of
    one that its writer took back.
    """
    kept = {**_who(claim.slug, claim.actors), "reason": reason}
    if claim.kind is None or draft is None or draft.privacy == "private":
        return kept
    return {**kept, "answers": body_of(replace(claim.kind, note=None))}


def _who(slug: str, actors: Actors) -> Body:
    return {"kind": slug, "entered_by": actors.entered_by, "on_behalf_of": actors.on_behalf_of}
