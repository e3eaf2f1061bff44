"""A form as it is shown: what was written in it, what is wrong with it, and the key that lets it count only once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import ValidationError
from uuid_utils import uuid7
from werkzeug.datastructures import MultiDict

from ledger.core.errors import FieldsWrong, LedgerError
from ledger.core.messages import Message
from web.i18n.formats import format_message

OWN_SUFFIX = "_own"
"""Beside a list of answers stands a line for one's own: `duration` and `duration_own`."""
_NOT_KEPT = frozenset({"csrf_token", "key"})
LIFT_FIELD = "lift"
"""Why something may pass a limit: asked beside a form's own questions, where it did not fit."""


def new_key() -> str:
    """A fresh idempotency key: minted when a form is shown, kept while it is put right, sent with the deed."""
    return str(uuid7())


@dataclass(frozen=True, kw_only=True)
class Form:
    """What a form's fields hold, exactly as written, and the words for each field that was refused."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=new_key)

    @classmethod
    def fresh(cls, **values: str | Iterable[str]) -> Form:
        """A form that nobody has filled in yet, with answers suggested beforehand."""
        return cls(
            values={name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
        )

    @classmethod
    def filled(cls, sent: MultiDict[str, str], errors: Mapping[str, Any] | LedgerError | None = None) -> Form:
        """The form as it was sent, its key kept, with what was wrong: marshmallow's messages or a refusal."""
        values = {name: tuple(sent.getlist(name)) for name in sent if name not in _NOT_KEPT}
        wrong = sort_errors(error_texts(errors.fields if isinstance(errors, FieldsWrong) else errors or {}), sent)
        return cls(values=values, errors=wrong, key=sent.get("key") or new_key())

    def value(self, name: str) -> str:
        """What stands in a field."""
        return next(iter(self.values.get(name, ())), "")

    def holds(self, name: str, value: str) -> bool:
        """Whether an answer is chosen."""
        return value in self.values.get(name, ())

    def error(self, name: str) -> str:
        """What is wrong with a field, in words; nothing where it is right."""
        return self.errors.get(name, "")


def form_values(sent: MultiDict[str, str]) -> dict[str, str | list[str]]:
    """What was sent, ready for a schema: an answer in one's own words stands for the list beside it.

    Empty fields are left out; a field sent more than once is a list.
    """
    read: dict[str, str | list[str]] = {}
    for name in sent:
        written = [value.strip() for value in sent.getlist(name) if value.strip()]
        if name not in _NOT_KEPT and name != LIFT_FIELD and written:
            read[name] = written[0] if len(written) == 1 else written
    own = {name.removesuffix(OWN_SUFFIX): read.pop(name) for name in list(read) if name.endswith(OWN_SUFFIX)}
    return read | own


def sort_errors(errors: Mapping[str, str], sent: Iterable[str]) -> dict[str, str]:
    """What is wrong, in the order in which a browser sent the fields; what was not sent follows the one before it."""
    places = {name.removesuffix(OWN_SUFFIX): place for place, name in enumerate(sent)}
    order: dict[str, int] = {}
    last = -1
    for name in errors:
        last = order[name] = places.get(name, last)
    return {name: errors[name] for name in sorted(errors, key=order.__getitem__)}


def error_texts(errors: Mapping[str, Any] | LedgerError) -> dict[str, str]:
    """One sentence for each wrong field; what concerns no field, or the rows of a list, stands under its own name."""
    if isinstance(errors, LedgerError):
        return {errors.field or "form": format_message(errors.message)}
    return {"form" if name == "_schema" else name: _sentence(found) for name, found in errors.items()}


def _sentence(found: Any) -> str:
    if isinstance(found, Message | str):
        return format_message(found)
    parts = found.values() if isinstance(found, Mapping) else found
    return " ".join(dict.fromkeys(_sentence(part) for part in parts))


_FAULTS = ("busy", "commit-failed")


def refused_form(wrong: ValidationError | LedgerError) -> Form:
    """The form as it was sent; a fault of ours goes on to the page that keeps it."""
    if isinstance(wrong, LedgerError) and wrong.slug in _FAULTS:
        raise wrong
    return Form.filled(request.form, wrong.messages_dict if isinstance(wrong, ValidationError) else wrong)
