"""`hourstead restore`: a backup comes back, checked before and after."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from web.backup import restore
from web.backup.restore import RestoreResult
from web.commands._shared import json_option, open_database, print_json, show_progress
from web.commands.verify import HAS_FINDINGS
from web.settings import Settings


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace the books that are there. On SQLite they are kept beside.")
@json_option
def command(file: Path, force: bool, as_json: bool) -> None:
    """Bring a backup back while nobody serves: every part is hashed first, every community verified afterwards.

    Works on SQLite and PostgreSQL, whichever the backup was made on. What was erased since stays erased. Everybody
    signs in anew; links that were handed out no longer work. Exit status 1 where something does not hold.
    """
    with open_database() as engine, show_progress("Restoring") as show:
        done = restore.restore(engine, Settings.load().data_dir, file, force=force, progress=show)
    if as_json:
        print_json(done.as_json())
    else:
        click.echo("\n".join(_lines(done)))
    if not done.ok:
        sys.exit(HAS_FINDINGS)


def _lines(done: RestoreResult) -> list[str]:
    said = [f"Restored as of {done.made_at}, with {done.files} files of the data folder."]
    for one in done.communities:
        holds = "all holds" if one.verdict.ok else f"{len(one.verdict.findings)} findings, read-only"
        again = f"; erased again: {one.erased}" if one.erased else ""
        said.append(f"  {one.slug}: head {one.head.seq}:{one.head.hash.hex()}, {holds}{again}")
        if one.erased is None:
            said.append(
                "    What was erased since could not be erased again, so damaged are these books: show them to nobody."
            )
        said += [f"    {finding.says}" for finding in one.verdict.findings]
    said += [f"The books that were there: {done.replaced}"] if done.replaced else []
    return [*said, "Everybody signs in anew."]
