"""An invented history, the same in every run: a thousand entries a month, so longer books go further back."""

from __future__ import annotations

import calendar
import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from ledger.core.drafts import BARTER, EXCHANGE, OTHER
from ledger.exchange.journal_line import JournalLine, PostingLine, line_text

LAST_DAY = dt.date(2026, 10, 31)
PER_MONTH = 1000
PEOPLE = tuple(f"Person {number:03}" for number in range(1, 151))
PROGRAMMES = ("GARDEN", "KITCHEN", "WORKSHOP", "CARE", "RETREAT", "HOUSES", "OUTREACH", "ENERGY")
FUNDS = ("GEN", "COP", "LAND", "YOUTH")
TASKS = ("Weeding", "Childcare", "Bicycle repair", "Translation", "Cooking", "Firewood", "Lessons", "Sewing")
COSTS = ("5000", "6100", "6220", "6300", "6340")
SEED = 7


def write_journal(path: Path, entries: int, progress: Callable[[float], None] = lambda _: None) -> None:
    """Write a journal file that `hourstead import journal` reads."""
    with path.open("w", encoding="utf-8") as file:
        for number, line in enumerate(make_history(entries), 1):
            file.write(line_text(line) + "\n")
            if number % PER_MONTH == 0:
                progress(number / entries)


def make_history(entries: int) -> Iterator[JournalLine]:
    """So many entries, in the order of their days, the last month of them being October 2026."""
    chance = random.Random(SEED)  # noqa: S311 (nothing is secret here)
    months = -(-entries // PER_MONTH)
    for number in range(entries):
        month, place = divmod(number, PER_MONTH)
        yield _entry(chance, f"bench-{number + 1}", _day(months - 1 - month, place))


def _day(months_ago: int, place: int) -> dt.date:
    year, month = divmod(LAST_DAY.year * 12 + LAST_DAY.month - 1 - months_ago, 12)
    days = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, place * days // PER_MONTH + 1)


Postings = tuple[PostingLine, ...]


def _entry(chance: random.Random, key: str, day: dt.date) -> JournalLine:
    kind, family, words, lines = chance.choices(_INVENTED, _SHARES)[0]
    return JournalLine(
        key=key, date=day, family=family, kind=kind, narration=words or chance.choice(TASKS), postings=lines(chance)
    )


def _hours(chance: random.Random, guests: int = 1) -> Postings:
    gave, *received = chance.sample(PEOPLE, 1 + chance.randint(1, guests))
    minutes = 15 * chance.randint(1, 16)
    hours = partial(PostingLine, "T2000", "min", "TB")
    return (*(hours(minutes, one) for one in received), hours(-minutes * len(received), gave))


def _barter(chance: random.Random) -> Postings:
    gave, received = chance.sample(PEOPLE, 2)
    value = 100 * chance.randint(1, 60)
    goods = partial(PostingLine, "B2000", "NV", "BAR")
    return goods(value, received), goods(-value, gave)


def _sale(chance: random.Random) -> Postings:
    cents = chance.randint(500, 40_000)
    tax = cents // 10
    money = partial(PostingLine, unit="EUR", fund="COP")
    sold = chance.choice(("4110", "4120", "4140"))
    return money("1000", amount=cents), money(sold, amount=tax - cents), money("2040", amount=-tax)


def _cost(chance: random.Random) -> Postings:
    cents, programme = chance.randint(300, 36_000), chance.choice(PROGRAMMES)
    spent = partial(PostingLine, unit="EUR", fund=chance.choice(FUNDS), programme=programme)
    return spent(chance.choice(COSTS), amount=cents), spent("1000", amount=-cents)


def _given(chance: random.Random) -> Postings:
    cents = chance.randint(50_000, 400_000)
    given = partial(PostingLine, unit="EUR", fund=chance.choice(FUNDS))
    return given("1000", amount=cents), given("4000", amount=-cents)


def _saved(chance: random.Random) -> Postings:
    cents = chance.randint(1_000, 20_000)
    saved = partial(PostingLine, unit="EUR", fund="GEN")
    return saved("1010", amount=cents), saved("1000", amount=-cents)


_INVENTED: tuple[tuple[str, str, str | None, Callable[[random.Random], Postings]], ...] = (
    ("hours", EXCHANGE, None, _hours),
    ("group-session", EXCHANGE, None, partial(_hours, guests=8)),
    ("barter", BARTER, "Goods for goods", _barter),
    ("sale", OTHER, "Market day", _sale),
    ("cost", OTHER, "Bought for the work", _cost),
    ("donation", OTHER, "Gift", _given),
    ("moved-between-places", OTHER, "Moved to savings", _saved),
)
_SHARES = (62, 6, 8, 10, 10, 1, 3)
