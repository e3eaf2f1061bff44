"""Options of the command line for the fields of a kind, converted to the data that forms send."""

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


def read_options(kind: type[Kind], options: Mapping[str, Any], uow: UnitOfWork) -> Kind:
    """The kind with the given options; FieldsWrong names each invalid option."""
    fields = {spec.name: _form_value(spec, options[spec.name]) for spec in fields_of(kind) if options.get(spec.name)}
    return read(kind, fields, Lists.of(uow), _option_name)


def _form_value(spec: FieldSpec, value: Any) -> Any:
    if spec.type == "date":
        return DAY.convert(value, None, None).isoformat()
    return {number: _parse_row(spec, line) for number, line in enumerate(value)} if spec.type == "rows" else value


def _parse_row(spec: FieldSpec, text: str) -> dict[str, str]:
    """One row, from `account=1000 fund=GEN debit=5.00`."""
    try:
        pairs = [part.partition("=") for part in shlex.split(text)]
    except ValueError:  # a quotation mark is not closed
        pairs = []
    if not all(equals for _, equals, _ in pairs) or not pairs:
        shape = make_message("Write a line as name=value pairs, such as %(example)s", example=field_example(spec))
        raise FieldsWrong({spec.name: shape})
    return {name: value for name, _, value in pairs}


def _option_name(path: Path) -> str:
    """The name of the option with an error, and of the name inside a row."""
    return ".".join(part for part in path if isinstance(part, str))


def field_example(spec: FieldSpec) -> str:
    """An example value; of a row the required names, then the optional ones in brackets."""
    if spec.type != "rows":
        return spec.example
    required = [_example_pair(row) for row in spec.rows if row.required]
    return " ".join([*required, *(f"[{_example_pair(row)}]" for row in spec.rows if not row.required)])


def _example_pair(row: FieldSpec) -> str:
    return f"{row.name}={shlex.quote(row.example) if row.example else '…'}"
