"""Members at their own pages, in books of a test's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

import pytest
from werkzeug.test import TestResponse

from ledger.chain.record_acts import NewIdentities
from ledger.database.unit_of_work import write_books
from ledger.registers import store
from ledger.registers.records import Programme
from ledger.registers.registry import PROGRAMMES
from tests.neighbours import Browser, Neighbours

HOME = "/c/willow/"
HOURS = "/c/willow/hours"
OTHER = "/c/willow/hours/other"
WAITING = "/c/willow/waiting"
Log = Callable[..., TestResponse]


@pytest.fixture
def ana(neighbours: Neighbours) -> Browser:
    """Return the organiser's browser."""
    return neighbours.signed_in("Ana")


@pytest.fixture
def bea(neighbours: Neighbours) -> Browser:
    """Return the browser of a member without an office."""
    return neighbours.signed_in("Bea")


@pytest.fixture
def cai(neighbours: Neighbours) -> Browser:
    """Return the browser of a member who checks the books."""
    return neighbours.signed_in("Cai")


@pytest.fixture
def garden(neighbours: Neighbours) -> str:
    """Return a programme that the community has."""
    with write_books(neighbours.engine, "willow") as books:
        changes = [PROGRAMMES.change(Programme(code="GARDEN", name="Garden"))]
        store.write(books, changes, opens=NewIdentities(programmes=["GARDEN"]), entered_by=1)
    return "GARDEN"


def logged(neighbours: Neighbours, by: str, side: str, who: str, **answers: str) -> TestResponse:
    """Log help by the longer form, as somebody fills it in."""
    known = {"side": side, "who": str(neighbours.people[who]) if who else "", "duration": "90", "day": "today"}
    return neighbours.signed_in(by).fill_in(OTHER, **(known | answers))


@pytest.fixture
def log(neighbours: Neighbours) -> Log:
    """Log help in the neighbours' books."""
    return partial(logged, neighbours)


def words(answer: TestResponse) -> str:
    """What a page says in its middle, without its marks."""
    text = re.sub(r"<[^>]+>", " ", answer.text.split("<main")[1].split("</main>")[0])
    return " ".join(text.split())
