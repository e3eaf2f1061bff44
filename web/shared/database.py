"""The database of the running application."""

from __future__ import annotations

from flask import current_app
from sqlalchemy import Engine


def get_engine() -> Engine:
    """The database of this application."""
    found: Engine = current_app.extensions["engine"]
    return found
