"""Recording: what people write down becomes an entry at once, or waits until those whose word it needs say yes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import select

from ledger.chain.hashing import canonical_json, sha256
from ledger.core.drafts import EntryDraft, Fact
from ledger.core.errors import KeyReused, NotAllowed
from ledger.core.messages import make_message
from ledger.core.text import normalize_text
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.journal.idempotency import Actors, Key, Posted, find_posted, fingerprint
from ledger.journal.posting import post
from ledger.kinds.base import Kind
from ledger.models import journal_entry
from ledger.rules import POSTING_RULES, SPENDING_RULES, apply
from ledger.rules.approval import asked, refuse_wrong_yes
from ledger.rules.books_view import BooksLookup, Translate
from ledger.rules.proposal import Proposal
from ledger.workflow import agreements, holds
from ledger.workflow.agreements import Agreement, Move
from ledger.workflow.claims import COURSES, Claim, Yes, agreed_body, claim_of, ended_body, opening_body, posted_body
from ledger.workflow.limit_override import post_past_limits
from ledger.workflow.pending import entry_of, find_claim, still_asked, waiting, waiting_for, written_by
from ledger.workflow.proposals import NotTakenBack, case_of, claimed_case, filed

__all__ = [
    "Claim",
    "NotTakenBack",
    "RecordResult",
    "confirm",
    "decline",
    "entry_of",
    "find_claim",
    "record",
    "waiting",
    "waiting_for",
    "withdraw",
    "written_by",
]


@dataclass(frozen=True)
class RecordResult:
    """The outcome: an entry in the books, or the number of the claim that waits; of a confirmed claim both."""

    posted: Posted | None
    agreement_id: int | None = None


def record(
    writing: WriteUnit,
    kind: Kind,
    actors: Actors,
    key: Key,
    roles: frozenset[str] | None = None,
    *,
    corrects: int | None = None,
    lift: str | None = None,
    translate: Translate = str,
) -> RecordResult:
    """Write something down: post it where its writer's word is enough, else let it wait as a claim.

    The same key with the same content gives the first result, with other content KeyReused. `roles` are the
    writer's offices today (looked up where they are not given), `corrects` the number of an entry that was taken
    back and is said anew here, `lift` why it may pass a limit this once, `translate` finishes the narration in the
    community's language.
    """
    if actors.confirmed_by is not None:
        raise NotAllowed(make_message("A second person says yes for themselves."))
    books = BooksLookup(writing, translate)
    case = case_of(
        writing, kind, actors, books, corrects=corrects, roles=roles, lift=normalize_text(lift or "").strip() or None
    )
    earlier = _recorded_before(writing, case, key)
    if earlier is not None:
        return earlier
    if holds.is_due(writing):
        holds.expire_due(writing)
    apply(POSTING_RULES, case)
    if asked(case):
        return RecordResult(None, _begin(writing, case, corrects, key))
    puts = post if case.lift is None else post_past_limits
    return RecordResult(puts(writing, filed(case.draft, kind, books), actors, key))


def confirm(
    writing: WriteUnit, agreement_id: int, actors: Actors, key: Key, *, translate: Translate = str
) -> RecordResult:
    """Say yes to a claim; the last yes that it needs posts it, with who said yes as its second person.

    Raises AlreadySettled, OwnApproval, NotAllowed, or what the rules of the funds refuse by now.
    """
    move = _step("confirm", agreement_id, actors, key)
    if agreements.moved_before(writing, key, move.fingerprint) is not None:
        number = entry_of(writing, agreement_id)
        return RecordResult(None if number is None else Posted(number, was_there=True), agreement_id)
    standing, claim, case = _open_claim(writing, agreement_id, translate)
    refuse_wrong_yes(case, still_asked(case, claim), actors)
    yes = (*claim.yes, Yes(actors.entered_by, actors.on_behalf_of or actors.entered_by))
    if still_asked(case, replace(claim, yes=yes)):
        holds.move_on(writing, standing, claim.course.agree, agreed_body(claim, case.kind, yes), move)
        return RecordResult(None, agreement_id)
    if holds.is_due(writing):
        holds.expire_due(writing)
    apply(SPENDING_RULES, case)
    entry = replace(filed(case.draft, case.kind, case.books), agreement=agreement_id, facts=_facts(case.draft, yes))
    posted = holds.settle(writing, claim, entry, replace(claim.actors, confirmed_by=actors.entered_by), key)
    holds.move_on(writing, standing, claim.course.finish, posted_body(claim), move)
    return RecordResult(posted, agreement_id)


def decline(writing: WriteUnit, agreement_id: int, actors: Actors, key: Key, reason: str | None = None) -> RecordResult:
    """Say no to a claim that waits for one's yes, perhaps with a reason; nothing is posted."""
    move = _step("decline", agreement_id, actors, key)
    if agreements.moved_before(writing, key, move.fingerprint) is None:
        standing, claim, case = _open_claim(writing, agreement_id)
        refuse_wrong_yes(case, still_asked(case, claim), actors)
        said = normalize_text(reason or "").strip() or None
        holds.move_on(writing, standing, claim.course.decline, ended_body(claim, case.draft, said), move)
    return RecordResult(None, agreement_id)


def withdraw(writing: WriteUnit, agreement_id: int, actors: Actors, key: Key) -> RecordResult:
    """Take one's own claim back while it waits; nothing is posted."""
    move = _step("withdraw", agreement_id, actors, key)
    if agreements.moved_before(writing, key, move.fingerprint) is None:
        standing = agreements.get(writing, agreement_id)
        claim = claim_of(standing)
        if actors.entered_by not in (claim.actors.entered_by, claim.actors.on_behalf_of):
            raise NotAllowed(make_message("Only who wrote it down can take it back."))
        holds.move_on(writing, standing, claim.course.withdraw, ended_body(claim, None, None), move)
    return RecordResult(None, agreement_id)


def _open_claim(writing: WriteUnit, agreement_id: int, translate: Translate = str) -> tuple[Agreement, Claim, Proposal]:
    """A claim that still waits, with its case; AlreadySettled where it waits no more."""
    standing = agreements.get(writing, agreement_id)
    claim = claim_of(standing)
    claim.course.after(claim.state, claim.course.agree)
    holds.refuse_lapsed(writing, claim)
    assert claim.kind is not None
    return standing, claim, claimed_case(writing, claim, claim.kind, BooksLookup(writing, translate))


def _begin(writing: WriteUnit, case: Proposal, corrects: int | None, key: Key) -> int:
    """Let a case wait, with room kept for it; the number of the claim. Where it may pass a limit there is no room."""
    course = COURSES[case.kind.agreement]
    room = holds.reserve(writing, case.draft if case.lift is None else None, case.writer, course)
    move = Move(moved_by=case.writer, key=key, fingerprint=_mark(case))
    return agreements.begin(writing, course, opening_body(case.kind, case.actors, corrects, room, case.lift), move)


def _step(name: str, agreement_id: int, actors: Actors, key: Key) -> Move:
    mark = sha256(canonical_json([name, agreement_id, actors.on_behalf_of]))
    return Move(moved_by=actors.entered_by, key=key, fingerprint=mark)


def _mark(case: Proposal) -> bytes:
    """What tells a repeated claim from another under the same key; erasable words are compared on their own."""
    return sha256(canonical_json(["claim", fingerprint(case.draft).hex(), case.actors.on_behalf_of]))


def _recorded_before(writing: WriteUnit, case: Proposal, key: Key) -> RecordResult | None:
    number = agreements.moved_before(writing, key, _mark(case))
    if number is not None:
        earlier = claim_of(agreements.get(writing, number)).kind
        if earlier is not None and earlier != case.kind:
            raise KeyReused(make_message("This form was sent before with other content. What was sent first stands."))
        return RecordResult(None, number)
    draft = _as_filed(writing, case.draft, key)
    stands = find_posted(writing, [(draft, case.actors, key)]) if draft else {}
    return RecordResult(stands[key]) if key in stands else None


def _as_filed(uow: UnitOfWork, draft: EntryDraft, key: Key) -> EntryDraft | None:
    """The draft on the day on which the same key filed it, for late hours stand on the day they were posted."""
    table = journal_entry.c
    where = (table.community_id == uow.community_id, table.idem_scope == key.scope, table.idem_key == key.key)
    row = uow.connection.execute(select(table.effective_on, table.about_on).where(*where)).one_or_none()
    if row is None:
        return None
    was_late = row.about_on == draft.effective_on and draft.about_on is None
    return replace(draft, effective_on=row.effective_on, about_on=row.about_on) if was_late else draft


def _facts(draft: EntryDraft, yes: tuple[Yes, ...]) -> dict[str, Fact]:
    """The draft's facts, and who said yes for whom where one second person does not tell it all."""
    told: list[Fact] = [[one.by, one.person] for one in yes]
    is_plain = len(yes) == 1 and yes[0].by == yes[0].person
    return dict(draft.facts) if is_plain else {**draft.facts, "said_yes": told}
