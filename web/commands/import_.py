"""`hourstead import`: imports journals and registers from files."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.exchange.imports.journal import import_journal
from ledger.exchange.imports.registers import import_registers
from web.commands._shared import (
    choose_community,
    community_option,
    current_books,
    json_option,
    report_import,
    show_progress,
)

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def command() -> None:
    """Bring a journal, or a whole community's lists, into the books. The same file again changes nothing."""


@command.command()
@click.argument("file", type=FILE)
@click.option("--partial", is_flag=True, help="Take what can be taken, a thousand lines at a time.")
@community_option
@json_option
def journal(file: Path, partial: bool, community: str | None, as_json: bool) -> None:
    """Post the entries of FILE, JSON lines: all, or with --partial those that can be."""
    with current_books() as engine, show_progress("Importing") as show:
        imported = import_journal(engine, choose_community(engine, community), file, partial=partial, progress=show)
    report_import(imported, as_json=as_json)


@command.command()
@click.argument("file", type=FILE)
@community_option
@json_option
def registers(file: Path, community: str | None, as_json: bool) -> None:
    """Bring the community's lists to what FILE says: chart, funds, people, offices, plans, readings, policies."""
    with current_books() as engine:
        imported = import_registers(engine, choose_community(engine, community), file)
    report_import(imported, as_json=as_json)
