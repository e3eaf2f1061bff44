"""What waits: claims and trades with their drafts, and for whose yes they wait."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import UnitOfWork
from ledger.models import journal_entry
from ledger.rules.approval import NOBODY, Asked, asked
from ledger.rules.books_view import BooksLookup, Translate
from ledger.rules.proposal import Proposal
from ledger.workflow import agreements
from ledger.workflow.agreements import Agreement
from ledger.workflow.claims import OPEN_STATES, Claim, claim_of
from ledger.workflow.proposals import claimed_case


def find_claim(uow: UnitOfWork, agreement_id: int, translate: Translate = str) -> Claim:
    """One claim or trade by its number, open or settled; UnknownAgreement where there is none."""
    return _seen(uow, agreements.get(uow, agreement_id), BooksLookup(uow, translate))


def waiting(uow: UnitOfWork, translate: Translate = str) -> list[Claim]:
    """Every claim and trade that still waits for someone, oldest first; what lapsed waits no more."""
    books, now = BooksLookup(uow, translate), uow.clock()
    standing = [one for one in agreements.open_ones(uow, OPEN_STATES) if not claim_of(one).has_lapsed(now)]
    return [_seen(uow, one, books) for one in standing]


def waiting_and_refused(
    uow: UnitOfWork, since: Mapping[str, str], translate: Translate = str
) -> tuple[list[Claim], list[Claim]]:
    """What waits, oldest first; and what ended in one of some states lately, newest first, by one statement.

    `since` gives the first day of opening that still counts, by state.
    """
    books, now = BooksLookup(uow, translate), uow.clock()
    claims = agreements.open_or_since(uow, OPEN_STATES, since)
    still = [one for one in claims if one.state in OPEN_STATES and not claim_of(one).has_lapsed(now)]
    ended = [one for one in claims if one.opened_at >= since.get(one.state, now)]
    return [_seen(uow, one, books) for one in still], [_seen(uow, one, books) for one in reversed(ended)]


def waiting_for(uow: UnitOfWork, party_id: int, translate: Translate = str) -> list[Claim]:
    """The claims and trades that this person's yes would move on, oldest first."""
    return [claim for claim in waiting(uow, translate) if claim.waits_for_person(party_id)]


def written_by(uow: UnitOfWork, party_id: int, translate: Translate = str) -> list[Claim]:
    """The claims and trades that this person wrote down, or had written down, and that still wait; oldest first."""
    found = waiting(uow, translate)
    return [claim for claim in found if party_id in (claim.actors.entered_by, claim.actors.on_behalf_of)]


def entry_of(uow: UnitOfWork, agreement_id: int) -> int | None:
    """The number of the entry that a claim became; None where it became none."""
    table = journal_entry.c
    where = (table.community_id == uow.community_id, table.agreement_id == agreement_id, table.reverses.is_(None))
    return uow.connection.scalar(select(table.entry_id).where(*where).order_by(table.entry_id).limit(1))


def still_asked(case: Proposal, claim: Claim) -> Asked:
    """Whose yes is missing yet."""
    wanted, given = asked(case), {yes.person for yes in claim.yes}
    return Asked(each=wanted.each - given, one_of=frozenset() if wanted.one_of & given else wanted.one_of)


def _seen(uow: UnitOfWork, standing: Agreement, books: BooksLookup) -> Claim:
    """The claim with its draft; one whose fund or people are gone by now waits for nobody until it is taken back."""
    claim = claim_of(standing).as_of(uow.clock())
    if claim.kind is None:
        return claim
    try:
        case = claimed_case(uow, claim, claim.kind, books)
        wanted = still_asked(case, claim) if claim.is_open else NOBODY
    except LedgerError:
        return claim
    return replace(claim, draft=case.draft, waits_for=wanted)
