"""An orchard to keep safe, on each engine."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from tests.databases import Filling
from tests.ledger.orchard import Orchard, plant, planted


@pytest.fixture
def orchard(filled: Callable[[Filling], Engine]) -> Orchard:
    """Return an orchard with people, offices and funds of every class."""
    return planted(filled(plant))
