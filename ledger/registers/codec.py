"""Records to and from JSON bodies: dates as 2026-03-31, fractions as text; reading is strict."""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, partial
from types import MappingProxyType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ledger.core.amounts import LARGEST
from ledger.core.errors import LedgerError
from ledger.core.messages import N_, make_message
from ledger.core.text import normalize_text

Record = TypeVar("Record")
Json = Any
"""A JSON value: None, bool, int, str, list, dict; Decimal for a decimal number in a file."""
PersonLookup = Callable[[str], int]
"""Returns the number of a person named in a file."""
Reader = Callable[[Json, PersonLookup | None, str], Json]
"""Reads the value at a path of a body; RecordWrong names the path."""

_RECORD = N_("%(field)s: a record in braces is expected.")
_UNKNOWN = N_("%(field)s: this field is not known.")
_MISSING = N_("%(field)s: this field is missing.")
_NAME = N_("%(field)s: a person’s name is expected.")
_LIST = N_("%(field)s: a list is expected.")
_TEXT = N_("%(field)s: a text is expected.")
_WHOLE = N_("%(field)s: a whole number is expected.")
_SWITCH = N_("%(field)s: true or false is expected.")
_DATE = N_("%(field)s: a day is written 2026-03-31.")
_NUMBER = N_("%(field)s: a number is expected, such as 640, 2.5 or 13/8.")

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FRACTION = re.compile(r"-?\d{1,15}(/[1-9]\d{0,14}|\.\d{1,9})?", re.ASCII)


class RecordWrong(LedgerError):
    """A record has a missing, unknown or malformed field."""

    slug = "record-wrong"


PERSON = MappingProxyType({"person": True})
"""Marks a field that holds a person's number; in a file of registers it holds their user name or name."""
JOINED = MappingProxyType({"joined": True})
"""Marks a field that is stored elsewhere (names, because they can be erased) and joined on reading."""


@dataclass(frozen=True)
class _FieldSpec:
    name: str
    key: str
    read: Reader
    required: bool
    is_person: bool


@cache
def _field_specs(record_type: type) -> Mapping[str, _FieldSpec]:
    """The fields in a record's body, by JSON key, in the order of the dataclass."""
    hints = get_type_hints(record_type)
    stored = [field for field in fields(record_type) if not field.metadata.get("joined")]
    specs = [_field_spec(field, hints[field.name]) for field in stored]
    return {spec.key: spec for spec in specs}


def _field_spec(field: Field[Any], type_hint: Any) -> _FieldSpec:
    required = field.default is MISSING and field.default_factory is MISSING
    is_person = bool(field.metadata.get("person"))
    return _FieldSpec(field.name, field.name.removesuffix("_"), _reader_of(type_hint), required, is_person)


def body_of(record: Any) -> dict[str, Json]:
    """The record as its JSON body."""
    return {spec.key: _to_json(getattr(record, spec.name)) for spec in _field_specs(type(record)).values()}  # type: ignore[arg-type]  # a class is hashable


def _to_json(value: Any) -> Json:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple):
        return [_to_json(item) for item in value]
    return body_of(value) if is_dataclass(value) else value


def record_of(
    record_type: type[Record], body: Json, find_person: PersonLookup | None = None, where: str = ""
) -> Record:
    """The record in a body; RecordWrong names the field that is missing, unknown or malformed.

    With `find_person`, people are in the body by name, as in a file of registers.
    """
    if not isinstance(body, dict):
        raise _wrong(where, _RECORD)
    specs = _field_specs(record_type)  # type: ignore[arg-type]  # as above
    unknown = [key for key in body if key not in specs]
    if unknown:
        raise _wrong(f"{where}.{unknown[0]}", _UNKNOWN)
    values: dict[str, Any] = {}
    for spec in specs.values():
        path = f"{where}.{spec.key}" if where else spec.key
        if spec.key in body:
            value = body[spec.key]
            by_name = find_person is not None and spec.is_person
            values[spec.name] = (
                _read_person(find_person, value, path) if by_name else spec.read(value, find_person, path)
            )
        elif spec.required:
            raise _wrong(path, _MISSING)
    return record_type(**values)


def _read_person(find_person: PersonLookup | None, value: Json, where: str) -> int | None:
    if value is None:
        return None
    if find_person is None or not isinstance(value, str):
        raise _wrong(where, _NAME)
    return find_person(value)


def _reader_of(type_hint: Any) -> Reader:
    """The reader for a type; made once for each field, because registers are read on every page."""
    origin = get_origin(type_hint)
    if origin in (Union, types.UnionType):
        inner = _reader_of(next(option for option in get_args(type_hint) if option is not type(None)))
        return lambda value, find_person, where: None if value is None else inner(value, find_person, where)
    if origin is tuple:
        return partial(_read_list, _reader_of(get_args(type_hint)[0]))
    if is_dataclass(type_hint):
        return partial(record_of, type_hint)  # type: ignore[arg-type]  # is_dataclass also takes instances
    read = _READERS[type_hint]
    return lambda value, _, where: read(value, where)


def _read_list(read_item: Reader, value: Json, find_person: PersonLookup | None, where: str) -> Json:
    if not isinstance(value, list):
        raise _wrong(where, _LIST)
    return tuple(read_item(item, find_person, f"{where}[{number}]") for number, item in enumerate(value, 1))


def _read_text(value: Json, where: str) -> str:
    if not isinstance(value, str):
        raise _wrong(where, _TEXT)
    try:
        return normalize_text(value)
    except LedgerError as refusal:
        raise RecordWrong(make_message("%(field)s: %(reason)s", field=where, reason=str(refusal.message))) from refusal


def _read_whole(value: Json, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise _wrong(where, _WHOLE)
    return value


def _read_bool(value: Json, where: str) -> bool:
    if not isinstance(value, bool):
        raise _wrong(where, _SWITCH)
    return value


def _read_day(value: Json, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise _wrong(where, _DATE) from None


def _read_fraction(value: Json, where: str) -> Fraction:
    text = str(value) if isinstance(value, (int, str, Decimal)) and not isinstance(value, bool) else ""
    if not _FRACTION.fullmatch(text):
        raise _wrong(where, _NUMBER)
    return Fraction(text)


def _read_plain(value: Json, where: str) -> Json:
    """Any value of a policy. A fraction is text, so that it has only one form when hashed."""
    if isinstance(value, str):
        return _read_text(value, where)
    if isinstance(value, list):
        return [_read_plain(item, where) for item in value]
    if isinstance(value, dict):
        return {_read_text(key, where): _read_plain(item, where) for key, item in value.items()}
    return value if value is None or isinstance(value, bool) else _read_whole(value, where)


_READERS: Mapping[Any, Callable[[Json, str], Json]] = {
    str: _read_text,
    int: _read_whole,
    bool: _read_bool,
    dt.date: _read_day,
    Fraction: _read_fraction,
    object: _read_plain,
}


def _wrong(where: str, reason: str) -> RecordWrong:
    return RecordWrong(make_message(reason, field=where.removeprefix(".") or "record"))
