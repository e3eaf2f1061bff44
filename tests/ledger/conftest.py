"""Communities that tests of the ledger begin with, on each engine."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.ledger.orchard import Orchard, planted


@pytest.fixture
def orchard(engine: Engine) -> Orchard:
    """Return an orchard with people, offices and funds of every class."""
    return planted(engine)
