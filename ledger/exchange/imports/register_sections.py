"""The sections of a registers file: which register each fills, and how its items become records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.core import drafts
from ledger.core.messages import N_, Message
from ledger.core.periods import Month
from ledger.registers import registry
from ledger.registers.codec import Json, RecordWrong
from ledger.registers.registry import Register

Item = tuple[str, dict[str, Json]]
"""A place in the file, as refusals name it, and what stands there."""

KINDS = ("asset", "liability", "equity", "income", "expense")
CLASSES = (
    "unrestricted-general",
    "unrestricted-designated",
    "restricted",
    "endowment",
    "co-op",
    "time",
    "barter",
)
_LIST = N_("%(field)s: a list is expected.")
OBJECT = N_("%(field)s: an object in braces is expected.")
_CHOICE = N_("%(field)s: one of these is expected: %(choices)s")
_MONTH = N_("%(field)s: a month is written 2026-03.")
_TWELVE = N_("%(field)s: twelve amounts are expected, one for each month.")
_LACKING = N_("%(field)s: “%(code)s” is in no list.")


def wrong(text: str, where: str, **values: object) -> RecordWrong:
    """A refusal that names the place in the file."""
    return RecordWrong(Message(text, {"field": where, **values}))


@dataclass(frozen=True)
class Section:
    """One section of the file. `refers` says which fields hold codes of which list, `choices` what they may be."""

    name: str
    register: Register[Any]
    items: Callable[[Json, str], Iterator[Item]]
    refers: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: tuple[str, ...] = ()

    def check(self, record: Any, where: str, known: Mapping[str, set[str]]) -> None:
        """Refuse a record whose choice is none, whose month is no month, or that names what is in no list."""
        for name, choices in self.choices.items():
            if getattr(record, name) not in choices:
                raise wrong(_CHOICE, f"{where}.{name.removesuffix('_')}", choices=", ".join(choices))
        for name in self.months:
            _check_month(getattr(record, name), f"{where}.{name}")
        for name, listing in self.refers.items():
            for code in _codes(getattr(record, name)):
                if code not in known[listing]:
                    raise wrong(_LACKING, f"{where}.{name}", code=code)


def _check_month(text: str, where: str) -> None:
    try:
        Month.parse(text)
    except ValueError:
        raise wrong(_MONTH, where) from None


def _codes(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def objects(value: Json, where: str) -> Iterator[Item]:
    """The items of a list, each an object; their place in the list is their order."""
    if not isinstance(value, list):
        raise wrong(_LIST, where)
    for number, item in enumerate(value, 1):
        if not isinstance(item, dict):
            raise wrong(OBJECT, f"{where}[{number}]")
        yield f"{where}[{number}]", dict(item)


def ordered(value: Json, where: str) -> Iterator[Item]:
    """The items of a list that is kept in the file's order."""
    for number, (place, item) in enumerate(objects(value, where), 1):
        yield place, {"order": number} | item


def one(value: Json, where: str) -> Iterator[Item]:
    """The one item of a section that is no list; none where it is not set."""
    if value is None:
        return
    if not isinstance(value, dict):
        raise wrong(OBJECT, where)
    yield where, dict(value)


def by_year(value: Json, where: str) -> Iterator[Item]:
    """Items written as a number for each year."""
    for place, item in one(value, where):
        for year, offered in item.items():
            yield f"{place}.{year}", {"year": int(year) if year.isdecimal() else year, "offered": offered}


def terms(value: Json, where: str) -> Iterator[Item]:
    """Role terms; the trainee's two fields stand in an object of their own."""
    for place, item in ordered(value, where):
        learning = item.pop("trainee", None)
        for _, trainee in one(learning, f"{place}.trainee"):
            item |= {"trainee": trainee.pop("user", None), "trainee_from": trainee.pop("from", None)}
            item |= {f"trainee.{name}": value for name, value in trainee.items()}
        yield place, item


def nothing(value: Json, where: str) -> Iterator[Item]:
    """A section that this version does not keep: it may stand there, empty."""
    if value:
        raise wrong(N_("%(field)s: this list is not kept yet; leave it empty."), where)
    yield from ()


def check_twelve(months: tuple[int, ...], where: str) -> None:
    """A line of a plan has an amount for each of twelve months."""
    if len(months) != 12:
        raise wrong(_TWELVE, where)


LINE_REFERS = {"fund": "fund", "programme": "programme", "account": "account"}
SECTIONS = (
    Section("accounts", registry.ACCOUNTS, objects, {}, {"kind": KINDS, "side": ("debit", "credit")}),
    Section("funds", registry.FUNDS, ordered, {}, {"class_": CLASSES}),
    Section("programmes", registry.PROGRAMMES, ordered, {"enterprise": "fund"}),
    Section("places", registry.PLACES, ordered, {"account": "account", "funds": "fund"}),
    Section("roles", registry.ROLES, terms),
    Section("decisions", registry.DECISIONS, objects),
    Section("assemblies", registry.ASSEMBLIES, objects),
    Section("commitments", registry.COMMITMENTS, objects, LINE_REFERS),
    Section("grants", registry.GRANTS, objects, {"fund": "fund"}),
    Section("farm_shares_offered", registry.FARM_SHARES, by_year),
    Section("hours_worked", registry.HOURS_WORKED, objects),
    Section("person_nights", registry.PERSON_NIGHTS, objects, months=("month",)),
    Section("meters", registry.METERS, ordered),
    Section("readings", registry.READINGS, objects, {"meter": "meter"}, {"method": drafts.METHODS}, ("month",)),
    Section("emergency", registry.EMERGENCY, one, {"fund": "fund", "essential_funds": "fund"}),
    Section("reconciliations", registry.RECONCILIATIONS, objects, {"place": "place"}),
    Section("disputes", registry.DISPUTES, objects),
    Section("exceptions", registry.EXCEPTIONS, objects, {"fund": "fund"}),
    *(Section(name, registry.POLICIES, nothing) for name in ("emission_factors", "norms", "surveys", "requests")),
)
"""Sections whose items are records by themselves, in the order in which they may refer to one another."""

BUDGET = Section("budgets", registry.BUDGETS, objects, {}, {"state": ("draft", "approved")})
BUDGET_LINE = Section("lines", registry.BUDGET_LINES, ordered, LINE_REFERS)
BUDGET_NOTE = Section(
    "notes", registry.BUDGET_NOTES, objects, {"programme": "programme"}, {"kind": ("timing", "real")}, ("period",)
)
KNOWN_CHANGE = Section("known_changes", registry.KNOWN_CHANGES, objects, {"programme": "programme"})
EXPECTED_CASH = Section("expected_cash", registry.EXPECTED_CASH, objects, {"fund": "fund"})
