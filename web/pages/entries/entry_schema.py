"""Answers for any kind of entry: text in, typed values out, each read by the type of its field; for pages and shell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import METHODS, Quantity
from ledger.core.errors import FieldsWrong, LedgerError, UnknownMember
from ledger.core.messages import N_, Message, make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.kinds import fill, fill_row
from ledger.kinds.base import Kind
from ledger.kinds.fields import FieldSpec, fields_of
from ledger.kinds.validation import MISSING
from ledger.registers import communities, members
from ledger.registers.records import Account
from ledger.registers.registry import ACCOUNTS
from web import parsing
from web.parsing import ParseError
from web.shared.fields import StrictSchema

Path = tuple[str | int, ...]
"""Where an answer stands: its field, or its field, the number of its line, and the field in the line."""


@dataclass(frozen=True, kw_only=True)
class Lists:
    """What answers are looked up in, read once: the day, the currency, accounts with their units, and people."""

    today: dt.date
    currency: str
    accounts: Mapping[str, Account]
    people: Mapping[int, members.Party]
    users: Mapping[str, int]

    @classmethod
    def of(cls, uow: UnitOfWork) -> Lists:
        """The lists as they stand in a unit of work."""
        known = members.get_all(uow).values()
        return cls(
            today=communities.today(uow),
            currency=communities.settings(uow).currency,
            accounts=ACCOUNTS.all(uow),
            people=members.parties(uow),
            users={member.user: member.party_id for member in known if member.user},
        )

    def person(self, written: str) -> int:
        """Who is meant by a number, a user name or a name; UnknownMember for nobody."""
        if written.isdecimal() and self._is_someone(int(written)):
            return int(written)
        named = {party.name: number for number, party in self.people.items() if self._is_someone(number)}
        number = self.users.get(written) or named.get(written)
        if number is None:
            raise UnknownMember(make_message("There is nobody called “%(name)s” in this community.", name=written))
        return number

    def _is_someone(self, number: int) -> bool:
        return number >= members.FIRST_PERSON and number in self.people

    def unit_of(self, spec: FieldSpec, beside: Mapping[str, Any]) -> str:
        """What an amount is counted in; the answers beside it name the account that some are kept in."""
        if spec.unit == "account":
            account = self.accounts.get(str(beside.get("account")))
            return account.unit if account else self.currency
        return BARTER_VALUE if spec.unit == "value" else self.currency


class Answer(fields.Field[Any]):
    """One question of a kind: an answer is read by the type of its field, or says what to write instead."""

    def __init__(self, spec: FieldSpec, lists: Lists) -> None:
        is_place = spec.type == "account" and "cash" in spec.among
        missing = N_("Choose where the money lies.") if is_place else MISSING[spec.type]
        required = spec.required and spec.default is None
        super().__init__(required=required, error_messages={"required": missing, "null": missing})
        self.spec, self.lists = spec, lists

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Any:  # noqa: ARG002
        try:
            read_one: Reader = _READERS.get(self.spec.type, _as_written)
            return read_one(value, self, data or {})
        except ParseError as unclear:
            raise ValidationError([unclear.message]) from unclear
        except LedgerError as refusal:
            raise ValidationError([refusal.message]) from refusal


class AnswersSchema(StrictSchema):
    """The answers to the questions of one kind or row, and to no others."""

    error_messages = {"unknown": N_("There is no such question.")}  # noqa: RUF012 (marshmallow's own)


def schema_of(specs: Sequence[FieldSpec], lists: Lists) -> Schema:
    """The schema of a kind or of a row, made from its fields."""
    return AnswersSchema.from_dict({spec.name: Answer(spec, lists) for spec in specs}, name="AnswersOfKind")()


def read(kind: type[Kind], sent: Mapping[str, Any], lists: Lists, name: Callable[[Path], str]) -> Kind:
    """A kind filled in with what was sent; FieldsWrong names all that is wrong, each where `name` says it stands."""
    try:
        typed: dict[str, Any] = schema_of(fields_of(kind), lists).load(sent)
    except ValidationError as wrong:
        raise FieldsWrong({name(path): message for path, message in _each(wrong.messages_dict)}) from wrong
    return fill(kind.slug, **typed)


def _each(wrong: Mapping[Any, Any], path: Path = ()) -> Iterator[tuple[Path, Message]]:
    for part, found in wrong.items():
        if isinstance(found, Mapping):
            yield from _each(found, (*path, part))
        else:
            first = found[0]
            yield (*path, part), first if isinstance(first, Message) else make_message(first)


Reader = Callable[[Any, Answer, Mapping[str, Any]], Any]


def _as_written(value: Any, _: Answer, __: Mapping[str, Any]) -> str:
    return str(value)


def _member(value: Any, asked: Answer, _: Mapping[str, Any]) -> int:
    return asked.lists.person(value)


def _members(value: Any, asked: Answer, _: Mapping[str, Any]) -> tuple[int, ...]:
    several = [value] if isinstance(value, str) else value
    return tuple(asked.lists.person(name.strip()) for part in several for name in part.split(",") if name.strip())


def _duration(value: Any, _: Answer, __: Mapping[str, Any]) -> int:
    return parsing.parse_duration(value)


def _amount(value: Any, asked: Answer, beside: Mapping[str, Any]) -> int:
    unit = asked.lists.unit_of(asked.spec, beside)
    return parsing.parse_duration(value) if unit == MINUTES and ":" in value else parsing.parse_amount(value, unit)


def _count(value: Any, _: Answer, __: Mapping[str, Any]) -> int:
    if not value.isdecimal():
        raise ParseError(make_message("Write a whole number."))
    return int(value)


def _day(value: Any, asked: Answer, _: Mapping[str, Any]) -> dt.date:
    return parsing.parse_day(value, asked.lists.today)


def _quantity(value: Any, _: Answer, __: Mapping[str, Any]) -> Quantity:
    """A quantity from `12 kg stated`, or from its three parts."""
    if isinstance(value, Mapping):
        number, unit, method = value["number"], value["unit"], value["method"]
        if not unit:
            raise ParseError(make_message("Say what it is counted in, such as kWh or kg."))
    else:
        number, _space, rest = value.strip().partition(" ")
        unit, _space, method = rest.strip().rpartition(" ")
    if method not in METHODS or not unit:
        raise ParseError(make_message("Write a quantity as 12 kg stated: metered, estimated, stated or weighed."))
    return Quantity(parsing.parse_quantity(number), unit.strip(), method)


def _rows(value: Mapping[int, Mapping[str, Any]], asked: Answer, _: Mapping[str, Any]) -> tuple[Any, ...]:
    """The lines of a form by their numbers; what is wrong with one is told under its number."""
    found: list[Any] = []
    wrong: dict[int, Any] = {}
    schema = schema_of(asked.spec.rows, asked.lists)
    assert asked.spec.row is not None
    for number, sent in value.items():
        try:
            found.append(fill_row(asked.spec.row, **schema.load(sent)))
        except ValidationError as refused:
            wrong[number] = refused.messages_dict
        except FieldsWrong as refused:
            wrong[number] = {name: [message] for name, message in refused.fields.items()}
    if wrong:
        raise ValidationError(wrong)
    return tuple(found)


_READERS: Mapping[str, Reader] = {
    "member": _member,
    "members": _members,
    "duration": _duration,
    "amount": _amount,
    "count": _count,
    "date": _day,
    "quantity": _quantity,
    "rows": _rows,
}
