"""`hourstead run-due`: files due jobs, for a timer."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict

import click

from web.backup import erasure_list
from web.commands._shared import current_books, json_option, print_json
from web.jobs import scheduler
from web.settings import Settings


@click.command()
@json_option
def command(as_json: bool) -> None:
    """File what is due: the nightly check of each community, the nightly backup, what lapses.

    For a timer, every hour: each job is filed once for its day or hour, however often this runs. A worker does them:
    the one beside `serve`, or `hourstead work`.
    """
    settings = Settings.load()
    with current_books() as engine:
        erasure_list.update_list(engine, settings.data_dir)
        filed = scheduler.file_due(engine, settings, dt.datetime.now(dt.UTC))
    if as_json:
        print_json({"filed": [asdict(job) for job in filed]})
        return
    for job in filed:
        click.echo(f"filed: {job.kind} {job.about} {job.period}")
