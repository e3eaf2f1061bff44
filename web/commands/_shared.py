"""What every command shares: the settings' books, one community among them, output as JSON, a progress bar."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import click
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

import migrations
from ledger.core.errors import DatabaseUnfit, FieldWrong, LedgerError, UnknownMember
from ledger.core.messages import make_message
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import UnitOfWork, read_transaction
from ledger.exchange.imports.result import Imported, Progress
from ledger.registers import communities, members
from web.settings import Settings

Function = TypeVar("Function", bound=Callable[..., Any])

PROGRESS_AFTER_SECONDS = 1.0
"""How long a command works before it shows how far it is."""


class DatabaseNotReached(LedgerError):
    """The database that the settings name answers."""

    slug = "not-reached"


def community_option(function: Function) -> Function:
    """Ask for the community's short name; not needed where there is only one."""
    return click.option("--community", metavar="SLUG", help="The community, by its short name.")(function)


def json_option(function: Function) -> Function:
    """Offer the output as JSON, for other programs."""
    return click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")(function)


def print_json(data: Any) -> None:
    """Data for other programs, on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False))


@contextmanager
def open_database(settings: Settings | None = None) -> Iterator[Engine]:
    """The database of the settings, as it is; NotReached where it does not answer."""
    settings = settings or Settings.load()
    try:
        engine = make_engine(settings.database_url)
    except ArgumentError as error:
        raise DatabaseNotReached(make_message("HOURSTEAD_DATABASE_URL is not the address of a database.")) from error
    try:
        yield engine
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        raise DatabaseNotReached(make_message("The database cannot be used: %(reason)s", reason=reason)) from error
    finally:
        engine.dispose()


@contextmanager
def current_books() -> Iterator[Engine]:
    """The books of the settings; refused while they are not at this version's newest step."""
    with open_database() as engine:
        if not migrations.is_current(engine):
            raise DatabaseUnfit(make_message("The books are not set up for this version yet. Run: hourstead init"))
        yield engine


def choose_community(engine: Engine, slug: str | None) -> str:
    """The community that is meant: the one named, or the only one there is."""
    if slug is not None:
        return slug
    with read_transaction(engine) as connection:
        found = communities.slugs(connection)
    if len(found) == 1:
        return found[0]
    raise FieldWrong(
        "community", make_message("Say which community: --community SLUG") if found else make_message(_NONE)
    )


_NONE = "There is no community here yet. Run: hourstead init --community SLUG --name NAME"


def find_person(uow: UnitOfWork, name: str) -> int:
    """The member who is meant, by name or by user name."""
    number = members.find_by_user(uow, name) or members.find_by_name(uow, name)
    if number is None:
        raise UnknownMember(make_message("There is nobody called “%(name)s” in this community.", name=name))
    return number


@contextmanager
def show_progress(label: str) -> Iterator[Progress]:
    """Show on a terminal how far a work is, once it has taken a second."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    began = time.monotonic()
    with Bar(console=Console(stderr=True), transient=True, disable=False, auto_refresh=False) as bar:
        task = bar.add_task(label, total=1.0, visible=False)

        def show(done: float) -> None:
            bar.update(task, completed=done, visible=time.monotonic() - began > PROGRESS_AFTER_SECONDS, refresh=True)

        yield show


def report_import(outcome: Imported, *, as_json: bool) -> None:
    """Say what became of an import; exit status 1 when anything was refused."""
    if as_json:
        print_json(outcome.as_json())
    else:
        click.echo(f"read {outcome.read}, posted {outcome.posted}, already there {outcome.already}")
    for refused in outcome.refused:
        place = f"line {refused.line}" if refused.line else refused.key
        known = f" ({refused.key})" if refused.line and refused.key else ""
        click.echo(f"{place}{known}: {refused.error}", err=True)
    if not outcome.ok:
        written = "The rest was posted." if outcome.posted else "Nothing was posted."
        click.echo(f"hourstead: {len(outcome.refused)} refused. {written}", err=True)
        sys.exit(1)
