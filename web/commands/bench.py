"""`hourstead bench`: how quick the books are on this machine, against the least that any program would do."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from web.bench import BenchOptions, Measurement, run_bench
from web.bench.pages import PageBenchOptions, PageResult, as_lines, run_pages
from web.commands._shared import json_option, print_json, show_progress

ENTRIES, PAGE_ENTRIES, ROUNDS = 3000, 100_000, 3
HEADER = f"{'':50}{'median':>12}{'limit':>14}{'share':>10}  {'unit':12}must"
_SECONDS = "For --pages, how long each of three measures of a page takes in a round."
_PLACE = click.Path(file_okay=False, path_type=Path)


@click.command()
@click.option(
    "--entries", type=click.IntRange(min=1), help=f"How long a history; {ENTRIES}, with --pages {PAGE_ENTRIES}."
)
@click.option("--rounds", default=ROUNDS, show_default=True, type=click.IntRange(min=1), help="How often to measure.")
@click.option("--url", help="An empty PostgreSQL database to measure in; it is left full.")
@click.option(
    "--dir", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), help="The disk to measure."
)
@click.option("--report", "seconds", type=click.FloatRange(min=0.1), help="Posts beside a report of so many seconds.")
@click.option("--peers", type=_PLACE, help="Other ledgers for Python instead, installed in this folder.")
@click.option("--pages", is_flag=True, help="The pages that people open instead, beside a bare page of Flask.")
@click.option("--members", default=300, show_default=True, type=click.IntRange(min=1), help="For --pages.")
@click.option("--seconds", "page_seconds", default=1.0, show_default=True, type=click.FloatRange(min=0), help=_SECONDS)
@json_option
def command(
    entries: int | None,
    rounds: int,
    url: str | None,
    folder: Path | None,
    seconds: float | None,
    peers: Path | None,
    pages: bool,
    members: int,
    page_seconds: float,
    as_json: bool,
) -> None:
    """Measure posting, checking, looking up and printing, on books made for it, in a folder that is removed again.

    Each is measured in turn with its limit: the bare driver keeping the same rows in tables that check nothing. The
    share is how much of the limit's speed is reached; it says more than the times, which depend on the machine.

    With --peers the limit is another ledger: python-accounting on SQLite, django-hordak on PostgreSQL; the share is how
    many times as quick ours is.

    With --pages every page is served as `serve` does it, in turn with a page of as many bytes that makes one query; the
    share is how many of its requests a second ours reaches, at one connection and at eight.
    """
    length = entries or (PAGE_ENTRIES if pages else ENTRIES)
    with tempfile.TemporaryDirectory(dir=folder) as place, show_progress("Measuring") as show:
        books, limit = (url, url) if url else (f"sqlite:///{place}/{name}.db" for name in ("books", "limit"))
        here = Path(place)
        results: Sequence[Measurement | PageResult]
        if pages:
            wanted = PageBenchOptions(entries=length, members=members, seconds=page_seconds, rounds=rounds, place=here)
            results = run_pages(books, limit, wanted, show)
            lines = as_lines(results)
        else:
            asked = BenchOptions(entries=length, rounds=rounds, place=here, report_seconds=seconds, peers=peers)
            results = run_bench(books, limit, asked, show)
            lines = [HEADER, *map(result_line, results)]
    if as_json:
        print_json({"entries": length, "rounds": rounds, "measured": [one.as_data() for one in results]})
    else:
        click.echo("\n".join(lines))


def result_line(one: Measurement) -> str:
    """One measurement in a line."""
    limit = "" if one.limit is None else f"{one.limit:,.2f}"
    share = "" if one.share is None else f"{one.share:.2f}"
    must = "" if one.must is None else f"{one.must}: {'yes' if one.is_met else 'NO'}"
    return f"{one.title:50}{one.value:>12,.2f}{limit:>14}{share:>10}  {one.unit:12}{must}".rstrip()
