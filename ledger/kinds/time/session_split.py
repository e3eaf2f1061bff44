"""Sharing a session: three ways to count it, each summing to nought over leaders, guests and the community's pot."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ledger.core.account_roles import PROGRAMME_HOURS, SESSION_SURPLUS
from ledger.core.amounts import split
from ledger.core.drafts import AccountKey
from ledger.kinds.time.time_accounts import member_time, time_account

Moves = list[tuple[AccountKey, int]]


def each_pays(leaders: Sequence[int], guests: Sequence[int], minutes: int) -> Moves:
    """Each guest receives the whole time; each leader gives it once; what is over goes to the pot."""
    surplus = time_account(SESSION_SURPLUS), -minutes * (len(guests) - len(leaders))
    return [*_received(guests, [minutes] * len(guests)), *_given(leaders, minutes), surplus]


def shared(leaders: Sequence[int], guests: Sequence[int], minutes: int) -> Moves:
    """The guests share the leaders' time; odd minutes fall on the first in the order given."""
    parts = split(minutes * len(leaders), [1] * len(guests))
    return [*_received(guests, parts), *_given(leaders, minutes)]


def community_pays(leaders: Sequence[int], minutes: int) -> Moves:
    """The community's pot pays the leaders; nobody is asked who came."""
    return [(time_account(PROGRAMME_HOURS), minutes * len(leaders)), *_given(leaders, minutes)]


def _received(guests: Sequence[int], parts: Sequence[int]) -> Moves:
    return [(member_time(guest), part) for guest, part in zip(guests, parts, strict=True)]


def _given(leaders: Sequence[int], minutes: int) -> Moves:
    return [(member_time(leader), -minutes) for leader in leaders]


WAYS: Mapping[str, Callable[[Sequence[int], Sequence[int], int], Moves]] = {"each-pays": each_pays, "shared": shared}
"""The ways in which guests take part in the count, by the answer on the form."""
