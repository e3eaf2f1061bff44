"""`hourstead run-due`: files what is due, for a timer."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import click

from web.commands._frame import books, json_option, print_json
from web.jobs import due
from web.keeping import erasures
from web.settings import Settings


@click.command()
@json_option
def command(as_json: bool) -> None:
    """File what is due: the nightly check of each community, the nightly backup, what lapses.

    For a timer, every hour: each job is filed once for its day or hour, however often this runs. A worker does them:
    the one beside `serve`, or `hourstead work`.
    """
    settings = Settings.load()
    with books() as engine:
        erasures.write_down(engine, settings.data_dir)
        filed = due.file_due(engine, settings, dt.datetime.now(dt.UTC))
    if as_json:
        print_json({"filed": [asdict(one) for one in filed]})
        return
    for one in filed:
        click.echo(f"filed: {one.kind} {one.about} {one.period}")
