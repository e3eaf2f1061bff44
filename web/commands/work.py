"""`hourstead work`: runs due jobs, beside the server or on its own."""

from __future__ import annotations

import os
import signal
import sys

import click

from web.commands._shared import current_books, json_option, print_json
from web.jobs import worker
from web.settings import Settings


@click.command()
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--parent", type=int, hidden=True, help="End when the process of this number ends.")
@json_option
def command(once: bool, parent: int | None, as_json: bool) -> None:
    """Do the jobs that `run-due` files, until stopped. `serve` has a worker of its own.

    Several may work at once: each job is held by one. Stopped in the middle, or killed, it leaves the job to the next.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))

    def keep_running() -> bool:
        return parent is None or os.getppid() == parent

    try:
        with current_books() as engine:
            count = worker.run_jobs(engine, Settings.load(), keep_running=keep_running, once=once)
    except KeyboardInterrupt:
        sys.exit(0)
    if as_json:
        print_json({"done": count})
    elif once:
        click.echo(f"Jobs done: {count}")
