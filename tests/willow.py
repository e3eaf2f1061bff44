"""Willow for tests of the screens: its golden year imported, and people who can sign in today."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from ledger.database.engine import make_engine
from ledger.database.unit_of_work import write_books, write_transaction
from ledger.exchange.imports.journal import import_journal
from ledger.exchange.imports.registers import import_registers
from ledger.registers import communities, members, roles
from tests.applications import settings_in
from web import create_app
from web.identity import make_login

GOLDEN = Path(__file__).parent / "golden"
OFFICES = {
    "ana": ("organiser",),
    "eli": ("treasurer",),
    "dee": ("checker", "emergency panel"),
    "bea": (),
    "gus": ("emergency panel",),
}
PASSWORD = "a tally stick of willow wood"
SignIn = Callable[[str], FlaskClient]


def bring(engine: Engine) -> None:
    """Found Willow, import its registers and its journal."""
    with write_transaction(engine) as connection:
        communities.create(connection, "willow", "Willow", "EUR", "Europe/Athens")
    assert not import_registers(engine, "willow", GOLDEN / "willow-registers.json").refused
    assert not import_journal(engine, "willow", GOLDEN / "willow.jsonl").refused


def let_in(engine: Engine) -> None:
    """Give offices from today on, whatever day the tests run on, in place of the year's own; and a sign-in to each."""
    with write_books(engine, "willow") as unit:
        today = communities.today(unit)
        people = {member.user: number for number, member in members.get_all(unit).items()}
        for key, term in roles.get_all(unit).items():
            if term.to >= today:
                roles.end(unit, key, today - dt.timedelta(1), entered_by=1)
        for user, office in [(user, office) for user, offices in OFFICES.items() for office in offices]:
            roles.give(unit, office, people[user], today, today + dt.timedelta(300), entered_by=1)
    for user in OFFICES:
        make_login(engine, user, PASSWORD, "willow", people[user])


@pytest.fixture(scope="session")
def willow_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("willow") / "books.sqlite"
    shutil.copy(sqlite_template, path)
    engine = make_engine(f"sqlite:///{path}")
    bring(engine)
    let_in(engine)
    engine.dispose()
    return path


@pytest.fixture
def willow_app(willow_template: Path, tmp_path: Path) -> Iterator[Flask]:
    """Return the application over a copy of Willow of the test's own."""
    path = shutil.copy(willow_template, tmp_path / "willow.sqlite")
    app = create_app(settings_in(tmp_path, f"sqlite:///{path}"))
    app.testing = True
    yield app
    app.extensions["engine"].dispose()


@pytest.fixture
def willow(willow_app: Flask) -> Engine:
    """Return Willow's books behind the application."""
    engine: Engine = willow_app.extensions["engine"]
    return engine


@pytest.fixture
def sign_in(willow_app: Flask) -> SignIn:
    """Sign someone of Willow in: eli is treasurer, dee checks, ana organises, bea and gus are members."""

    def enter(user: str) -> FlaskClient:
        client = willow_app.test_client()
        token = token_on(client.get("/sign-in").get_data(as_text=True))
        answer = client.post("/sign-in", data={"identity": user, "password": PASSWORD, "csrf_token": token})
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return client

    return enter


def token_on(html: str) -> str:
    """The CSRF token of a page's form."""
    return found(html, r'name="csrf_token" value="([^"]+)"')


def key_on(html: str) -> str:
    """The idempotency key of a page's form."""
    return found(html, r'name="key" value="([^"]+)"')


def found(html: str, pattern: str) -> str:
    match = re.search(pattern, html)
    assert match, f"nothing like {pattern} on the page"
    return match[1]
