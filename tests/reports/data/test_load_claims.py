"""Claims read from the books: the day each was made, and the day it was answered."""

from __future__ import annotations

from typing import Any

from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors
from ledger.workflow.record import decline
from reports.data.dataset import Claim
from reports.data.load_dataset import load_dataset
from tests.communities.small_community import DEE, ELI, SLUG, SmallCommunity, new_key

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 90, "what": "Weeding"}


def claims(community: SmallCommunity) -> tuple[Claim, ...]:
    with read_books(community.engine, SLUG) as books:
        return load_dataset(books, Month.of(community.today)).claims


def test_a_claim_is_counted_from_its_day_to_its_answer(community: SmallCommunity) -> None:
    waiting, answered = (community.record("hours", DEE, **HELP).agreement_id for _ in range(2))
    community.confirm(answered, ELI)
    today = community.today
    assert waiting != answered
    assert claims(community) == (Claim(opened=today), Claim(opened=today, confirmed=today, closed=today))


def test_a_declined_claim_is_closed_and_not_confirmed(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id or 0
    with write_books(community.engine, SLUG) as unit:
        decline(unit, number, Actors(ELI), new_key(), reason="It was another day")
    community.donate("GEN", 500)
    assert claims(community) == (Claim(opened=community.today, closed=community.today),)
