"""`hourstead backup`: a backup of the installation in one file, while serving."""

from __future__ import annotations

from pathlib import Path

import click

from web.backup import create
from web.commands._shared import current_books, json_option, print_json, show_progress
from web.settings import Settings


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
def command(file: Path, as_json: bool) -> None:
    """Write database, logins and data folder to FILE, with a hash of every part and the head of every community.

    Made from one snapshot while the server serves; readable by its owner only. Keep it on another machine.
    """
    with current_books() as engine, show_progress("Backing up") as show:
        backup = create.create_backup(engine, Settings.load().data_dir, file, show)
    if as_json:
        print_json(backup.as_json())
        return
    click.echo(f"{backup.path}: {backup.size_bytes} bytes, as of {backup.made_at}")
    for community in backup.communities:
        click.echo(f"  {community['slug']}: head {community['seq']}:{community['hash']}")
