"""A report's figures, tables and sentences as JSON data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from reports.language.figure import Figure, FigureCell
from reports.workbook import Workbook

Plain = dict[str, Any]


def plain_json(value: Any) -> Any:
    """A value as JSON data: fractions as text ("13/8"), dates as ISO text, dataclasses as objects."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Fraction):
        return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain_json(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain_json(item) for item in value]
    if is_dataclass(value) and type(value).__str__ is object.__str__:
        return {field.name.rstrip("_"): plain_json(getattr(value, field.name)) for field in fields(value)}
    return str(value)


def plain_cell(cell: FigureCell) -> Plain:
    """One column of a figure: value, display and reason; coverage and inputs only where present."""
    data: Plain = {"value": plain_json(cell.value), "display": cell.display, "reason": plain_json(cell.reason)}
    if cell.covered is not None:
        data["covered"] = str(cell.covered)
    if cell.inputs:
        data["inputs"] = plain_json(cell.inputs)
    return data


def plain_figure(figure: Figure) -> Plain:
    """A figure with its columns."""
    return {
        "slug": figure.slug,
        "name": str(figure.name),
        "unit": figure.unit,
        "type": figure.type,
        "in": list(figure.printed),
        "columns": {name: plain_cell(cell) for name, cell in figure.columns.items()},
    }


def without_people(data: Plain) -> Plain:
    """The data without the rows of single members, which only that member may see."""
    return {**data, "tables": {name: _nameless(rows) for name, rows in data["tables"].items()}}


def _nameless(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _nameless(inner) for name, inner in value.items() if not _is_personal(name, inner)}
    return [_nameless(inner) for inner in value] if isinstance(value, list) else value


def _is_personal(name: str, value: Any) -> bool:
    """Whether a value lists single members; a count of members is not personal."""
    return name == "members" and isinstance(value, dict | list)


def figures_json(workbook: Workbook) -> Plain:
    """A report's figures, tables and sentences in English."""
    return {
        "figures": [plain_figure(figure) for figure in workbook.figures.values()],
        "tables": {name: plain_json(rows) for name, rows in workbook.tables.items()},
        "sentences": {name: str(message) for name, message in workbook.sentences.items()},
    }
