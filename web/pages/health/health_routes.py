"""Whether this installation can serve: the database answers and stands at the newest schema."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response
from flask.typing import ResponseReturnValue
from sqlalchemy import text

import migrations
from ledger.core.errors import LedgerError
from web.database import get_engine, open_connection
from web.identity import permissions

bp = Blueprint("health", __name__)


@bp.get("/healthz")
@permissions.allow_anyone
def show() -> ResponseReturnValue:
    """`{"status": "ok"}`, or 503 with what is missing; nothing about anyone."""
    try:
        with open_connection() as connection:
            connection.execute(text("SELECT 1"))
    except LedgerError:
        return make_response(jsonify(status="no database"), 503)
    if not migrations.is_current(get_engine()):
        return make_response(jsonify(status="schema not current"), 503)
    return jsonify(status="ok")
