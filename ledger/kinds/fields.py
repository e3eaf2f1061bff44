"""Fields: what a kind of entry asks, from a closed list of types; forms, CSV columns and docs are made from them."""

from __future__ import annotations

import dataclasses
from dataclasses import MISSING, dataclass, fields, replace
from typing import Any, Literal, get_args

from ledger.core import amounts
from ledger.registers.records import Account, Fund

FieldType = Literal[
    "member",
    "members",
    "duration",
    "amount",
    "count",
    "date",
    "choice",
    "note",
    "text",
    "fund",
    "programme",
    "account",
    "decision",
    "quantity",
    "rows",
]
TYPES: tuple[str, ...] = get_args(FieldType)
"""Every type of field there is. Values: party numbers, minutes, minor units, whole numbers, days, codes, texts,
`Quantity`, and tuples of party numbers or of rows."""

MANY = ("members", "rows")
"""The types whose value is a tuple, empty where the question is open."""
BESIDE = ("day", "document", "decision", "about", "note")
"""The fields that stand last in every form, in this order."""
Class = type[Any]


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer that a `choice` field takes: the code that is kept, and its words."""

    value: str
    label: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class FieldSpec:
    """One question of a form. `label` and `hint` are messages; `example` is typed as it stands, in every language.

    `unit` says what an `amount` is counted in: `money` (the community's currency), `value` (barter values) or
    `account` (whatever the account in the same row is kept in). `among` narrows accounts (`cash`, `asset`,
    `liability`, `equity`, `income`, `expense`, or a code) and funds (the beginning of their class, or `money` for
    all that hold money). `anyone` lets a `member` field take households, groups, partners and outside parties too.
    """

    name: str = ""
    type: FieldType
    label: str
    hint: str = ""
    example: str = ""
    required: bool = True
    default: Any = None
    choices: tuple[Choice, ...] = ()
    unit: Literal["money", "value", "account"] = "money"
    among: tuple[str, ...] = ()
    anyone: bool = False
    row: Class | None = None
    rows: tuple[FieldSpec, ...] = ()


def _asked(spec: FieldSpec) -> Any:
    """A dataclass field that carries its question."""
    blank: Any = () if spec.type in MANY else None
    default = blank if spec.default is None else spec.default
    if spec.required and spec.default is None:
        default = MISSING
    return dataclasses.field(default=default, metadata={"spec": spec})


def field_member(label: str, **rest: Any) -> Any:
    """Ask for one person, by their number."""
    return _asked(FieldSpec(type="member", label=label, **{"example": "Ana", **rest}))


def field_members(label: str, **rest: Any) -> Any:
    """Ask for several people, in the order in which shares are rounded."""
    return _asked(FieldSpec(type="members", label=label, **{"example": "Ana, Bea", **rest}))


def field_duration(label: str, **rest: Any) -> Any:
    """Ask how long something took; whole minutes."""
    return _asked(FieldSpec(type="duration", label=label, **{"example": "1:30", **rest}))


def field_amount(label: str, **rest: Any) -> Any:
    """Ask for an amount; whole minor units, above nought."""
    return _asked(FieldSpec(type="amount", label=label, **{"example": "12.50", **rest}))


def field_count(label: str, **rest: Any) -> Any:
    """Ask how many; a whole number above nought."""
    return _asked(FieldSpec(type="count", label=label, **{"example": "9", **rest}))


def field_date(label: str, **rest: Any) -> Any:
    """Ask for a day."""
    return _asked(FieldSpec(type="date", label=label, **{"example": "2026-03-31", **rest}))


def field_choice(label: str, choices: tuple[Choice, ...], **rest: Any) -> Any:
    """Ask to choose one of a few answers."""
    return _asked(FieldSpec(type="choice", label=label, choices=choices, **{"example": choices[0].value, **rest}))


def field_note(label: str, **rest: Any) -> Any:
    """Ask for words that stay beside the entry, as long as they need to be; they can be erased."""
    return _asked(FieldSpec(type="note", label=label, **rest))


def field_text(label: str, **rest: Any) -> Any:
    """Ask for a few words on one line."""
    return _asked(FieldSpec(type="text", label=label, **rest))


def field_fund(label: str, **rest: Any) -> Any:
    """Ask for a fund, by its code."""
    return _asked(FieldSpec(type="fund", label=label, **{"example": "GEN", "among": ("money",), **rest}))


def field_programme(label: str, **rest: Any) -> Any:
    """Ask for a programme, by its code."""
    return _asked(FieldSpec(type="programme", label=label, **{"example": "GARDEN", **rest}))


def field_account(label: str, **rest: Any) -> Any:
    """Ask for a line of the chart of accounts, by its code."""
    return _asked(FieldSpec(type="account", label=label, **{"example": "1000", **rest}))


def field_decision(label: str, **rest: Any) -> Any:
    """Ask for the decision that something rests on, by its code."""
    return _asked(FieldSpec(type="decision", label=label, **{"example": "A-01", **rest}))


def field_quantity(label: str, **rest: Any) -> Any:
    """Ask how much of a thing: a number, a unit, and how it is known."""
    return _asked(FieldSpec(type="quantity", label=label, **{"example": "12 kg stated", **rest}))


def field_rows(label: str, row: Class, **rest: Any) -> Any:
    """Ask for lines, each with the fields of its own kind of row."""
    return _asked(FieldSpec(type="rows", label=label, row=row, **rest))


def fields_of(kind: Class) -> tuple[FieldSpec, ...]:
    """The questions of a kind or of a row, in the order of its form: its own first, then day, papers and note."""
    if kind not in _KNOWN:
        specs = [_named(one) for one in fields(kind) if "spec" in one.metadata]
        specs.sort(key=lambda spec: BESIDE.index(spec.name) if spec.name in BESIDE else -1)
        _KNOWN[kind] = tuple(specs)
    return _KNOWN[kind]


_KNOWN: dict[Class, tuple[FieldSpec, ...]] = {}


def _named(one: dataclasses.Field[Any]) -> FieldSpec:
    spec: FieldSpec = one.metadata["spec"]
    return replace(spec, name=one.name, rows=fields_of(spec.row) if spec.row else ())


def account_fits(spec: FieldSpec, account: Account) -> bool:
    """Whether an account may be chosen in a field."""
    is_money = amounts.kind_of(account.unit) == "money"
    tags = {account.code, *([account.kind] if is_money else []), *(["cash"] if account.cash else [])}
    return not spec.among or not tags.isdisjoint(spec.among)


def fund_fits(spec: FieldSpec, fund: Fund) -> bool:
    """Whether a fund may be chosen in a field."""
    money = fund.class_ not in ("time", "barter")
    return not spec.among or any(fund.class_.startswith(tag) or (tag == "money" and money) for tag in spec.among)
