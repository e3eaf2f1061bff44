"""Cases from the books: a kind with its draft, with the entry it says anew, filed in a month that is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import select

from ledger.core.drafts import EntryDraft
from ledger.core.errors import LedgerError, UnknownEntry
from ledger.core.messages import make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.idempotency import Actors
from ledger.kinds.base import MEMBER, Kind
from ledger.kinds.books_view import BooksView
from ledger.models import journal_entry
from ledger.rules.books_view import BooksLookup
from ledger.rules.proposal import Proposal
from ledger.workflow.claims import Claim


class NotTakenBack(LedgerError):
    """An entry is said anew only after it was taken back."""

    slug = "not-taken-back"


def case_of(
    uow: UnitOfWork,
    kind: Kind,
    actors: Actors,
    books: BooksLookup,
    *,
    corrects: int | None = None,
    roles: frozenset[str] | None = None,
    lift: str | None = None,
) -> Proposal:
    """What someone wants to post, ready for the rules; offices are looked up where they are not given.

    `lift` is why it may pass a limit this once; the entry keeps that as its reason.
    """
    draft = kind.draft(books)
    if lift is not None:
        draft = replace(draft, reason=draft.reason or lift, facts={**draft.facts, "passes_limit": True})
    if corrects is not None:
        draft = _anew(draft, corrects, _day_taken_back(uow, corrects))
    held = books.roles(actors.entered_by, books.today) if roles is None else roles
    return Proposal(kind=kind, draft=draft, actors=actors, roles=held, books=books, lift=lift)


def _anew(draft: EntryDraft, corrects: int, first_day: dt.date) -> EntryDraft:
    """The draft linked to what it corrects, about that day where it is posted later."""
    about = first_day if draft.about_on is None and first_day < draft.effective_on else draft.about_on
    return replace(draft, corrects=corrects, about_on=about)


def _day_taken_back(uow: UnitOfWork, entry_id: int) -> dt.date:
    table = journal_entry.c
    here = table.community_id == uow.community_id
    day: dt.date | None = uow.connection.scalar(select(table.effective_on).where(here, table.entry_id == entry_id))
    if day is None:
        raise UnknownEntry(make_message("There is no entry number %(number)s.", number=entry_id))
    if uow.connection.scalar(select(table.entry_id).where(here, table.reverses == entry_id)) is None:
        raise NotTakenBack(make_message("Entry %(number)s stands. Take it back first, with a reason.", number=entry_id))
    return day


def claimed_case(uow: UnitOfWork, claim: Claim, kind: Kind, books: BooksLookup) -> Proposal:
    """The case of a claim that waits, with its writer as the writer and the room that is kept for it."""
    case = case_of(uow, kind, claim.actors, books, corrects=claim.corrects, roles=frozenset(), lift=claim.lift)
    return replace(case, waited=True, has_room=bool(claim.room.holds))


def filed(draft: EntryDraft, kind: Kind, books: BooksView) -> EntryDraft:
    """The draft in a month that takes it: members' late hours are posted today and name the day they are about."""
    is_late = MEMBER in kind.recorders and not books.is_open(draft.effective_on)
    if not is_late or not books.is_open(books.today):
        return draft
    return replace(draft, effective_on=books.today, about_on=draft.about_on or draft.effective_on)
