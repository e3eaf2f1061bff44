"""A kind's form as a browser sends it: lines by number, people by boxes, quantities in three parts."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from werkzeug.datastructures import MultiDict

from ledger.kinds.base import Kind
from ledger.kinds.fields import FieldSpec, fields_of
from web.pages.entries.entry_schema import Lists, Path, read
from web.shared.form_state import OWN_SUFFIX

MOST_LINES = 200
DO, FOR_WHOM = "do", "for_whom"
"""What a button asks for, and whom it is written down for: sent beside the answers to a kind's questions."""

Sent = MultiDict[str, str]


def field_name(path: Path) -> str:
    """The name of a field in the form: `amount`, or `lines-0-debit` in a line."""
    return "-".join(str(part) for part in path)


def read_form(kind: type[Kind], sent: Sent, lists: Lists) -> Kind:
    """The kind that a form holds; FieldsWrong names what is wrong by the names of the form's fields."""
    return read(kind, answers_in(sent, fields_of(kind)), lists, field_name)


def answers_in(sent: Sent, specs: Sequence[FieldSpec], prefix: str = "") -> dict[str, Any]:
    """The answers that were given, in the shape that the schema of these fields reads; open ones are left out."""
    found = {spec.name: _answer(sent, spec, prefix + spec.name) for spec in specs}
    return {name: answer for name, answer in found.items() if answer}


def _answer(sent: Sent, spec: FieldSpec, name: str) -> Any:
    if spec.type == "rows":
        lines = {number: answers_in(sent, spec.rows, f"{name}-{number}-") for number in line_numbers(sent, name)}
        return {number: line for number, line in lines.items() if line}
    if spec.type == "members":
        return [one for one in sent.getlist(name) if one.strip()]
    if spec.type == "quantity":
        return _quantity(sent, name)
    return _written(sent, name + OWN_SUFFIX) or _written(sent, name)


def _quantity(sent: Sent, name: str) -> Mapping[str, str] | None:
    number, unit = _written(sent, name), _written(sent, f"{name}-unit")
    if not number and not unit:
        return None
    return {"number": number, "unit": unit, "method": _written(sent, f"{name}-method")}


def _written(sent: Sent, name: str) -> str:
    return (sent.get(name) or "").strip()


def line_numbers(sent: Mapping[str, Any], name: str) -> list[int]:
    """The numbers of the lines that a form was sent with, from nought on."""
    pattern = re.compile(rf"{re.escape(name)}-(\d{{1,3}})-")
    numbers = {int(found[1]) for key in sent if (found := pattern.match(key))}
    return sorted(number for number in numbers if number < MOST_LINES)
