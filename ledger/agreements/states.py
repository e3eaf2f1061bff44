"""The course of an agreement: its states, and which move leads from one to another. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.errors import LedgerError
from ledger.messages import say


class AlreadySettled(LedgerError):
    """What was confirmed, declined or taken back stays so; something new is written down anew."""

    slug = "already-settled"


@dataclass(frozen=True, kw_only=True)
class Course:
    """One table of moves: (state, move) to the state it leads to; a state that no move leaves is an end."""

    kind: str
    begin: str
    agree: str
    finish: str
    decline: str
    withdraw: str
    moves: Mapping[tuple[str | None, str], str]

    def after(self, state: str | None, move: str) -> str:
        """The state that a move leads to; AlreadySettled where the table has no such move."""
        found = self.moves.get((state, move))
        if found is None:
            raise AlreadySettled(say("This is settled already. Nothing was changed."))
        return found

    @property
    def open_states(self) -> frozenset[str]:
        """The states in which it still waits for someone."""
        return frozenset(state for state, _ in self.moves if state is not None)
