"""Bounds: what stands on an account, what is kept for others, and how far it may go. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ledger.registers.records import LimitRule


@dataclass(frozen=True, kw_only=True)
class Bounds:
    """An account with its hard limits, in minor units, debit positive; None where there is no limit."""

    posted: int = 0
    held_debit: int = 0
    held_credit: int = 0
    floor: int | None = None
    ceiling: int | None = None

    def stop(self, change: int) -> int | None:
        """The limit that a change would pass, or None where it may go on; a way back toward nought always may."""
        if change > 0 and self.ceiling is not None and self.after(change) > self.ceiling:
            return self.ceiling
        if change < 0 and self.floor is not None and self.after(change) < self.floor:
            return self.floor
        return None

    def after(self, change: int) -> int:
        """What would stand there with a change and with all that waits the same way."""
        return self.posted + change + (self.held_debit if change > 0 else -self.held_credit)

    def without(self, change: int) -> Bounds:
        """The bounds without the room that is kept for a change."""
        held = {"held_debit": self.held_debit - max(change, 0), "held_credit": self.held_credit - max(-change, 0)}
        return replace(self, **held)


def bounds_of(rule: LimitRule) -> tuple[int | None, int | None]:
    """The floor and the ceiling that a rule sets on an account: the owner reads it the other way round."""
    low, high = rule.stop_low_minutes, rule.stop_high_minutes
    return None if high is None else -high, None if low is None else -low
