"""The application as tests and demos run it, with a data folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web import Settings, create_app

SECRET = "a secret long enough for tests, and for nothing else"


def settings_in(folder: Path, database_url: str | None = None, **more: str) -> Settings:
    """Return settings over a folder; further ones are named as in the environment, without the prefix."""
    url = database_url or f"sqlite:///{folder / 'books.sqlite'}"
    given = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": SECRET, "WORKSHOP": "yes", **more}
    return Settings.load({f"HOURSTEAD_{name}": value for name, value in given.items()})


@pytest.fixture
def shell_app(tmp_path: Path) -> Flask:
    """Return an application without books, for pages that need none."""
    return create_app(settings_in(tmp_path))


@pytest.fixture
def browse(shell_app: Flask) -> FlaskClient:
    """Return a browser without scripts, at an application without books."""
    return shell_app.test_client()
