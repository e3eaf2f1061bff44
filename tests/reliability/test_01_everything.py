"""Reliability test 1: whatever people do to books, in any order: after each step they agree with a plain dict."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from sqlalchemy import Engine

from ledger.core.errors import LedgerError
from ledger.database.engine import make_engine
from ledger.limits import limit_rules
from ledger.workflow import holds
from tests.communities import small_community
from tests.databases import BOTH, Shelf
from tests.reliability.conftest import Tell
from tests.reliability.machine import Machine

Share = Callable[[int, int], int]
Fresh = Callable[[], AbstractContextManager[Engine]]
STEPS = 50


@pytest.fixture(params=BOTH)
def fresh(request: pytest.FixtureRequest) -> Fresh:
    """Lend a small community for as long as one run of the machine takes, on each engine."""
    shelf: Shelf = request.getfixturevalue(f"{request.param}_shelf")

    @contextmanager
    def lent() -> Iterator[Engine]:
        with shelf.lent(small_community.create) as url:
            engine = make_engine(url)
            yield engine
            engine.dispose()

    return lent


def run(
    fresh: Fresh, runs: int, steps: int, *, seed: int | None = None, phases: tuple[Phase, ...] = tuple(Phase)
) -> int:
    """Run the machine; give how many deeds it did."""

    class Mine(Machine):
        pass

    Mine.fresh, Mine.steps = staticmethod(fresh), 0
    chosen = settings(
        max_examples=runs,
        stateful_step_count=steps,
        deadline=None,
        derandomize=False,
        database=None,
        report_multiple_bugs=False,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    if seed is not None:
        Mine._hypothesis_internal_use_seed = seed
    run_state_machine_as_test(Mine, settings=chosen)
    return Mine.steps


def test_reliability_1_books_agree_with_a_plain_dict_whatever_is_done(
    fresh: Fresh, seeded: random.Random, share: Share, tell: Tell
) -> None:
    deeds = run(fresh, share(3, 340), share(8, STEPS), seed=seeded.randrange(2**32))
    assert deeds >= share(0, 10_000)
    tell(f"{deeds:,} deeds, each followed by a comparison and a check of the whole books")


MUTANTS: dict[str, tuple[Any, str, Any]] = {
    "room is never given back": (holds, "_end", lambda *given: None),
    "no room is kept": (holds, "record", lambda *given, **more: None),
    "stops are forgotten": (limit_rules, "bounds_of", lambda rule: (None, None)),
}


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS)
def test_reliability_1_fails_when_something_is_forgotten(
    fresh: Fresh, mutant: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(*MUTANTS[mutant])
    with pytest.raises((AssertionError, LedgerError, pytest.fail.Exception)):
        run(fresh, 40, STEPS, phases=(Phase.generate,))
