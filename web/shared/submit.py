"""What a member's form asks the books to do: once under its key, told in the community's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from flask import abort, request
from marshmallow import ValidationError

from ledger.core.errors import BooksBusy, CommitFailed, KeyReused, LedgerError
from ledger.database.unit_of_work import WriteUnit, write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.kinds.base import Kind
from ledger.registers import communities
from ledger.workflow import record as recording
from ledger.workflow.record import RecordResult
from web.database import get_engine
from web.i18n import formats, translation
from web.identity import permissions
from web.shared.form_state import LIFT_FIELD, Form, error_texts, new_key

LONGEST_KEY = 200
FormAction = Callable[[WriteUnit, Key], RecordResult]
Many = Callable[[WriteUnit, Key], list[RecordResult]]
Outcome = TypeVar("Outcome")


def run_action(slug: str, deed: Callable[[WriteUnit, Key], Outcome]) -> Outcome:
    """Do something in the community's books under the key of the form that was sent."""
    key = request.form["key"]
    if not 1 <= len(key) <= LONGEST_KEY:
        abort(400)
    with write_books(get_engine(), slug) as books, translation.language_scope(communities.settings(books).language):
        return deed(books, Key(FORM, key))


def record_entry(slug: str, kind: Kind, on_behalf_of: int | None = None) -> RecordResult:
    """Write something down, as the visitor, perhaps for someone who cannot."""
    actors, lift = Actors(permissions.current_member().party_id, on_behalf_of), request.form.get(LIFT_FIELD)
    return run_action(
        slug, lambda books, key: recording.record(books, kind, actors, key, lift=lift, translate=formats.format_message)
    )


def refused_form_and_status(
    wrong: ValidationError | LedgerError, names: Mapping[str, str] | None = None
) -> tuple[Form, int]:
    """The form as it was sent, with what was wrong, and its status; a fault of ours goes on to the page that keeps it.

    `names` gives the form's name for what the books call otherwise. A key that stood for something else is
    replaced, for what was sent first stands, and only a form sent anew can say anything more.
    """
    if isinstance(wrong, BooksBusy | CommitFailed):
        raise wrong
    if isinstance(wrong, ValidationError):
        return Form.filled(request.form, wrong.messages_dict), 422
    form = Form.filled(request.form, wrong)
    own = {(names or {}).get(name, name): words for name, words in form.errors.items()}
    if isinstance(wrong, KeyReused):
        return Form(values=form.values, errors=error_texts(wrong), key=new_key()), 409
    return Form(values=form.values, errors=own, key=form.key), 422
