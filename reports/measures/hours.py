"""Hours given and received in exchanges, community hours and partner hours; minutes.

Gifts, welcome hours, relief and forgiveness are not exchanges. Reversed entries and reversals are left out.
"""

from __future__ import annotations

import datetime as dt
import statistics
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
    """The people who were members on any day of a span."""
    members = dataset.registers.members.values()
    return tuple(m.party_id for m in members if m.joined <= span.last and (m.left is None or m.left >= span.first))


def is_giving(row: DatasetRow) -> bool:
    """Whether a row records hours given by a person, credited or donated."""
    return row.amount < 0 and (row.account == MEMBER_TIME or (row.account == HOURS_DONATED and row.owner != 0))


@cached_on_dataset
def minutes_given(dataset: Dataset, span: Span) -> Mapping[int, int]:
    """Minutes given by each person."""
    minutes: Counter[int] = Counter()
    for row in dataset.exchange_rows.within(span):
        if is_giving(row):
            minutes[row.owner] -= row.amount
    return minutes


@cached_on_dataset
def minutes_received(dataset: Dataset, span: Span) -> Mapping[int, int]:
    """Minutes debited to each person. Private help paid by the community account is not included."""
    minutes: Counter[int] = Counter()
    for row in dataset.exchange_rows.within(span):
        if row.account == MEMBER_TIME and row.amount > 0:
            minutes[row.owner] += row.amount
    return minutes


def active_people(dataset: Dataset, span: Span) -> frozenset[int]:
    """The people who gave or received."""
    return frozenset(minutes_given(dataset, span)) | frozenset(minutes_received(dataset, span))


@cached_on_dataset
def count_exchanges(dataset: Dataset, span: Span) -> int:
    """The number of exchanges; a group session counts once."""
    return len({row.seq for row in dataset.exchange_rows.within(span)})


@cached_on_dataset
def exchange_lengths(dataset: Dataset, span: Span) -> tuple[int, ...]:
    """The minutes given in each exchange, by members and by partners."""
    minutes: Counter[int] = Counter()
    for row in dataset.exchange_rows.within(span):
        if is_giving(row) or (row.account == PARTNER_TIME and row.amount < 0):
            minutes[row.seq] -= row.amount
    return tuple(minutes.values())


@cached_on_dataset
def exchange_links(dataset: Dataset, span: Span) -> frozenset[Link]:
    """Pairs (giver, receiver) of exchanges between members. Help paid by the community makes no pair."""
    givers: dict[int, set[int]] = {}
    takers: dict[int, set[int]] = {}
    for row in dataset.exchange_rows.within(span):
        if row.family == EXCHANGE and row.account == MEMBER_TIME:
            (givers if row.amount < 0 else takers).setdefault(row.seq, set()).add(row.owner)
    return frozenset((g, t) for seq in givers.keys() & takers.keys() for g in givers[seq] for t in takers[seq])


@cached_on_dataset
def exchange_partners(dataset: Dataset, span: Span) -> Mapping[int, frozenset[int]]:
    """For each active person, the people they exchanged with, in either direction."""
    partners: dict[int, set[int]] = {person: set() for person in active_people(dataset, span)}
    for giver, taker in exchange_links(dataset, span):
        partners[giver].add(taker)
        partners[taker].add(giver)
    return {person: frozenset(others) for person, others in partners.items()}


def connected_groups(neighbours: Mapping[int, Iterable[int]]) -> Iterator[set[int]]:
    """The connected components of the exchange graph."""
    unvisited = set(neighbours)
    while unvisited:
        group, queue = set[int](), [unvisited.pop()]
        while queue:
            person = queue.pop()
            group.add(person)
            queue += [other for other in neighbours[person] if other in unvisited]
            unvisited.difference_update(neighbours[person])
        yield group


def median(values: Sequence[int]) -> Fraction:
    """The exact median of at least one value."""
    return statistics.median(map(Fraction, values))


@cached_on_dataset
def member_balances(dataset: Dataset, day: dt.date) -> Mapping[int, int]:
    """Each person's balance of minutes on a day: above 0 when more was given than received."""
    balances: Counter[int] = Counter()
    for row in dataset.account_rows(MEMBER_TIME).until(day):
        balances[row.owner] -= row.amount
    return balances


@cached_on_dataset
def pot_balance(dataset: Dataset, day: dt.date) -> int:
    """The community account in minutes, the counterpart of members and partners; below 0 it has promised help."""
    outside = (MEMBER_TIME, PARTNER_TIME)
    return -total_amount(row for row in dataset.time.until(day) if row.unit == MINUTES and row.account not in outside)


def positive_balance_days(dataset: Dataset, span: Span) -> int:
    """The sum of all positive balances at the end of each day of a span; minutes x days."""
    balances = Counter(member_balances(dataset, span.first - dt.timedelta(1)))
    positive = sum(balance for balance in balances.values() if balance > 0)
    minute_days, counted_to = 0, span.first
    for row in dataset.account_rows(MEMBER_TIME).within(span):
        minute_days += positive * (row.date - counted_to).days
        counted_to = row.date
        before = max(balances[row.owner], 0)
        balances[row.owner] -= row.amount
        positive += max(balances[row.owner], 0) - before
    return minute_days + positive * ((span.last - counted_to).days + 1)
