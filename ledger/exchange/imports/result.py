"""What became of an import: how much was read, written and there already, and what was refused, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ledger.core.messages import Message

Progress = Callable[[float], None]
"""Told now and then which part of the work is done, from 0 to 1."""


@dataclass(frozen=True)
class Refused:
    """One line or item that could not be taken: its place in the file, its key, and why."""

    line: int | None
    key: str | None
    error: Message

    def as_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        return {"line": self.line, "key": self.key, "error": str(self.error)}


@dataclass(frozen=True)
class Imported:
    """The outcome of an import. Whole imports with a refusal have posted nothing."""

    read: int = 0
    posted: int = 0
    already: int = 0
    refused: tuple[Refused, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything in the file stands in the books now."""
        return not self.refused

    def as_json(self) -> dict[str, Any]:
        """As the command line prints it."""
        refused = [each.as_json() for each in self.refused]
        return {"read": self.read, "posted": self.posted, "already": self.already, "refused": refused}


def no_progress(_done: float) -> None:
    """For whoever does not want to know."""
