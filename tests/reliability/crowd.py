"""Writers that do not give up: each sends its form again until the books have answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import TypeVar

from sqlalchemy import Engine

from ledger.checks import verify
from ledger.core.errors import BooksBusy, CommitFailed
from ledger.database.unit_of_work import read_books
from tests.communities.small_community import SLUG, hours_draft, new_key, post_draft
from tests.reliability import standing

WRITERS = 4
LONGEST_SECONDS = 60
Given = TypeVar("Given")


@dataclass
class Crowd:
    """Four writers in the small community, and what they were told."""

    engine: Engine
    said: dict[str, int] = field(default_factory=dict)
    again: int = 0
    slowest: float = 0
    faults: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def write(self) -> None:
        """Post entries one after the other, each as often as it takes, until it is over."""
        while not self.over.is_set() and not self.faults:
            begun = monotonic()
            try:
                self.write_one()
            except Exception as fault:  # noqa: BLE001 (a thread's fault is told by the test)
                self.faults.append(repr(fault))
            self.slowest = max(self.slowest, monotonic() - begun)

    def write_one(self) -> None:
        """Post one entry; only what a page answers by `try again` is tried again."""
        one, draft = new_key(), hours_draft()
        while one.key not in self.said and not self.faults:
            try:
                self.said[one.key] = post_draft(self.engine, draft, one).entry_id
            except (BooksBusy, CommitFailed):
                self.again += 1
                time.sleep(0.02)

    def wait_for(self, more: int) -> None:
        """Wait until so many more entries are acknowledged."""
        enough, until = len(self.said) + more, monotonic() + LONGEST_SECONDS
        while len(self.said) < enough and not self.faults:
            assert monotonic() < until, "nobody gets through any more"
            time.sleep(0.005)

    def disturbed(self, rounds: int, disturb: Callable[[], Given], more: int, others: int = 0) -> list[Given]:
        """Disturb the writers again and again; AssertionError when anything said is lost, doubled or half there.

        `others` is how many entries stood in the books before.
        """
        writers = [threading.Thread(target=self.write) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            given = []
            for _ in range(rounds):
                self.wait_for(more)
                given.append(disturb())
            self.wait_for(more)
        finally:
            self.over.set()
            for writer in writers:
                writer.join()
        self.check(others)
        return given

    def check(self, others: int) -> None:
        """Compare what was said with what stands."""
        assert self.faults == []
        assert standing.lost(self.engine, self.said) == []
        assert standing.halves(self.engine) == []
        assert len(standing.entries(self.engine)) == len(self.said) + others
        with read_books(self.engine, SLUG) as books:
            assert verify(books).findings == ()

    @property
    def outcome(self) -> str:
        """Say it in figures."""
        return (
            f"{len(self.said):,} entries acknowledged, none lost, {self.again:,} tries again, "
            f"longest wait {self.slowest:.1f} s"
        )
