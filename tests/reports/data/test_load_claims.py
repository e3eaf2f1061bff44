"""Claims read from the books: the day each was made, and the day it was answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Actors
from ledger.workflow.record import decline
from reports.data.dataset import Claim
from reports.data.load_dataset import load_dataset
from tests.databases import Filling
from tests.ledger.orchard import DEE, ELI, SLUG, Orchard, new_key, plant, planted

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 90, "what": "Weeding"}


@pytest.fixture
def orchard(filled: Callable[[Filling], Engine]) -> Orchard:
    return planted(filled(plant))


def claims(orchard: Orchard) -> tuple[Claim, ...]:
    with read_books(orchard.engine, SLUG) as books:
        return load_dataset(books, Month.of(orchard.today)).claims


def test_a_claim_is_counted_from_its_day_to_its_answer(orchard: Orchard) -> None:
    waiting, answered = (orchard.record("hours", DEE, **HELP).agreement_id for _ in range(2))
    orchard.confirm(answered, ELI)
    today = orchard.today
    assert waiting != answered
    assert claims(orchard) == (Claim(opened=today), Claim(opened=today, confirmed=today, closed=today))


def test_a_declined_claim_is_closed_and_not_confirmed(orchard: Orchard) -> None:
    number = orchard.record("hours", DEE, **HELP).agreement_id or 0
    with write_books(orchard.engine, SLUG) as unit:
        decline(unit, number, Actors(ELI), new_key(), reason="It was another day")
    orchard.give("GEN", 500)
    assert claims(orchard) == (Claim(opened=orchard.today, closed=orchard.today),)
