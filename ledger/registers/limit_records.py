"""A rule about limits: how far hours may go before one talks, and before it stops."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitRule:
    """Levels in minutes as their owner reads them, plus for help given beyond help received; None where there is none.

    Past a talk level one talks, and nothing is refused. Past a stop nothing goes further, until someone lets one
    entry pass. `decision` is the one that the rule rests on, `why` its reason.
    """

    talk_low_minutes: int | None = None
    talk_high_minutes: int | None = None
    stop_low_minutes: int | None = None
    stop_high_minutes: int | None = None
    decision: str | None = None
    why: str = ""
