"""The state of a form: its values, its errors, and the idempotency key that lets it count only once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import request
from marshmallow import ValidationError
from uuid_utils import uuid7
from werkzeug.datastructures import MultiDict

from ledger.core.errors import BooksBusy, CommitFailed, FieldsWrong, LedgerError
from ledger.core.messages import Message
from web.i18n.formats import format_message

OWN_SUFFIX = "_own"
"""Suffix of the text field beside a list of options: `duration` and `duration_own`."""
_CONTROL_FIELDS = frozenset({"csrf_token", "key"})
LIFT_FIELD = "lift"
"""The field with the reason to pass a limit; it belongs to no schema."""


def new_key() -> str:
    """A new idempotency key: made when a form is shown, kept while it is corrected, sent with it."""
    return str(uuid7())


@dataclass(frozen=True, kw_only=True)
class Form:
    """The values of a form's fields, exactly as typed, and the error of each refused field."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=new_key)

    @classmethod
    def fresh(cls, **values: str | Iterable[str]) -> Form:
        """A new form, with suggested values."""
        return cls(
            values={name: (value,) if isinstance(value, str) else tuple(value) for name, value in values.items()}
        )

    @classmethod
    def filled(cls, sent: MultiDict[str, str], errors: Mapping[str, Any] | LedgerError | None = None) -> Form:
        """The form as sent, with its key and its errors: marshmallow's messages or a refusal."""
        values = {name: tuple(sent.getlist(name)) for name in sent if name not in _CONTROL_FIELDS}
        texts = sort_errors(error_texts(errors.fields if isinstance(errors, FieldsWrong) else errors or {}), sent)
        return cls(values=values, errors=texts, key=sent.get("key") or new_key())

    def value(self, name: str) -> str:
        """The value of a field; the first one if it has several."""
        return next(iter(self.values.get(name, ())), "")

    def holds(self, name: str, value: str) -> bool:
        """Whether an option is chosen."""
        return value in self.values.get(name, ())

    def error(self, name: str) -> str:
        """The error of a field; empty if it has none."""
        return self.errors.get(name, "")


def form_values(sent: MultiDict[str, str]) -> dict[str, str | list[str]]:
    """The sent values for a schema; a field with `OWN_SUFFIX` replaces the list of options beside it.

    Empty fields are left out; a field sent more than once is a list.
    """
    values: dict[str, str | list[str]] = {}
    for name in sent:
        texts = [value.strip() for value in sent.getlist(name) if value.strip()]
        if name not in _CONTROL_FIELDS and name != LIFT_FIELD and texts:
            values[name] = texts[0] if len(texts) == 1 else texts
    own_values = {name.removesuffix(OWN_SUFFIX): values.pop(name) for name in list(values) if name.endswith(OWN_SUFFIX)}
    return values | own_values


def sort_errors(errors: Mapping[str, str], sent: Iterable[str]) -> dict[str, str]:
    """The errors in the order of the sent fields; one of a field not sent follows the error before it."""
    positions = {name.removesuffix(OWN_SUFFIX): position for position, name in enumerate(sent)}
    ranks: dict[str, int] = {}
    last = -1
    for name in errors:
        last = ranks[name] = positions.get(name, last)
    return {name: errors[name] for name in sorted(errors, key=ranks.__getitem__)}


def error_texts(errors: Mapping[str, Any] | LedgerError) -> dict[str, str]:
    """The error text of each field; an error of no single field is under `form`."""
    if isinstance(errors, LedgerError):
        return {errors.field or "form": format_message(errors.message)}
    return {"form" if name == "_schema" else name: _join_messages(messages) for name, messages in errors.items()}


def _join_messages(messages: Any) -> str:
    if isinstance(messages, Message | str):
        return format_message(messages)
    parts = messages.values() if isinstance(messages, Mapping) else messages
    return " ".join(dict.fromkeys(_join_messages(part) for part in parts))


def refused_form(error: ValidationError | LedgerError) -> Form:
    """The form as sent, with its errors; raises a server fault again, for the error page to answer."""
    if isinstance(error, BooksBusy | CommitFailed):
        raise error
    return Form.filled(request.form, error.messages_dict if isinstance(error, ValidationError) else error)
