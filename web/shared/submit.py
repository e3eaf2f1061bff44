"""Carries out a member's form in the books, once under its idempotency key, in the community's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import abort, request
from marshmallow import ValidationError

from ledger.core.errors import KeyReused, LedgerError
from ledger.database.unit_of_work import WriteUnit, write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.kinds.base import Kind
from ledger.registers import communities
from ledger.workflow import record
from ledger.workflow.record import RecordResult
from web.database import get_engine
from web.i18n import formats, translation
from web.identity import permissions
from web.shared.form_state import LIFT_FIELD, Form, error_texts, new_key, refused_form

MAX_KEY_LENGTH = 200
FormAction = Callable[[WriteUnit, Key], RecordResult]
MultiEntryAction = Callable[[WriteUnit, Key], list[RecordResult]]
Outcome = TypeVar("Outcome")


def run_action(slug: str, action: Callable[[WriteUnit, Key], Outcome]) -> Outcome:
    """Run an action in the community's books under the key of the sent form."""
    key = request.form["key"]
    if not 1 <= len(key) <= MAX_KEY_LENGTH:
        abort(400)
    with write_books(get_engine(), slug) as books, translation.language_scope(communities.settings(books).language):
        return action(books, Key(FORM, key))


def record_entry(slug: str, kind: Kind, on_behalf_of: int | None = None) -> RecordResult:
    """Record an entry as the current member, or by them on behalf of someone else."""
    actors, lift = Actors(permissions.current_member().party_id, on_behalf_of), request.form.get(LIFT_FIELD)
    return run_action(
        slug, lambda books, key: record.record(books, kind, actors, key, lift=lift, translate=formats.format_message)
    )


def refused_form_and_status(
    error: ValidationError | LedgerError, names: Mapping[str, str] | None = None
) -> tuple[Form, int]:
    """The form as sent, with its errors, and the HTTP status; raises a server fault again, for the error page.

    `names` maps field names of the books to those of the form. A key that was used for other content is replaced,
    because what was sent first is recorded already, and the corrected form is a new one.
    """
    form = refused_form(error)
    if isinstance(error, ValidationError):
        return form, 422
    if isinstance(error, KeyReused):
        return Form(values=form.values, errors=error_texts(error), key=new_key()), 409
    errors = {(names or {}).get(name, name): text for name, text in form.errors.items()}
    return Form(values=form.values, errors=errors, key=form.key), 422
