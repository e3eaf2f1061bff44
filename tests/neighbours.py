"""Two communities with people who can sign in, and browsers without scripts in their hands."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, select, update
from werkzeug.test import TestResponse

from ledger.database.unit_of_work import read_books, read_transaction, write_books, write_transaction
from ledger.registers import communities, members, roles
from tests.applications import settings_in
from web import create_app, identity
from web.identity import sessions
from web.models.identity import Login, LoginSession

PASSWORD = "tomato ladder sky"
WILLOW = {"Ana": "organiser", "Bea": "", "Cai": "checker", "Eli": "treasurer"}
RIVER = {"Rob": "organiser", "Sol": "treasurer"}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Browser:
    """A browser without scripts, which fills in forms the way a person does."""

    client: FlaskClient
    page: TestResponse | None = None

    def open(self, address: str) -> TestResponse:
        """Follow a link, and its redirects."""
        self.page = self.client.get(address, follow_redirects=True)
        return self.page

    def send(self, action: str, **answers: str | list[str]) -> TestResponse:
        """Send the form of the page that is open, hidden fields and all, and go where it leads."""
        return self._post(action, answers, follow=True)

    def post(self, action: str, **answers: str | list[str]) -> TestResponse:
        """Send the form of the page that is open, and stay with the first answer."""
        return self._post(action, answers, follow=False)

    def _post(self, action: str, answers: Mapping[str, str | list[str]], *, follow: bool) -> TestResponse:
        assert self.page is not None, "open the page with the form first"
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.page.text)}
        self.page = self.client.post(action, data=hidden | dict(answers), follow_redirects=follow)
        return self.page

    def fill_in(self, address: str, action: str = "", **answers: str | list[str]) -> TestResponse:
        """Open a page and send its form."""
        self.open(address)
        return self.send(action or address, **answers)


@dataclass
class Neighbours:
    """The communities Willow and River, and everyone in them by name."""

    app: Flask
    engine: Engine
    people: dict[str, int] = field(default_factory=dict)

    def slug_of(self, name: str) -> str:
        """Return the community that somebody belongs to."""
        return "willow" if name in WILLOW else "river"

    def browser(self) -> Browser:
        """Return the browser of somebody who is not signed in."""
        return Browser(self.app.test_client())

    def signed_in(self, name: str, *, kept: bool = True) -> Browser:
        """Return the browser of somebody who signed in before."""
        with write_transaction(self.engine) as connection:
            reference = sessions.begin(connection, self.login_of(name), kept=kept, device="Test")
        browser = self.browser()
        with browser.client.session_transaction() as cookie:
            cookie["_user_id"] = reference
        return browser

    def login_of(self, name: str) -> int:
        """Return somebody's login."""
        with read_transaction(self.engine) as connection:
            found = connection.scalar(select(Login.login_id).where(Login.user_key == name.casefold()))
        assert found is not None
        return found

    def today(self) -> dt.date:
        """Return the day it is in Willow."""
        with read_books(self.engine, "willow") as books:
            return communities.today(books)

    def age(self, by: dt.timedelta) -> None:
        """Let time pass for everybody who is signed in."""
        with write_transaction(self.engine) as connection:
            for row in connection.execute(
                select(LoginSession.session_id, LoginSession.created_at, LoginSession.last_seen_at)
            ):
                earlier = {"created_at": row.created_at - by, "last_seen_at": row.last_seen_at - by}
                connection.execute(
                    update(LoginSession).where(LoginSession.session_id == row.session_id).values(earlier)
                )


def settle(app: Flask) -> Neighbours:
    """Found Willow and River, and give everyone there a login of their first name."""
    engine: Engine = app.extensions["engine"]
    neighbours = Neighbours(app, engine)
    for slug, everyone in (("willow", WILLOW), ("river", RIVER)):
        with write_transaction(engine) as connection:
            communities.create(connection, slug, slug.title(), "EUR", "Europe/Athens")
        with write_books(engine, slug) as books:
            today = communities.today(books)
            joined = today - dt.timedelta(days=200)
            new = [members.NewMember(name=name, joined=joined) for name in everyone]
            numbers = dict(zip(everyone, members.add(books, new, entered_by=communities.OPERATOR), strict=True))
            for name, office in everyone.items():
                if office:
                    last = today + dt.timedelta(days=160)
                    roles.give(books, office, numbers[name], joined, last, entered_by=communities.OPERATOR)
        neighbours.people |= numbers
        for name in everyone:
            identity.make_login(engine, name.lower(), PASSWORD, slug, numbers[name])
    return neighbours


@pytest.fixture(scope="session")
def settled_template(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with both communities, to copy."""
    folder = tmp_path_factory.mktemp("settled")
    path = Path(shutil.copy(sqlite_template, folder / "books.sqlite"))
    app = create_app(settings_in(folder))
    settle(app)
    app.extensions["engine"].dispose()
    return path


@pytest.fixture
def neighbours(settled_template: Path, tmp_path: Path) -> Iterator[Neighbours]:
    """Return both communities in books of the test's own, for what does not depend on the database."""
    shutil.copy(settled_template, tmp_path / "books.sqlite")
    app = create_app(settings_in(tmp_path))
    engine: Engine = app.extensions["engine"]
    yield Neighbours(app, engine, people_in(engine))
    engine.dispose()


@pytest.fixture
def neighbours_on_both(database_url: str, tmp_path: Path) -> Iterator[Neighbours]:
    """Return both communities on each database in turn."""
    app = create_app(settings_in(tmp_path, database_url))
    yield settle(app)
    app.extensions["engine"].dispose()


def people_in(engine: Engine) -> dict[str, int]:
    """Return everyone's number by name."""
    found: dict[str, int] = {}
    for slug in ("willow", "river"):
        with read_books(engine, slug) as books:
            found |= {member.name: number for number, member in members.get_all(books).items()}
    return found
