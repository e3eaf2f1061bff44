"""`hourstead bench`: how fast the books are on this machine, compared with the least that any program would do."""

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
    pages: bool,
    members: int,
    page_seconds: float,
    as_json: bool,
) -> None:
    """Measure posting, checking, looking up and printing, on books made for it, in a folder that is removed again.

    Each is measured in turn with its limit: the bare driver keeping the same rows in tables that check nothing. The
    share is how much of the limit's speed is reached; it says more than the times, which depend on the machine.

    With --pages every page is served as `serve` does it, in turn with a page of as many bytes that makes one query; the
    share is how many of its requests a second ours reaches, at one connection and at eight.
    """
    length = entries or (PAGE_ENTRIES if pages else ENTRIES)
    with tempfile.TemporaryDirectory(dir=folder) as temporary, show_progress("Measuring") as show:
        books, limit = (url, url) if url else (f"sqlite:///{temporary}/{name}.db" for name in ("books", "limit"))
        results: Sequence[Measurement | PageResult]
        if pages:
            page_options = PageBenchOptions(
                entries=length, members=members, seconds=page_seconds, rounds=rounds, place=Path(temporary)
            )
            results = run_pages(books, limit, page_options, show)
            lines = as_lines(results)
        else:
            options = BenchOptions(entries=length, rounds=rounds, report_seconds=seconds)
            results = run_bench(books, limit, options, show)
            lines = [HEADER, *map(result_line, results)]
    if as_json:
        print_json({"entries": length, "rounds": rounds, "measured": [result.as_data() for result in results]})
    else:
        click.echo("\n".join(lines))


def result_line(result: Measurement) -> str:
    """One measurement as a line of the table."""
    limit = "" if result.limit is None else f"{result.limit:,.2f}"
    share = "" if result.share is None else f"{result.share:.2f}"
    target = "" if result.must is None else f"{result.must}: {'yes' if result.is_met else 'NO'}"
    return f"{result.title:50}{result.value:>12,.2f}{limit:>14}{share:>10}  {result.unit:12}{target}".rstrip()
