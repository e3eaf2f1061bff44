"""Records and their JSON bodies: days as 2026-03-31, fractions as text, everything else as it is; read strictly."""

from __future__ import annotations

import datetime as dt
import re
import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields, is_dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from types import MappingProxyType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from ledger.core.amounts import LARGEST
from ledger.core.errors import LedgerError
from ledger.core.messages import N_, make_message
from ledger.core.text import normalize_text

Record = TypeVar("Record")
Json = Any
"""A value as JSON knows it: None, bool, int, str, list, dict; Decimal where a file holds a decimal number."""
PersonLookup = Callable[[str], int]
"""Finds the number of a person whom a file names."""
Reader = Callable[[Json, PersonLookup | None, str], Json]
"""Reads a value that stands at a place of a body; RecordWrong names the place."""

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
    """A record has the fields of its kind and no others, each in its own form."""

    slug = "record-wrong"


PERSON = MappingProxyType({"person": True})
"""Marks a field that holds a person's number; in a file of registers it holds their user name or name."""
JOINED = MappingProxyType({"joined": True})
"""Marks a field that stands elsewhere (names, which can be erased) and is joined on reading."""


@dataclass(frozen=True)
class _Part:
    name: str
    key: str
    read: Reader
    required: bool
    person: bool


_Parts = Mapping[str, _Part]

_KNOWN: dict[type, _Parts] = {}


def _parts(record_type: type) -> _Parts:
    """What a record's body holds, by key, in the order of its fields."""
    if record_type not in _KNOWN:
        hints = get_type_hints(record_type)
        kept = [item for item in fields(record_type) if not item.metadata.get("joined")]
        parts = [_part(item, hints[item.name]) for item in kept]
        _KNOWN[record_type] = {part.key: part for part in parts}
    return _KNOWN[record_type]


def _part(item: Field[Any], wanted: Any) -> _Part:
    required = item.default is MISSING and item.default_factory is MISSING
    by_name = bool(item.metadata.get("person"))
    return _Part(item.name, item.name.removesuffix("_"), _reader_of(wanted), required, by_name)


def body_of(record: Any) -> dict[str, Json]:
    """The record as its JSON body."""
    return {part.key: _written(getattr(record, part.name)) for part in _parts(type(record)).values()}


def _written(value: Any) -> Json:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple):
        return [_written(item) for item in value]
    return body_of(value) if is_dataclass(value) else value


def record_of(record_type: type[Record], body: Json, names: PersonLookup | None = None, where: str = "") -> Record:
    """The record that a body says; RecordWrong names the field that is missing, unknown or in another form.

    With `names`, people stand in the body by name, as in a file of registers.
    """
    if not isinstance(body, dict):
        raise _wrong(where, _RECORD)
    parts = _parts(record_type)
    unknown = [key for key in body if key not in parts]
    if unknown:
        raise _wrong(f"{where}.{unknown[0]}", _UNKNOWN)
    values: dict[str, Any] = {}
    for part in parts.values():
        place = f"{where}.{part.key}" if where else part.key
        if part.key in body:
            given = body[part.key]
            by_name = names is not None and part.person
            values[part.name] = _named(names, given, place) if by_name else part.read(given, names, place)
        elif part.required:
            raise _wrong(place, _MISSING)
    return record_type(**values)


def _named(names: PersonLookup | None, given: Json, where: str) -> int | None:
    if given is None:
        return None
    if names is None or not isinstance(given, str):
        raise _wrong(where, _NAME)
    return names(given)


def _reader_of(wanted: Any) -> Reader:
    """What reads a value of a type; found once for each field, because lists are read on every page."""
    origin = get_origin(wanted)
    if origin in (Union, types.UnionType):
        inner = _reader_of(next(kind for kind in get_args(wanted) if kind is not type(None)))
        return lambda given, names, where: None if given is None else inner(given, names, where)
    if origin is tuple:
        return partial(_read_list, _reader_of(get_args(wanted)[0]))
    if is_dataclass(wanted):
        return partial(record_of, wanted)  # type: ignore[arg-type]  # is_dataclass also takes instances
    plain = _READERS[wanted]
    return lambda given, _, where: plain(given, where)


def _read_list(item: Reader, given: Json, names: PersonLookup | None, where: str) -> Json:
    if not isinstance(given, list):
        raise _wrong(where, _LIST)
    return tuple(item(one, names, f"{where}[{place}]") for place, one in enumerate(given, 1))


def _read_text(given: Json, where: str) -> str:
    if not isinstance(given, str):
        raise _wrong(where, _TEXT)
    try:
        return normalize_text(given)
    except LedgerError as refusal:
        raise RecordWrong(make_message("%(field)s: %(reason)s", field=where, reason=str(refusal.message))) from refusal


def _read_whole(given: Json, where: str) -> int:
    if not isinstance(given, int) or isinstance(given, bool) or abs(given) > LARGEST:
        raise _wrong(where, _WHOLE)
    return given


def _read_switch(given: Json, where: str) -> bool:
    if not isinstance(given, bool):
        raise _wrong(where, _SWITCH)
    return given


def _read_day(given: Json, where: str) -> dt.date:
    try:
        return dt.date.fromisoformat(given if _DAY.fullmatch(given) else "")
    except (TypeError, ValueError):
        raise _wrong(where, _DATE) from None


def _read_fraction(given: Json, where: str) -> Fraction:
    written = str(given) if isinstance(given, (int, str, Decimal)) and not isinstance(given, bool) else ""
    if not _FRACTION.fullmatch(written):
        raise _wrong(where, _NUMBER)
    return Fraction(written)


def _read_plain(given: Json, where: str) -> Json:
    """Any value of a policy; numbers with a fraction are texts, so that they are hashed in one form only."""
    if isinstance(given, str):
        return _read_text(given, where)
    if isinstance(given, list):
        return [_read_plain(item, where) for item in given]
    if isinstance(given, dict):
        return {_read_text(key, where): _read_plain(value, where) for key, value in given.items()}
    return given if given is None or isinstance(given, bool) else _read_whole(given, where)


_READERS: Mapping[Any, Callable[[Json, str], Json]] = {
    str: _read_text,
    int: _read_whole,
    bool: _read_switch,
    dt.date: _read_day,
    Fraction: _read_fraction,
    object: _read_plain,
}


def _wrong(where: str, reason: str) -> RecordWrong:
    return RecordWrong(make_message(reason, field=where.removeprefix(".") or "record"))
