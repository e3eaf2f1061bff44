"""`python -m tests.peers FOLDER`: how many times as fast as other ledgers ours is."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from tests.peers import environment
from tests.peers.comparing import compare
from web.bench.fixtures import Bench
from web.commands._shared import json_option, print_json, show_progress
from web.commands.bench import ENTRIES, HEADER, ROUNDS, result_line


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--url", help="An empty PostgreSQL database to measure in; it is left full.")
@click.option("--entries", default=ENTRIES, show_default=True, type=click.IntRange(min=1), help="How long a history.")
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(min=1), help="How often to measure.")
@json_option
def command(folder: Path, url: str | None, entries: int, rounds: int, as_json: bool) -> None:
    """Compare with python-accounting on SQLite or django-hordak on PostgreSQL, which are installed in FOLDER."""
    python = environment(folder)
    with tempfile.TemporaryDirectory() as temporary, show_progress("Measuring") as show:
        books, limit = (url, url) if url else (f"sqlite:///{temporary}/{name}.db" for name in ("books", "limit"))
        with Bench.opened(books, limit) as bench:
            bench.fill(entries, show)
            results = compare(bench, python, entries, rounds, Path(temporary))
    if as_json:
        print_json({"entries": entries, "rounds": rounds, "measured": [result.as_data() for result in results]})
    else:
        click.echo("\n".join([HEADER, *map(result_line, results)]))


if __name__ == "__main__":
    command()
