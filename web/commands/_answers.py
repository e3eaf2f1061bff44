"""Answers for a kind of entry, as options of the command line: read by the type of each field."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from typing import Any

from ledger import communities, members
from ledger.amounts import BARTER_VALUE
from ledger.db import UnitOfWork
from ledger.drafts import METHODS, Quantity
from ledger.errors import FieldsWrong, FieldWrong, LedgerError
from ledger.kinds import fill_row
from ledger.kinds.fields import FieldSpec
from ledger.messages import Message, say
from ledger.registers.register import ACCOUNTS
from web import parsing
from web.commands._frame import person
from web.commands._types import DAY


class Answers:
    """Reads what was typed, with names and units looked up in the books."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.currency = communities.settings(uow).currency
        self.chart = ACCOUNTS.all(uow)

    def read(self, specs: tuple[FieldSpec, ...], given: Mapping[str, Any]) -> dict[str, Any]:
        """Typed answers by field, those not given left out; FieldsWrong names what cannot be understood."""
        found: dict[str, Any] = {}
        wrong: dict[str, Message] = {}
        for spec in specs:
            typed = given.get(spec.name)
            if typed in (None, ()):
                continue
            try:
                found[spec.name] = self._one(spec, typed, given)
            except FieldsWrong as refusal:
                wrong |= {f"{spec.name}.{name}": message for name, message in refusal.fields.items()}
            except LedgerError as refusal:
                wrong[spec.name] = refusal.message
            except parsing.NotUnderstood as unclear:
                wrong[spec.name] = unclear.message
        if wrong:
            raise FieldsWrong(wrong)
        return found

    def _one(self, spec: FieldSpec, typed: Any, given: Mapping[str, Any]) -> Any:
        readers: dict[str, Callable[[Any], Any]] = {
            "member": self._owner if spec.anyone else lambda name: person(self.uow, name),
            "members": lambda names: tuple(person(self.uow, name.strip()) for name in names.split(",")),
            "duration": parsing.duration,
            "amount": lambda text: parsing.amount(text, self._unit(spec, given)),
            "count": _whole,
            "date": _day,
            "quantity": _quantity,
            "rows": lambda rows: tuple(self._row(spec, row) for row in rows),
        }
        return readers.get(spec.type, str)(typed)

    def _owner(self, name: str) -> int:
        found = members.find_by_name(self.uow, name)
        return person(self.uow, name) if found is None else found

    def _unit(self, spec: FieldSpec, given: Mapping[str, Any]) -> str:
        if spec.unit == "account":
            account = self.chart.get(str(given.get("account")))
            return account.unit if account else self.currency
        return BARTER_VALUE if spec.unit == "value" else self.currency

    def _row(self, spec: FieldSpec, typed: str) -> Any:
        """One line, typed as `account=1000 fund=GEN debit=5.00`."""
        pairs = [part.partition("=") for part in shlex.split(typed)]
        if spec.row is None or any(not equals for _, equals, _ in pairs):
            raise FieldWrong(
                spec.name, say("Write a line as name=value pairs, such as %(example)s", example=example(spec))
            )
        given = {name: value for name, _, value in pairs}
        unknown = set(given) - {row.name for row in spec.rows}
        if unknown:
            raise FieldsWrong(
                {name: say("There is no such question: %(name)s.", name=name) for name in sorted(unknown)}
            )
        return fill_row(spec.row, **self.read(spec.rows, given))


def example(spec: FieldSpec) -> str:
    """What an answer may look like."""
    if spec.type == "rows":
        return " ".join(f"{row.name}={row.example or '…'}" for row in spec.rows if row.required)
    return spec.example


def _whole(text: str) -> int:
    if not text.isdecimal():
        raise FieldWrong("count", say("Write a whole number."))
    return int(text)


def _day(text: str) -> Any:
    return DAY.convert(text, None, None)


def _quantity(text: str) -> Quantity:
    number, _, rest = text.strip().partition(" ")
    unit, _, method = rest.strip().rpartition(" ")
    if method not in METHODS or not unit:
        raise FieldWrong("quantity", say("Write a quantity as 12 kg stated: metered, estimated, stated or weighed."))
    return Quantity(parsing.quantity(number), unit.strip(), method)
