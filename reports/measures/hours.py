"""Who gave hours to whom: what is counted from exchanges, community hours and partner hours that stand.

Gifts, welcome hours, relief and forgiveness are not exchanges; reversed pairs are left out. Minutes.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from ledger.core.account_roles import HOURS_DONATED, MEMBER_TIME, PARTNER_TIME
from ledger.core.amounts import MINUTES
from ledger.core.drafts import EXCHANGE
from ledger.core.periods import Span
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow, total_amount

Link = tuple[int, int]


def enrolled_people(dataset: Dataset, span: Span) -> tuple[int, ...]:
    """The people whose membership was open on any day of a span."""
    members = dataset.registers.members.values()
    return tuple(m.party_id for m in members if m.joined <= span.last and (m.left is None or m.left >= span.first))


def is_giving(row: DatasetRow) -> bool:
    """Whether a row credits a person with hours; hours given for no credit stand with the giver's name too."""
    return row.amount < 0 and (row.account == MEMBER_TIME or (row.account == HOURS_DONATED and row.owner != 0))


@cached_on_dataset
def minutes_given(dataset: Dataset, span: Span) -> Mapping[int, int]:
    """Minutes that each person gave."""
    found: Counter[int] = Counter()
    for row in dataset.counted.within(span):
        if is_giving(row):
            found[row.owner] -= row.amount
    return found


@cached_on_dataset
def minutes_received(dataset: Dataset, span: Span) -> Mapping[int, int]:
    """Minutes that each person received and was debited for; private help that the pot paid is in nobody's sum."""
    found: Counter[int] = Counter()
    for row in dataset.counted.within(span):
        if row.account == MEMBER_TIME and row.amount > 0:
            found[row.owner] += row.amount
    return found


def active_people(dataset: Dataset, span: Span) -> frozenset[int]:
    """The people who gave or received."""
    return frozenset(minutes_given(dataset, span)) | frozenset(minutes_received(dataset, span))


@cached_on_dataset
def count_exchanges(dataset: Dataset, span: Span) -> int:
    """How many exchanges there were; a session counts once."""
    return len({row.seq for row in dataset.counted.within(span)})


@cached_on_dataset
def exchange_lengths(dataset: Dataset, span: Span) -> tuple[int, ...]:
    """How many minutes were given in each exchange, by members and by partners."""
    found: Counter[int] = Counter()
    for row in dataset.counted.within(span):
        if is_giving(row) or (row.account == PARTNER_TIME and row.amount < 0):
            found[row.seq] -= row.amount
    return tuple(found.values())


@cached_on_dataset
def exchange_links(dataset: Dataset, span: Span) -> frozenset[Link]:
    """Who gave to whom in exchanges between members, giver first. Help that the community paid links nobody."""
    givers: dict[int, set[int]] = {}
    takers: dict[int, set[int]] = {}
    for row in dataset.counted.within(span):
        if row.family == EXCHANGE and row.account == MEMBER_TIME:
            (givers if row.amount < 0 else takers).setdefault(row.seq, set()).add(row.owner)
    return frozenset((g, t) for seq in givers.keys() & takers.keys() for g in givers[seq] for t in takers[seq])


@cached_on_dataset
def exchange_partners(dataset: Dataset, span: Span) -> Mapping[int, frozenset[int]]:
    """For each active person the people with whom they exchanged, either way."""
    found: dict[int, set[int]] = {person: set() for person in active_people(dataset, span)}
    for giver, taker in exchange_links(dataset, span):
        found[giver].add(taker)
        found[taker].add(giver)
    return {person: frozenset(others) for person, others in found.items()}


def connected_groups(near: Mapping[int, Iterable[int]]) -> Iterator[set[int]]:
    """The groups that hang together through any chain of exchanges."""
    waiting = set(near)
    while waiting:
        group, edge = set[int](), [waiting.pop()]
        while edge:
            person = edge.pop()
            group.add(person)
            edge += [other for other in near[person] if other in waiting]
            waiting.difference_update(near[person])
        yield group


def median(values: Sequence[int]) -> Fraction:
    """The median: the value in the middle, or halfway between the two in the middle."""
    ordered, half = sorted(values), len(values) // 2
    return Fraction(ordered[half]) if len(ordered) % 2 else Fraction(ordered[half - 1] + ordered[half], 2)


@cached_on_dataset
def member_balances(dataset: Dataset, day: dt.date) -> Mapping[int, int]:
    """Each person's balance on a day as the person reads it: above 0 when more was given than received."""
    found: Counter[int] = Counter()
    for row in dataset.of(MEMBER_TIME).until(day):
        found[row.owner] -= row.amount
    return found


@cached_on_dataset
def pot_balance(dataset: Dataset, day: dt.date) -> int:
    """What the community holds in hours, the other side of members and partners; below 0 it has promised help."""
    outside = (MEMBER_TIME, PARTNER_TIME)
    return -total_amount(row for row in dataset.time.until(day) if row.unit == MINUTES and row.account not in outside)


def positive_balance_days(dataset: Dataset, span: Span) -> int:
    """The sum over the days of a span of all balances above 0 at the end of each day; minutes x days."""
    held = Counter(member_balances(dataset, span.first - dt.timedelta(1)))
    above = sum(balance for balance in held.values() if balance > 0)
    summed, counted_to = 0, span.first
    for row in dataset.of(MEMBER_TIME).within(span):
        summed += above * (row.date - counted_to).days
        counted_to = row.date
        before = max(held[row.owner], 0)
        held[row.owner] -= row.amount
        above += max(held[row.owner], 0) - before
    return summed + above * ((span.last - counted_to).days + 1)
