"""What commands share: the database, the choice of a community, JSON output, a progress bar."""

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
"""How long a command runs before it shows a progress bar."""


class DatabaseNotReached(LedgerError):
    """The database of the settings cannot be reached."""

    slug = "not-reached"


def community_option(function: Function) -> Function:
    """Add `--community`; it is not needed if there is only one community."""
    return click.option("--community", metavar="SLUG", help="The community, by its short name.")(function)


def json_option(function: Function) -> Function:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print data as JSON.")(function)


def print_json(data: Any) -> None:
    """Print data as JSON on standard output."""
    click.echo(json.dumps(data, ensure_ascii=False))


@contextmanager
def open_database(settings: Settings | None = None) -> Iterator[Engine]:
    """The database of the settings, whatever its migration step; DatabaseNotReached if it cannot be reached."""
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
    """The database of the settings; DatabaseUnfit unless it is at the newest migration step."""
    with open_database() as engine:
        if not migrations.is_current(engine):
            raise DatabaseUnfit(make_message("The books are not set up for this version yet. Run: hourstead init"))
        yield engine


def choose_community(engine: Engine, slug: str | None) -> str:
    """The slug of the community: the one given, or the only one there is; FieldWrong otherwise."""
    if slug is not None:
        return slug
    with read_transaction(engine) as connection:
        slugs = communities.slugs(connection)
    if len(slugs) == 1:
        return slugs[0]
    raise FieldWrong(
        "community", make_message("Say which community: --community SLUG") if slugs else make_message(_NO_COMMUNITY)
    )


_NO_COMMUNITY = "There is no community here yet. Run: hourstead init --community SLUG --name NAME"


def find_person(uow: UnitOfWork, name: str) -> int:
    """The number of a member, by user name or name; UnknownMember if there is none."""
    party_id = members.find_by_user(uow, name) or members.find_by_name(uow, name)
    if party_id is None:
        raise UnknownMember(make_message("There is nobody called “%(name)s” in this community.", name=name))
    return party_id


@contextmanager
def show_progress(label: str) -> Iterator[Progress]:
    """Show a progress bar on a terminal, after `PROGRESS_AFTER_SECONDS`."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich import progress
    from rich.console import Console

    began = time.monotonic()
    with progress.Progress(console=Console(stderr=True), transient=True, disable=False, auto_refresh=False) as bar:
        task = bar.add_task(label, total=1.0, visible=False)

        def show(done: float) -> None:
            bar.update(task, completed=done, visible=time.monotonic() - began > PROGRESS_AFTER_SECONDS, refresh=True)

        yield show


def report_import(imported: Imported, *, as_json: bool) -> None:
    """Print the result of an import; exit status 1 if anything was refused."""
    if as_json:
        print_json(imported.as_json())
    else:
        click.echo(f"read {imported.read}, posted {imported.posted}, already there {imported.already}")
    for refused in imported.refused:
        place = f"line {refused.line}" if refused.line else refused.key
        key = f" ({refused.key})" if refused.line and refused.key else ""
        click.echo(f"{place}{key}: {refused.error}", err=True)
    if not imported.ok:
        written = "The rest was posted." if imported.posted else "Nothing was posted."
        click.echo(f"hourstead: {len(imported.refused)} refused. {written}", err=True)
        sys.exit(1)
