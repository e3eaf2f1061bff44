"""Kinds of entry: one file each, found by walking this folder; a new kind is one new file and its test."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from functools import cache
from types import ModuleType
from typing import Any, TypeVar, cast

from ledger.core.errors import FieldsWrong, LedgerError
from ledger.core.messages import make_message
from ledger.kinds import imported
from ledger.kinds.base import GROUPS, Kind, Row
from ledger.kinds.fields import MANY, fields_of

Filled = TypeVar("Filled")
RowType = TypeVar("RowType", bound=Row)


class UnknownKind(LedgerError):
    """An entry is recorded as one of the kinds there are."""

    slug = "unknown-kind"


@cache
def all_kinds() -> dict[str, type[Kind]]:
    """Every kind by its slug, in the order of the menu."""
    found = [kind for module in _modules() for kind in _kinds_in(module)]
    return {kind.slug: kind for kind in sorted(found, key=_place)}


@cache
def guarded_slugs() -> frozenset[str]:
    """Kinds that only the people in them and the offices may open, even where an import did not mark them private."""
    return imported.GUARDED | {slug for slug, kind in all_kinds().items() if kind.privacy == "private"}


@cache
def emergency_help_slugs() -> frozenset[str]:
    """Kinds that pay help out of the emergency fund."""
    return imported.EMERGENCY_HELP | {slug for slug, kind in all_kinds().items() if kind.is_emergency_help}


def _place(kind: type[Kind]) -> tuple[int, int, str]:
    return list(GROUPS).index(kind.group), kind.order, kind.slug


def find_kind(slug: str) -> type[Kind] | None:
    """One kind by its slug; None for kinds that only an import brought."""
    return all_kinds().get(slug)


def get_kind(slug: str) -> type[Kind]:
    """One kind by its slug; UnknownKind where there is none."""
    found = all_kinds().get(slug)
    if found is None:
        raise UnknownKind(make_message("There is no kind of entry named “%(slug)s”.", slug=slug))
    return found


def fill(slug: str, /, **answers: Any) -> Kind:
    """A kind with its answers, typed; FieldsWrong names what is missing, wrong, or asked by no field."""
    kind: Callable[..., Kind] = get_kind(slug)
    return _filled(kind, answers)


def fill_row(row: type[RowType], /, **answers: Any) -> RowType:
    """One line of a form with lines; FieldsWrong as for a kind."""
    return _filled(row, answers)


def _filled(wanted: Callable[..., Filled], answers: Mapping[str, Any]) -> Filled:
    specs = fields_of(cast(type[Any], wanted))
    unknown = [name for name in answers if name not in {spec.name for spec in specs}]
    if unknown:
        raise FieldsWrong({name: make_message("There is no such question: %(name)s.", name=name) for name in unknown})
    open_ones = {spec.name: () if spec.type in MANY else spec.default for spec in specs}
    return wanted(**{**open_ones, **answers})


def _modules() -> list[ModuleType]:
    names = [module.name for module in pkgutil.walk_packages(__path__, f"{__name__}.")]
    return [importlib.import_module(name) for name in sorted(names)]


def _kinds_in(module: ModuleType) -> list[type[Kind]]:
    here = [item for item in vars(module).values() if inspect.isclass(item) and item.__module__ == module.__name__]
    return [item for item in here if issubclass(item, Kind) and not inspect.isabstract(item)]
