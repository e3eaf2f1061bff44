"""`hourstead restore`: restores a backup, which is verified before and after."""

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
        result = restore.restore(engine, Settings.load().data_dir, file, force=force, progress=show)
    if as_json:
        print_json(result.as_json())
    else:
        click.echo("\n".join(_result_lines(result)))
    if not result.ok:
        sys.exit(HAS_FINDINGS)


def _result_lines(result: RestoreResult) -> list[str]:
    lines = [f"Restored as of {result.made_at}, with {result.files} files of the data folder."]
    for community in result.communities:
        holds = "all holds" if community.verdict.ok else f"{len(community.verdict.findings)} findings, read-only"
        erased = f"; erased again: {community.erased}" if community.erased else ""
        lines.append(f"  {community.slug}: head {community.head.seq}:{community.head.hash.hex()}, {holds}{erased}")
        if community.erased is None:
            lines.append(
                "    What was erased since could not be erased again, so damaged are these books: show them to nobody."
            )
        lines += [f"    {finding.says}" for finding in community.verdict.findings]
    lines += [f"The books that were there: {result.replaced}"] if result.replaced else []
    return [*lines, "Everybody signs in anew."]
