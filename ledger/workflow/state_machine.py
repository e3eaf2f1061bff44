"""The course of what waits for a yes: one table of moves for all of it, and what each move does to its holds. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message

DECLINED, WITHDRAWN, EXPIRED = "declined", "withdrawn", "expired"
AGREE, DECLINE, WITHDRAW, EXPIRE = "agree", "decline", "withdraw", "expire"
SETTLED, VOIDED, LAPSED = "settled", "voided", "expired"
"""How a hold ends: settled by its entry, voided by a no, lapsed by itself."""


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
    expire: str
    moves: Mapping[tuple[str | None, str], str]

    def after(self, state: str | None, move: str) -> str:
        """The state that a move leads to; AlreadySettled where the table has no such move."""
        found = self.moves.get((state, move))
        if found is None:
            raise AlreadySettled(make_message("This is settled already. Nothing was changed."))
        return found

    @property
    def open_states(self) -> frozenset[str]:
        """The states in which it still waits for someone."""
        return frozenset(state for state, _ in self.moves if state is not None)

    def end_of_holds(self, move: str) -> str | None:
        """How a move ends the holds that kept room for it; None where it still waits and they stand."""
        return {self.finish: SETTLED, DECLINE: VOIDED, WITHDRAW: VOIDED, EXPIRE: LAPSED}.get(move)


def course(kind: str, *, begin: str, waits: str, finish: str, done: str) -> Course:
    """The course of one thing that waits: begun, agreed to by one after another, then done, or it comes to nothing."""
    moves: dict[tuple[str | None, str], str] = {
        (None, begin): waits,
        (waits, AGREE): waits,
        (waits, finish): done,
        (waits, DECLINE): DECLINED,
        (waits, WITHDRAW): WITHDRAWN,
        (waits, EXPIRE): EXPIRED,
    }
    return Course(
        kind=kind,
        begin=begin,
        agree=AGREE,
        finish=finish,
        decline=DECLINE,
        withdraw=WITHDRAW,
        expire=EXPIRE,
        moves=MappingProxyType(moves),
    )
