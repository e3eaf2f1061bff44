"""Answers for a kind of entry as options of the command line: brought into the shape that forms are read from."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from typing import Any

from ledger.core.errors import FieldsWrong
from ledger.core.messages import make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.kinds.base import Kind
from ledger.kinds.fields import FieldSpec, fields_of
from web.commands._params import DAY
from web.pages.entries.entry_schema import Lists, Path, read


def read_options(kind: type[Kind], given: Mapping[str, Any], uow: UnitOfWork) -> Kind:
    """The kind with its typed answers; FieldsWrong names each option that cannot be understood."""
    sent = {spec.name: _sent(spec, given[spec.name]) for spec in fields_of(kind) if given.get(spec.name)}
    return read(kind, sent, Lists.of(uow), _option)


def _sent(spec: FieldSpec, typed: Any) -> Any:
    if spec.type == "date":
        return DAY.convert(typed, None, None).isoformat()
    return {number: _line(spec, line) for number, line in enumerate(typed)} if spec.type == "rows" else typed


def _line(spec: FieldSpec, typed: str) -> dict[str, str]:
    """One line, typed as `account=1000 fund=GEN debit=5.00`."""
    try:
        pairs = [part.partition("=") for part in shlex.split(typed)]
    except ValueError:  # a quotation mark that nothing closes
        pairs = []
    if not all(equals for _, equals, _ in pairs) or not pairs:
        shape = make_message("Write a line as name=value pairs, such as %(example)s", example=field_example(spec))
        raise FieldsWrong({spec.name: shape})
    return {name: value for name, _, value in pairs}


def _option(path: Path) -> str:
    """What is wrong stands under the option, and under the name within a line."""
    return ".".join(part for part in path if isinstance(part, str))


def field_example(spec: FieldSpec) -> str:
    """What an answer may look like; of a line first what it must say, then in brackets what it may."""
    if spec.type != "rows":
        return spec.example
    must = [_pair(row) for row in spec.rows if row.required]
    return " ".join([*must, *(f"[{_pair(row)}]" for row in spec.rows if not row.required)])


def _pair(row: FieldSpec) -> str:
    return f"{row.name}={shlex.quote(row.example) if row.example else '…'}"
