"""Readings: how an entry reads to each side, as messages whose names and lengths are put in where they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class StatementReading:
    """An entry on a member's own statement, for the member who gained and for the member who lost.

    `%(name)s` stands for the other people in it. The `alone` messages are used where the entry is on nobody else's
    account; where one is missing, the title of the kind is shown.
    """

    gained: str
    lost: str
    gained_alone: str | None = None
    lost_alone: str | None = None

    def words(self, *, gained: bool, alone: bool) -> str | None:
        """The message for one side."""
        if alone:
            return self.gained_alone if gained else self.lost_alone
        return self.gained if gained else self.lost


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """A filled-in kind in one sentence for one reader.

    The message may name `%(length)s` (the minutes), `%(programme)s` and every key of `people`.
    """

    words: str
    people: Mapping[str, tuple[int, ...]]
    minutes: int
    programme: str | None = None
