"""Error responses: what happened, that nothing was written, and what to do next.

A fault shows a random reference that finds it in the log and says nothing about the person. After a failed commit the
page offers the same answers with the same idempotency key again, so that a second try is never counted twice.
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
"""HTTP status by refusal; all others are 422, or 404 for `unknown-...`."""

_SECRET_FIELDS = ("csrf_token", "password", "secret", "code", "token")
_REFERENCE_WORDS = (
    "acorn alder amber apple aspen barley basil bean beech berry birch bramble broom cedar cherry chive clover cress "
    "currant daisy damson dill elder elm fern fig flax gorse hazel heather hedge holly hop iris ivy juniper larch "
    "laurel lilac linden maple medlar mint moss nettle oak oat olive parsley pear pine plum poppy quince reed "
    "rowan rush rye sage sloe sorrel spelt thistle thyme walnut willow yarrow yew"
).split()


@dataclass(frozen=True, kw_only=True)
class FaultText:
    """The text of an error page; `side`, `heading` and `lead` are message ids."""

    side: str
    heading: str
    lead: str


FormFields: TypeAlias = Sequence[tuple[str, str]]

_NOT_FOUND = FaultText(
    side=N_("Nothing here"),
    heading=N_("This page is not here."),
    lead=N_("It may have moved, or it belongs to a community that you are not part of."),
)
_SERVER_FAULT = FaultText(
    side=N_("Nothing was written"),
    heading=N_("We could not do that."),
    lead=N_("The fault is ours. Nothing was written, and nothing was counted twice."),
)
_NOT_SAVED = FaultText(
    side=N_("Nothing was written"),
    heading=N_("We could not save that."),
    lead=N_("The fault is ours. What you wrote is not in the book, and nothing was counted twice."),
)
_COMMIT_UNKNOWN = FaultText(
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
    404: _NOT_FOUND,
    405: _NOT_FOUND,
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
    500: _SERVER_FAULT,
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
"""Texts for requests that only read, in place of those in `TEXTS`."""


def install(app: Flask) -> None:
    """Register the error handlers; they must be the last ones registered."""
    app.register_error_handler(LedgerError, handle_refusal)
    app.register_error_handler(HTTPException, handle_http_error)
    app.register_error_handler(Exception, handle_fault)


def refusal_status(error: LedgerError) -> int:
    """The HTTP status of a refusal."""
    is_unknown = error.slug.startswith("unknown-") or error.slug == "community-unknown"
    return STATUSES.get(error.slug, 404 if is_unknown and request.method in SAFE_METHODS else 422)


def handle_refusal(error: LedgerError) -> ResponseReturnValue:
    """Answer a refusal that the page did not handle: its reason, and the fields to send again."""
    status = refusal_status(error)
    reference = log_fault(error, status) if status >= 500 else ""
    reason = "" if status in {404, 503} else format_message(error.message)
    return error_response(status, reference=reference, reason=reason, slug=error.slug)


def handle_http_error(error: HTTPException) -> ResponseReturnValue:
    """Answer an HTTP error: not found, too large, too many requests."""
    if error.response is not None:
        return error.response
    if isinstance(error, SecurityError):  # url_for fails for an untrusted host, so no page is rendered
        return Response(format_message(N_("This address is not one of this book’s.")), 400, mimetype="text/plain")
    status = 400 if isinstance(error, CSRFError) else error.code or 500
    reference = log_fault(error, status) if status >= 500 else ""
    parameter_errors = (
        getattr(error, "data", {}).get("messages", {}).get("query")
    )  # flask-smorest names each wrong parameter
    response = error_response(status, reference=reference, errors=parameter_errors)
    response.headers.extend([(name, value) for name, value in error.get_headers() if name in {"Allow", "Retry-After"}])
    return response


def handle_fault(error: Exception) -> ResponseReturnValue:
    """Answer an unexpected exception; the traceback goes to the log, not to the page."""
    return error_response(500, reference=log_fault(error, 500))


def log_fault(error: Exception, status: int) -> str:
    """Log a fault, without anything the person wrote; returns a new reference to it."""
    reference = f"{secrets.choice(_REFERENCE_WORDS)}-{secrets.randbelow(90) + 10}"
    cause = error.original_exception if isinstance(error, InternalServerError) else None
    log.error("%s %s at %s", status, reference, request.endpoint, exc_info=cause or error)
    return reference


def error_response(
    status: int, *, reference: str = "", reason: str = "", slug: str = "", errors: Mapping[str, object] | None = None
) -> Response:
    """The error page, or the same text as JSON for `/api/`."""
    text = (
        _COMMIT_UNKNOWN
        if slug == "commit-unknown"
        else TEXTS.get(status, _SERVER_FAULT if status >= 500 else TEXTS[400])
    )
    if request.method in SAFE_METHODS:
        text = READ_TEXTS.get(status, text)
    if request.path.startswith("/api/"):
        body: dict[str, object] = {
            "error": slug or str(status),
            "message": reason or format_message(text.lead),
            "reference": reference or None,
        }
        body |= {"errors": errors} if errors else {}
        return make_response(jsonify(body), status)
    fields = resendable_fields() if status == 503 else ()
    page = render_template("error.html", words=text, reference=reference, reason=reason, again=fields)
    return make_response(page, status)


def resendable_fields() -> FormFields:
    """The fields of the sent form, key included, to send again; never passwords or codes."""
    if request.method in SAFE_METHODS:
        return ()
    fields = request.form.items(multi=True)
    return [(name, value) for name, value in fields if not any(part in name.casefold() for part in _SECRET_FIELDS)]
