"""Kinds that imported journals use and that no form records yet."""

from __future__ import annotations

SOLIDARITY_LOAN = "solidarity-loan"

EMERGENCY_HELP = frozenset({SOLIDARITY_LOAN})
"""Kinds that pay help out of the emergency fund."""
GUARDED = frozenset({SOLIDARITY_LOAN, "solidarity-hours", "balance-lift", "dispute-relief"})
"""Kinds that show that somebody was helped or was part of a dispute."""
