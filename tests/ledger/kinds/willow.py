"""Willow's books as kinds and rules see them, straight from the golden files: no database."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.core.errors import UnknownMember
from ledger.core.messages import Message, make_message
from ledger.limits.account_limits import Bounds
from ledger.registers.codec import record_of
from ledger.registers.policies import DEFAULTS
from ledger.registers.records import Account, Fund, Programme

Record = TypeVar("Record")
GOLDEN = Path(__file__).parents[2] / "golden"
NAMES = ("Ana", "Bea", "Cai", "Dee", "Eli", "Fay", "Gus", "Hana", "Ivo", "Riverbend")
PARTIES = {name: number for number, name in enumerate(NAMES, 2)}
ANA, BEA, CAI, DEE, ELI, FAY, GUS, HANA, IVO, RIVERBEND = PARTIES.values()
TODAY = dt.date(2027, 1, 31)


@cache
def registers() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((GOLDEN / "willow-registers.json").read_text())
    return found


@cache
def golden() -> Mapping[str, dict[str, Any]]:
    """Every golden entry and variant, by its key."""
    lines = "".join((GOLDEN / f"{name}.jsonl").read_text() for name in ("willow", "willow-variants")).splitlines()
    return {entry["key"]: entry for entry in map(json.loads, lines)}


def day(key: str) -> dt.date:
    return dt.date.fromisoformat(golden()[key]["date"])


def entry_of(key: str) -> EntryDraft:
    """A golden entry as the draft it should have come from."""
    entry = golden()[key]
    return EntryDraft(
        kind=entry["kind"],
        family=entry["family"],
        effective_on=dt.date.fromisoformat(entry["date"]),
        postings=tuple(_line(line) for line in entry["postings"]),
        privacy="private" if entry.get("private") else "members",
        about_on=dt.date.fromisoformat(entry["about"]) if "about" in entry else None,
        document=entry.get("document"),
        decision=entry.get("decision"),
    )


def year_until(day: dt.date) -> list[str]:
    """The keys of the golden year's own entries up to a day, its close left out."""
    lines = map(json.loads, (GOLDEN / "willow.jsonl").read_text().splitlines())
    return [one["key"] for one in lines if one["family"] != "year-close" and one["date"] <= day.isoformat()]


def _line(line: dict[str, Any]) -> PostingDraft:
    leaf = AccountKey(line["account"], line["unit"], line["fund"], PARTIES.get(line.get("owner", ""), 0))
    amount, unit, method = line.get("quantity", (None, "", ""))
    quantity = None if amount is None else Quantity(amount * 1000, unit, method)
    return PostingDraft(leaf, line["amount"], line.get("programme"), quantity)


@dataclass
class Pages:
    """Books of paper: what a test says, and else what Willow's registers say."""

    today: dt.date = TODAY
    currency: str = "EUR"
    policies: dict[str, object] = field(default_factory=dict)
    offices: dict[int, frozenset[str]] = field(default_factory=dict)
    keeping: dict[str, frozenset[int]] = field(default_factory=dict)
    funds: dict[str, Fund] = field(default_factory=dict)
    funds_hold: dict[str, int] = field(default_factory=dict)
    deadlines: dict[str, dt.date] = field(default_factory=dict)
    excepted: frozenset[tuple[str, str]] = frozenset()
    bounded: dict[AccountKey, Bounds] = field(default_factory=dict)
    pot_bounds: Bounds = field(default_factory=Bounds)
    closed: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset((ANA, BEA, DEE, ELI, FAY, GUS))
    since: dt.date = dt.date.min
    """The first day on which people are members, hold offices and keep programmes, and on which exceptions hold."""

    def words(self, message: Message) -> str:
        return str(message)

    def policy(self, key: str) -> object:
        return self.policies.get(key, DEFAULTS.get(key))

    def name(self, party_id: int) -> str:
        if party_id not in PARTIES.values():
            raise UnknownMember(make_message("Nobody has the number %(code)s.", code=party_id))
        return NAMES[party_id - 2]

    def _member(self, party_id: int) -> dict[str, Any]:
        found = [one for one in registers()["members"] if one["name"] == self.name(party_id)]
        return dict(found[0]) if found else {}

    def household(self, party_id: int) -> str | None:
        return self._member(party_id).get("household")

    def takes_part(self, party_id: int, day: dt.date) -> bool:
        found = self._member(party_id)
        return bool(found) and found["joined"] <= day.isoformat() <= (found["left"] or "9999")

    def joined(self, party_id: int) -> dt.date | None:
        found = self._member(party_id)
        return dt.date.fromisoformat(found["joined"]) if found else None

    def enrolled(self, day: dt.date) -> frozenset[int]:
        return self.members if day >= self.since else frozenset()

    def roles(self, party_id: int, day: dt.date) -> frozenset[str]:
        return self.offices.get(party_id, frozenset({"member"})) if day >= self.since else frozenset()

    def holders(self, offices: frozenset[str], day: dt.date) -> frozenset[int]:
        return frozenset(one for one in self.members if self.roles(one, day) & offices)

    def keepers(self, programme: str, day: dt.date) -> frozenset[int]:
        return self.keeping.get(programme, frozenset()) if day >= self.since else frozenset()

    def find_account(self, code: str) -> Account | None:
        return _find(Account, "accounts", code)

    def find_fund(self, code: str) -> Fund | None:
        return self.funds.get(code) or _find(Fund, "funds", code)

    def find_programme(self, code: str) -> Programme | None:
        return _find(Programme, "programmes", code)

    def has_decision(self, code: str) -> bool:
        return any(one["id"] == code for one in registers()["decisions"])

    def deadline(self, fund: str) -> dt.date | None:
        return self.deadlines.get(fund)

    def is_open(self, day: dt.date) -> bool:
        return day.year * 100 + day.month not in self.closed

    def is_excepted(self, policy: str, fund: str, day: dt.date) -> bool:
        return day >= self.since and (policy, fund) in self.excepted

    def held(self, fund: str) -> int:
        return self.funds_hold.get(fund, 0)

    def balance(self, leaf: AccountKey) -> int:
        return 0

    def bounds(self, leaf: AccountKey) -> Bounds:
        return self.bounded.get(leaf, Bounds())

    def pot(self) -> Bounds:
        return self.pot_bounds

    def results(self, fund: str, day: dt.date) -> list[tuple[AccountKey, int]]:
        sums: Counter[AccountKey] = Counter()
        for line in (line for key in year_until(day) for line in entry_of(key).postings if line.leaf.fund == fund):
            found = self.find_account(line.leaf.chart)
            if found is not None and (found.kind in ("income", "expense") or found.code in ("3900", "3910")):
                sums[line.leaf] += line.amount
        return sorted(((leaf, left) for leaf, left in sums.items() if left), key=lambda one: one[0].chart)

    def ends_a_year(self, day: dt.date) -> bool:
        return (day.month, day.day) == (12, 31)


@cache
def _find(record: type[Record], register: str, code: str) -> Record | None:
    found = [one for one in registers()[register] if one["code"] == code]
    return record_of(record, found[0]) if found else None
