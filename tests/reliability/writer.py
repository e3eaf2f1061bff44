"""A process that posts entries, says each one after its commit, and kills itself at a named point of an entry.

`python -m tests.reliability.writer URL POINT KEY...` posts one entry for each key and prints `KEY NUMBER` when it is
committed; in the last one it dies at POINT, by a signal that nothing can catch. The product knows nothing of this: a
listener on its database does the counting.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, event

from ledger.database.engine import make_engine
from ledger.database.unit_of_work import write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.posting import post
from tests.communities.small_community import ANA, SLUG, hours_draft

BEFORE = {
    "before the head is locked": " chain_head AS h",
    "before the accounts are looked up": " account AS ",
    "before the header": "INSERT INTO journal_entry",
    "before the words": "INSERT INTO entry_text",
    "before the lines": "INSERT INTO posting",
    "before the seal": "INSERT INTO seal",
}
AFTER = {
    "after the head is locked": " chain_head AS h",
    "after the header": "INSERT INTO journal_entry",
    "after the lines": "INSERT INTO posting",
    "after the seal": "INSERT INTO seal",
}
COMMIT = "before the commit"
KEPT = "after the commit"
TOO_SOON = "said before the commit"
"""Not a point to die at but a mutant: success is said before the commit, and death comes between."""

POINTS = (*BEFORE, *AFTER, COMMIT, KEPT)
"""On PostgreSQL header, words and lines go in by one statement, so that some points are the same moment there."""


def die() -> None:
    """End at once, as by a power cut of this process."""
    os.kill(os.getpid(), signal.SIGKILL)


class Fate:
    """Watches what goes to the database, and dies at its point when the entry has come."""

    def __init__(self, engine: Engine, point: str) -> None:
        self.point, self.is_due = point, False
        event.listen(engine, "before_cursor_execute", self.before)
        event.listen(engine, "after_cursor_execute", self.after)
        event.listen(engine, "commit", self.commit)

    def before(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Die before a statement."""
        self.meet(BEFORE.get(self.point), statement)

    def after(self, _connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        """Die after a statement."""
        self.meet(AFTER.get(self.point), statement)

    def meet(self, sign: str | None, statement: str) -> None:
        """Die when the statement is the one."""
        if self.is_due and sign is not None and sign in " ".join(statement.split()):
            die()

    def commit(self, _connection: Any) -> None:
        """Die with everything written and nothing committed."""
        if self.is_due and self.point in (COMMIT, TOO_SOON):
            die()


def say(*words: object) -> None:
    """Write a line down the pipe at once."""
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def run(url: str, point: str, keys: Sequence[str]) -> None:
    """Post an entry for each key."""
    engine = make_engine(url)
    fate = Fate(engine, point)
    for number, key in enumerate(keys, 1):
        fate.is_due = number == len(keys)
        with write_books(engine, SLUG) as unit:
            posted = post(unit, hours_draft(), Actors(ANA), Key(FORM, key))
            if point == TOO_SOON:
                say(key, posted.entry_id)
        if fate.is_due and point == KEPT:
            die()
        if point != TOO_SOON:
            say(key, posted.entry_id)


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], sys.argv[3:])
