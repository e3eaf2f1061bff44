"""An invented history, the same in every run: a thousand entries a month, back from October 2026."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ledger.core.drafts import BARTER, EXCHANGE, OTHER
from ledger.exchange.imports.result import Progress
from ledger.exchange.journal_line import JournalLine, PostingLine, line_text

LAST_DAY = dt.date(2026, 10, 31)
PER_MONTH = 1000
PEOPLE = tuple(f"Person {number:03}" for number in range(1, 151))
PROGRAMMES = ("GARDEN", "KITCHEN", "WORKSHOP", "CARE", "RETREAT", "HOUSES", "OUTREACH", "ENERGY")
FUNDS = ("GEN", "COP", "LAND", "YOUTH")
TASKS = ("Weeding", "Childcare", "Bicycle repair", "Translation", "Cooking", "Firewood", "Lessons", "Sewing")
COSTS = ("5000", "6100", "6220", "6300", "6340")
SEED = 7


def write_journal(path: Path, entries: int, progress: Progress = lambda _: None) -> None:
    """Write a journal file for `hourstead import journal`."""
    with path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(make_history(entries), 1):
            file.write(line_text(line) + "\n")
            if number % PER_MONTH == 0:
                progress(number / entries)


def make_history(entries: int) -> Iterator[JournalLine]:
    """Entries in the order of their days; the last month is October 2026."""
    generator = random.Random(SEED)  # noqa: S311 (nothing is secret here)
    months = -(-entries // PER_MONTH)
    for number in range(entries):
        month, position = divmod(number, PER_MONTH)
        yield _make_line(generator, f"bench-{number + 1}", _day_of_entry(months - 1 - month, position))


def _day_of_entry(months_ago: int, position: int) -> dt.date:
    year, month = divmod(LAST_DAY.year * 12 + LAST_DAY.month - 1 - months_ago, 12)
    days = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, position * days // PER_MONTH + 1)


Postings = tuple[PostingLine, ...]


def _make_line(generator: random.Random, key: str, day: dt.date) -> JournalLine:
    kind, family, narration, lines = generator.choices(_KINDS, _WEIGHTS)[0]
    return JournalLine(
        key=key,
        date=day,
        family=family,
        kind=kind,
        narration=narration or generator.choice(TASKS),
        postings=lines(generator),
    )


def _hours_postings(generator: random.Random, guests: int = 1) -> Postings:
    giver, *receivers = generator.sample(PEOPLE, 1 + generator.randint(1, guests))
    minutes = 15 * generator.randint(1, 16)
    hours = partial(PostingLine, "T2000", "min", "TB")
    return (*(hours(minutes, receiver) for receiver in receivers), hours(-minutes * len(receivers), giver))


def _barter_postings(generator: random.Random) -> Postings:
    giver, receiver = generator.sample(PEOPLE, 2)
    value = 100 * generator.randint(1, 60)
    goods = partial(PostingLine, "B2000", "NV", "BAR")
    return goods(value, receiver), goods(-value, giver)


def _sale_postings(generator: random.Random) -> Postings:
    cents = generator.randint(500, 40_000)
    tax = cents // 10
    money = partial(PostingLine, unit="EUR", fund="COP")
    account = generator.choice(("4110", "4120", "4140"))
    return money("1000", amount=cents), money(account, amount=tax - cents), money("2040", amount=-tax)


def _cost_postings(generator: random.Random) -> Postings:
    cents, programme = generator.randint(300, 36_000), generator.choice(PROGRAMMES)
    spent = partial(PostingLine, unit="EUR", fund=generator.choice(FUNDS), programme=programme)
    return spent(generator.choice(COSTS), amount=cents), spent("1000", amount=-cents)


def _donation_postings(generator: random.Random) -> Postings:
    cents = generator.randint(50_000, 400_000)
    given = partial(PostingLine, unit="EUR", fund=generator.choice(FUNDS))
    return given("1000", amount=cents), given("4000", amount=-cents)


def _savings_postings(generator: random.Random) -> Postings:
    cents = generator.randint(1_000, 20_000)
    saved = partial(PostingLine, unit="EUR", fund="GEN")
    return saved("1010", amount=cents), saved("1000", amount=-cents)


_KINDS: tuple[tuple[str, str, str | None, Callable[[random.Random], Postings]], ...] = (
    ("hours", EXCHANGE, None, _hours_postings),
    ("group-session", EXCHANGE, None, partial(_hours_postings, guests=8)),
    ("barter", BARTER, "Goods for goods", _barter_postings),
    ("sale", OTHER, "Market day", _sale_postings),
    ("cost", OTHER, "Bought for the work", _cost_postings),
    ("donation", OTHER, "Gift", _donation_postings),
    ("moved-between-places", OTHER, "Moved to savings", _savings_postings),
)
_WEIGHTS = (62, 6, 8, 10, 10, 1, 3)
