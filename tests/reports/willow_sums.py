"""Independent sums over Willow's postings, read from their file and added up apart from the reports' code."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from tests.golden.willow import HERE


class Posting(NamedTuple):
    """One posting with the fields of its entry."""

    entry: str
    day: str
    family: str
    stands: bool
    account: str
    unit: str
    fund: str
    amount: int
    owner: str | None
    programme: str | None


PostingTest = Callable[[Posting], bool]
MARCH, QUARTER = ("2026-03-01", "2026-03-31"), ("2026-01-01", "2026-03-31")


@cache
def registers() -> dict[str, Any]:
    """Willow's registers."""
    data: dict[str, Any] = json.loads((HERE / "willow-registers.json").read_text())
    return data


@cache
def postings() -> tuple[Posting, ...]:
    """Every posting of Willow's year."""
    entries = [json.loads(line) for line in (HERE / "willow.jsonl").read_text().splitlines()]
    undone = {key for entry in entries if "reverses" in entry for key in (entry["key"], entry["reverses"])}
    return tuple(_lines(entries, undone))


def _lines(entries: list[dict[str, Any]], undone: set[str]) -> Iterator[Posting]:
    for entry in entries:
        head = (entry["key"], entry["date"], entry["family"], entry["key"] not in undone)
        for p in entry["postings"]:
            money = (p["account"], p["unit"], p["fund"], p["amount"])
            yield Posting(*head, *money, p.get("owner"), p.get("programme"))


@cache
def account_kinds() -> dict[str, str]:
    """The kind of each account: asset, liability, equity, income or expense."""
    return {account["code"]: account["kind"] for account in registers()["accounts"]}


@cache
def cash_accounts() -> frozenset[str]:
    """The codes of bank accounts, cash boxes and payment processors."""
    return frozenset(account["code"] for account in registers()["accounts"] if account.get("cash"))


def sum_in(span: tuple[str, str], *tests: PostingTest) -> int:
    """The sum of the postings of a span of days that pass every test."""
    return sum(line.amount for line in postings() if span[0] <= line.day <= span[1] and all(t(line) for t in tests))


def balance_on(day: str, *tests: PostingTest) -> int:
    """The sum of all postings up to a day that pass every test."""
    return sum_in(("", day), *tests)


def of_kind(kind: str, unit: str = "EUR") -> PostingTest:
    """Postings on accounts of a kind, in a unit, without the year's closing entry."""
    return lambda line: account_kinds()[line.account] == kind and line.unit == unit and line.family != "year-close"


def in_fund(code: str) -> PostingTest:
    """Postings of a fund."""
    return lambda line: line.fund == code


def for_programme(code: str | None) -> PostingTest:
    """Postings of a programme; of no programme for None."""
    return lambda line: line.programme == code


def is_cash(line: Posting) -> bool:
    """Postings on cash accounts."""
    return line.account in cash_accounts()


def hours_given(span: tuple[str, str]) -> dict[str, int]:
    """Minutes that members gave, by programme."""
    given: dict[str, int] = defaultdict(int)
    for line in postings():
        is_given = line.amount < 0 and (line.account == "T2000" or (line.account == "T4000" and line.owner))
        if span[0] <= line.day <= span[1] and line.stands and line.family in ("exchange", "community", "partner"):
            given[line.programme or "none"] -= line.amount if is_given else 0
    return {code: minutes for code, minutes in given.items() if minutes}


def money_text(cents: int, *, signed: bool = False) -> str:
    """Cents in the reports' format."""
    sign = "−" if cents < 0 else "+" if signed and cents else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def hours_text(minutes: int) -> str:
    """Minutes in the reports' format."""
    return f"{'−' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
