"""Reliability test 6: a writer killed between any two statements loses nothing it had said, and leaves nothing half."""

from __future__ import annotations

import random
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.database.unit_of_work import read_books
from ledger.journal.idempotency import FORM, Key
from tests.communities import small_community
from tests.communities.small_community import SLUG, hours_draft, post_draft
from tests.databases import written
from tests.reliability import standing, writer
from tests.reliability.conftest import Tell
from tests.reliability.onlooker import rows

Share = Callable[[int, int], int]
ROOT = Path(__file__).parents[2]
RESTART_SECONDS = 5
ACTIVITY = "SELECT pid, state, wait_event_type, wait_event, now() - query_start, left(query, 90) FROM pg_stat_activity"


@dataclass
class Witness:
    """Starts writers, hears what they acknowledge, and looks at the books when they are dead."""

    engine: Engine
    chance: random.Random
    said: dict[str, int] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    killed: int = 0
    slowest: float = 0
    slow: list[object] = field(default_factory=list)

    def kill_one(self, point: str) -> None:
        """Let a writer post a few entries and die in the last; the next begins with what was not acknowledged."""
        keys = [one for one in self.asked if one not in self.said]
        keys += [f"{point} {len(self.asked)}-{self.chance.randrange(10**9)}" for _ in range(self.chance.randint(2, 4))]
        self.asked += [one for one in keys if one not in self.asked]
        begun = monotonic()
        command = [sys.executable, "-m", "tests.reliability.writer", written(self.engine.url), point, *keys]
        timer = threading.Timer(RESTART_SECONDS, self.look_around)
        timer.start()
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            for number, line in enumerate(process.stdout):
                timer.cancel()
                if number == 0:
                    self.slowest = max(self.slowest, monotonic() - begun)
                one, _, entry = line.strip().rpartition(" ")
                assert self.said.setdefault(one, int(entry)) == int(entry), "another number for the same key"
        assert process.returncode == -9, process.returncode
        self.killed += 1

    def look_around(self) -> None:
        """Note what the server does while nothing comes from a writer."""
        self.slow += rows(self.engine, ACTIVITY) if self.engine.dialect.name == "postgresql" else ["slow"]

    def faults(self) -> list[str]:
        """Say what is lost or half there; a key without an acknowledgement may stand or not."""
        unknown = standing.entries(self.engine).keys() - set(self.asked) - {"first"}
        return [*standing.lost(self.engine, self.said), *standing.halves(self.engine), *unknown]


def killed(engine: Engine, chance: random.Random, points: list[str]) -> Witness:
    """Kill a writer at each point; AssertionError when something is lost or half there."""
    small_community.create(engine)
    post_draft(engine, hours_draft(), Key(FORM, "first"))
    witness = Witness(engine, chance)
    for point in points:
        witness.kill_one(point)
        assert witness.faults() == []
        assert witness.slow == []
    return witness


def test_reliability_6_a_killed_writer_loses_nothing_and_leaves_nothing_half(
    engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    points = list(writer.POINTS) * share(1, 50)
    seeded.shuffle(points)
    witness = killed(engine, seeded, points[: share(2, len(points))])
    with read_books(engine, SLUG) as books:
        assert verify(books).findings == ()
    tell(f"{witness.killed} killed at {len(writer.POINTS)} points, {len(witness.said):,} acknowledged, none lost")
    tell(f"first entry after a kill within {witness.slowest:.1f} s")


@pytest.mark.slow
def test_reliability_6_fails_when_success_is_said_before_the_commit(engine: Engine, seeded: random.Random) -> None:
    with pytest.raises(AssertionError, match="not "):
        killed(engine, seeded, [writer.TOO_SOON])
