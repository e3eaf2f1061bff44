"""A plain re-adder: Willow's postings as their file has them, and sums over them, apart from the code that prints."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

from tests.golden.willow import HERE


class Posting(NamedTuple):
    """One posting with what its entry says."""

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
    found: dict[str, Any] = json.loads((HERE / "willow-registers.json").read_text())
    return found


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
    """Whether an account is an asset, a liability, equity, income or expense."""
    return {account["code"]: account["kind"] for account in registers()["accounts"]}


@cache
def cash_accounts() -> frozenset[str]:
    """The accounts of bank accounts, cash boxes and processors."""
    return frozenset(account["code"] for account in registers()["accounts"] if account.get("cash"))


def sum_in(span: tuple[str, str], *tests: PostingTest) -> int:
    """The sum of the postings of a span of days that pass every test."""
    return sum(line.amount for line in postings() if span[0] <= line.day <= span[1] and all(t(line) for t in tests))


def balance_on(day: str, *tests: PostingTest) -> int:
    """The sum of all postings up to a day that pass every test."""
    return sum_in(("", day), *tests)


def of_kind(kind: str, unit: str = "EUR") -> PostingTest:
    """Postings on accounts of a kind, in a unit; the year's close left out."""
    return lambda line: account_kinds()[line.account] == kind and line.unit == unit and line.family != "year-close"


def in_fund(code: str) -> PostingTest:
    """Postings of a fund."""
    return lambda line: line.fund == code


def for_programme(code: str | None) -> PostingTest:
    """Postings of a programme; of none where it is None."""
    return lambda line: line.programme == code


def is_cash(line: Posting) -> bool:
    """Postings of money at hand."""
    return line.account in cash_accounts()


def hours_given(span: tuple[str, str]) -> dict[str, int]:
    """Minutes that members gave, by programme."""
    found: dict[str, int] = defaultdict(int)
    for line in postings():
        is_given = line.amount < 0 and (line.account == "T2000" or (line.account == "T4000" and line.owner))
        if span[0] <= line.day <= span[1] and line.stands and line.family in ("exchange", "community", "partner"):
            found[line.programme or "none"] -= line.amount if is_given else 0
    return {code: minutes for code, minutes in found.items() if minutes}


def money_text(cents: int, *, signed: bool = False) -> str:
    """Cents as the page writes them."""
    sign = "−" if cents < 0 else "+" if signed and cents else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02d}"


def hours_text(minutes: int) -> str:
    """Minutes as the page writes them."""
    return f"{'−' if minutes < 0 else ''}{abs(minutes) // 60}:{abs(minutes) % 60:02d}"
