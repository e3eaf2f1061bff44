"""`hourstead bench`: how quick the books are on this machine, against the least that any program would do."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

from web.bench import Asked, Measured, run
from web.commands._shared import json_option, print_json, progress

ENTRIES, ROUNDS = 3000, 3
_PLACE = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option("--entries", default=ENTRIES, show_default=True, type=click.IntRange(min=1), help="How long a history.")
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(min=1), help="How often to measure.")
@click.option("--url", help="An empty PostgreSQL database to measure in; it is left full.")
@click.option(
    "--dir", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The disk to measure."
)
@click.option("--report", "seconds", type=click.FloatRange(min=0.1), help="Posts beside a report of so many seconds.")
@click.option("--peers", type=_PLACE, help="Other ledgers for Python instead, installed in this folder.")
@json_option
def command(
    entries: int,
    rounds: int,
    url: str | None,
    folder: Path | None,
    seconds: float | None,
    peers: Path | None,
    as_json: bool,
) -> None:
    """Measure posting, checking, looking up and printing, on books made for it, in a folder that is removed again.

    Each is measured in turn with its limit: the bare driver keeping the same rows in tables that check nothing. The
    share is how much of the limit's speed is reached; it says more than the times, which depend on the machine.

    With --peers the limit is another ledger: python-accounting on SQLite, django-hordak on PostgreSQL; the share is how
    many times as quick ours is.
    """
    with tempfile.TemporaryDirectory(dir=folder) as place, progress("Measuring") as show:
        books, limit = (url, url) if url else (f"sqlite:///{place}/{name}.db" for name in ("books", "limit"))
        asked = Asked(entries=entries, rounds=rounds, place=Path(place), report_seconds=seconds, peers=peers)
        found = run(books, limit, asked, show)
    if as_json:
        print_json({"entries": entries, "rounds": rounds, "measured": [one.as_data() for one in found]})
        return
    click.echo(f"{'':50}{'median':>12}{'limit':>14}{'share':>10}  {'unit':12}must")
    for one in found:
        click.echo(as_line(one))


def as_line(one: Measured) -> str:
    """One measurement in a line."""
    limit = "" if one.limit is None else f"{one.limit:,.2f}"
    share = "" if one.share is None else f"{one.share:.2f}"
    must = "" if one.must is None else f"{one.must}: {'yes' if one.is_met else 'NO'}"
    return f"{one.title:50}{one.value:>12,.2f}{limit:>14}{share:>10}  {one.unit:12}{must}".rstrip()
