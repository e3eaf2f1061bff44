"""Holds: room kept in accounts for what waits, so that two promises never use the same room; each ends once."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from sqlalchemy import select

from ledger.chain.hashing import canonical_json, sha256
from ledger.chain.record_acts import HoldEnd, HoldRow, next_id, record
from ledger.core.drafts import EntryDraft
from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.database.unit_of_work import WriteUnit
from ledger.journal.idempotency import Actors, Key, Posted
from ledger.journal.posting import open_accounts, post
from ledger.limits.pending_effects import IS_OPEN
from ledger.models import hold
from ledger.registers import policies
from ledger.registers.communities import COMMUNITY_PARTY
from ledger.workflow import agreements
from ledger.workflow.agreements import Agreement, Body, Move
from ledger.workflow.claims import OPEN_STATES, Claim, Room, claim_of, ended_body
from ledger.workflow.limit_override import post_past_limits
from ledger.workflow.pending import find_claim
from ledger.workflow.state_machine import EXPIRE, SETTLED, Course

CLOCK = "clock"
"""The channel of keys under which time itself ends what waits."""
LAPSES: dict[str, str] = {"claim": "time.claim_expires_days", "barter-trade": "time.claim_expires_days"}
"""The policy that says after how many days something lapses, by its course; payments wait until someone answers."""


class Lapsed(LedgerError):
    """What waited longer than the community's policy gives is not confirmed any more; it is written down anew."""

    slug = "lapsed"


def reserve(writing: WriteUnit, draft: EntryDraft | None, entered_by: int, course: Course) -> Room:
    """Keep room for a draft in every account that it would move; OverLimit where it does not fit under a stop.

    Without a draft no room is kept, but its time is the same.
    """
    numbers = {} if draft is None else open_accounts(writing, draft)
    moved: Counter[int] = Counter()
    for line in () if draft is None else draft.postings:
        moved[numbers[line.leaf]] += line.amount
    first, expires_at = next_id(writing, "hold"), _expires_at(writing, course)
    kept = [(number, amount) for number, amount in sorted(moved.items()) if amount]
    rows = [HoldRow(first + i, number, amount, entered_by, expires_at) for i, (number, amount) in enumerate(kept)]
    record(writing, entered_by=entered_by, holds=rows)
    return Room(tuple(row.hold_id for row in rows), expires_at)


def _expires_at(writing: WriteUnit, course: Course) -> str | None:
    days = policies.get(writing, LAPSES[course.kind]) if course.kind in LAPSES else None
    if not isinstance(days, int) or days <= 0:
        return None
    lapses = dt.datetime.fromisoformat(writing.now) + dt.timedelta(days)
    return lapses.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def settle(writing: WriteUnit, claim: Claim, draft: EntryDraft, actors: Actors, key: Key) -> Posted:
    """Post what waited into the room that was kept for it; Lapsed where its time has passed."""
    refuse_lapsed(writing, claim)
    if claim.lift is not None:
        return post_past_limits(writing, draft, actors, key)
    posted = post(writing, draft, actors, key, claim.room.holds)
    _end(writing, claim.room.holds, SETTLED, actors.confirmed_by or actors.entered_by, posted.entry_id)
    return posted


def refuse_lapsed(writing: WriteUnit, claim: Claim) -> None:
    """Lapsed, where a claim waited longer than it could."""
    if claim.has_lapsed(writing.now):
        raise Lapsed(make_message("This waited too long and counts no more. Write it down anew if it is right."))


def move_on(writing: WriteUnit, standing: Agreement, name: str, body: Body, move: Move) -> None:
    """Take a step of what waits that posts nothing; where it ends, the room kept for it is given back."""
    claim = claim_of(standing)
    to_state, end = claim.course.after(standing.state, name), claim.course.end_of_holds(name)
    if end is not None and end != SETTLED:
        _end(writing, claim.room.holds, end, move.moved_by)
    agreements.move_on(writing, standing, to_state, body, move)


def _end(writing: WriteUnit, holds: Sequence[int], state: str, entered_by: int, entry_id: int | None = None) -> None:
    record(writing, entered_by=entered_by, ended=[HoldEnd(number, state, entry_id) for number in holds])


def expire_due(writing: WriteUnit) -> int:
    """End all that waited longer than it could, by the database's clock; how many there were."""
    due = [one for one in agreements.open_ones(writing, OPEN_STATES) if claim_of(one).has_lapsed(writing.now)]
    for standing in due:
        claim, key = claim_of(standing), Key(CLOCK, f"{EXPIRE}-{standing.agreement_id}")
        draft = find_claim(writing, standing.agreement_id).draft
        mark = sha256(canonical_json([EXPIRE, standing.agreement_id]))
        move = Move(moved_by=COMMUNITY_PARTY, key=key, fingerprint=mark)
        move_on(writing, standing, EXPIRE, ended_body(claim, draft, None), move)
    return len(due)


def is_due(writing: WriteUnit) -> bool:
    """Whether room is kept for something whose time has passed."""
    here = (hold.c.community_id == writing.community_id, IS_OPEN, hold.c.expires_at <= writing.now)
    return writing.connection.scalar(select(hold.c.hold_id).where(*here).limit(1)) is not None
