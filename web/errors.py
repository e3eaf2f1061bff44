"""Refusals and faults as pages in plain words: what happened, that nothing was written, and what to do next.

A fault carries a reference word that finds it in the log and says nothing about the person. What someone wrote is kept:
a refused commit comes back with the same answers and the same key, so trying again can never count twice.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from web.i18n.formats import format_message
from web.request_guards import SAFE_METHODS

log = logging.getLogger("hourstead.web")

STATUSES = {
    "busy": 503,
    "commit-failed": 503,
    "commit-unknown": 503,
    "not-allowed": 403,
    "slip-for-office": 403,
    "key-reused": 409,
    "over-limit": 409,
    "read-only": 409,
    "moved": 409,
}
"""The status of a refusal that is not simply something to put right (422) or not there (404, `unknown-...`)."""

_NEVER_KEPT = ("csrf_token", "password", "secret", "code", "token")
_WORDS = (
    "acorn alder amber apple aspen barley basil bean beech berry birch bramble broom cedar cherry chive clover cress "
    "currant daisy damson dill elder elm fern fig flax gorse hazel heather hedge holly hop iris ivy juniper larch "
    "laurel lilac linden maple medlar mint moss nettle oak oat olive parsley pear pine plum poppy quince reed "
    "rowan rush rye sage sloe sorrel spelt thistle thyme walnut willow yarrow yew"
).split()


@dataclass(frozen=True, kw_only=True)
class FaultText:
    """What a page says about one kind of fault: side, heading and lead are message ids."""

    side: str
    heading: str
    lead: str


FormFields: TypeAlias = Sequence[tuple[str, str]]

_NOT_HERE = FaultText(
    side=N_("Nothing here"),
    heading=N_("This page is not here."),
    lead=N_("It may have moved, or it belongs to a community that you are not part of."),
)
_OURS = FaultText(
    side=N_("Nothing was written"),
    heading=N_("We could not do that."),
    lead=N_("The fault is ours. Nothing was written, and nothing was counted twice."),
)
_NOT_SAVED = FaultText(
    side=N_("Nothing was written"),
    heading=N_("We could not save that."),
    lead=N_("The fault is ours. What you wrote is not in the book, and nothing was counted twice."),
)
_UNSURE = FaultText(
    side=N_("Not sure yet"),
    heading=N_("The line broke while we saved."),
    lead=N_("What you wrote may be in the book already. Send the same answers again: they count only once."),
)
_REFUSED = FaultText(
    side=N_("Nothing was written"),
    heading=N_("That cannot be written down."),
    lead=N_("The book refused it. The reason stands below."),
)
TEXTS = {
    400: FaultText(
        side=N_("Nothing was written"),
        heading=N_("We could not read that."),
        lead=N_(
            "The page was open for long, or was sent in a way we do not know. Open it again and send it once more."
        ),
    ),
    401: FaultText(
        side=N_("Nothing was written"), heading=N_("Sign in first."), lead=N_("Then come back, and it will be here.")
    ),
    403: FaultText(
        side=N_("Nothing was written"),
        heading=N_("This belongs to someone else."),
        lead=N_("Another person or office does this. If it should be you, ask an organiser."),
    ),
    404: _NOT_HERE,
    405: _NOT_HERE,
    409: _REFUSED,
    413: FaultText(
        side=N_("Nothing was written"),
        heading=N_("That is too large."),
        lead=N_("Send less at once: a smaller file, or fewer lines."),
    ),
    422: _REFUSED,
    429: FaultText(
        side=N_("Nothing was written"),
        heading=N_("A little too often."),
        lead=N_("Wait a minute and try again. Nobody is locked out."),
    ),
    500: _OURS,
    503: _NOT_SAVED,
}
READ_TEXTS = {
    403: FaultText(
        side=N_("Not open to you"),
        heading=N_("This belongs to someone else."),
        lead=N_("Another person or office looks here. If it should be you, ask an organiser."),
    ),
    422: FaultText(
        side=N_("Nothing here"),
        heading=N_("That cannot be shown."),
        lead=N_("The address asks for something that the book does not have. The reason stands below."),
    ),
}
"""What is said instead to whoever only wanted to look."""


def install(app: Flask) -> None:
    """Answer every refusal and fault of an application in plain words; the last handlers to be registered."""
    app.register_error_handler(LedgerError, handle_refusal)
    app.register_error_handler(HTTPException, handle_http_error)
    app.register_error_handler(Exception, handle_fault)


def refusal_status(error: LedgerError) -> int:
    """The status that a refusal of the books answers with."""
    absent = error.slug.startswith("unknown-") or error.slug == "community-unknown"
    return STATUSES.get(error.slug, 404 if absent and request.method in SAFE_METHODS else 422)


def handle_refusal(error: LedgerError) -> ResponseReturnValue:
    """A refusal that the page itself did not take up: its reason in words, and the answers to try again with."""
    status = refusal_status(error)
    reference = log_fault(error, status) if status >= 500 else ""
    reason = "" if status in {404, 503} else format_message(error.message)
    return error_response(status, reference=reference, reason=reason, slug=error.slug)


def handle_http_error(error: HTTPException) -> ResponseReturnValue:
    """A fault that the web has a number for: not found, too large, too often."""
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError):  # the host is not ours, so no page of ours has an address there
        return Response(format_message(N_("This address is not one of this book’s.")), 400, mimetype="text/plain")
    status = 400 if isinstance(error, CSRFError) else error.code or 500
    reference = log_fault(error, status) if status >= 500 else ""
    wrong = getattr(error, "data", {}).get("messages", {}).get("query")  # flask-smorest names each wrong parameter
    response = error_response(status, reference=reference, errors=wrong)
    response.headers.extend([(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}])
    return response


def handle_fault(error: Exception) -> ResponseReturnValue:
    """A fault of ours: logged whole under its reference, shown without a word about the inside."""
    return error_response(500, reference=log_fault(error, 500))


def log_fault(error: Exception, status: int) -> str:
    """Write a fault to the log under a fresh reference, without anything the person wrote, and give the reference."""
    reference = f"{secrets.choice(_WORDS)}-{secrets.randbelow(90) + 10}"
    cause = error.original_exception if isinstance(error, InternalServerError) else None
    log.error("%s %s at %s", status, reference, request.endpoint, exc_info=cause or error)
    return reference


def error_response(
    status: int, *, reference: str = "", reason: str = "", slug: str = "", errors: Mapping[str, object] | None = None
) -> Response:
    """The page of a fault, or the same words as JSON for a program."""
    words = _UNSURE if slug == "commit-unknown" else TEXTS.get(status, _OURS if status >= 500 else TEXTS[400])
    if request.method in SAFE_METHODS:
        words = READ_TEXTS.get(status, words)
    if request.path.startswith("/api/"):
        body: dict[str, object] = {
            "error": slug or str(status),
            "message": reason or format_message(words.lead),
            "reference": reference or None,
        }
        body |= {"errors": errors} if errors else {}
        return make_response(jsonify(body), status)
    again = resendable_fields() if status == 503 else ()
    page = render_template("error.html", words=words, reference=reference, reason=reason, again=again)
    return make_response(page, status)


def resendable_fields() -> FormFields:
    """What was sent, key and all, to be sent again; never a password or a code."""
    if request.method in SAFE_METHODS:
        return ()
    sent = request.form.items(multi=True)
    return [(name, value) for name, value in sent if not any(part in name.casefold() for part in _NEVER_KEPT)]
