"""`hourstead serve`: serves the pages and the API, on this machine or behind a proxy."""

from __future__ import annotations

import socket

import click
from sqlalchemy import Engine

from web import Settings, create_app
from web.commands._logins import LoginUnfit, find_dangers
from web.commands._shared import current_books
from web.jobs import supervisor
from web.serving import gunicorn_server
from web.serving.gunicorn_server import MAX_PROCESSES, THREADS, ServerOptions, allows_processes, count_processes

ALL_ADDRESSES = ("", "0.0.0.0", "::")  # noqa: S104 (recognised, not bound)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535))
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help=f"Processes; on PostgreSQL one for each core, at most {MAX_PROCESSES}, on SQLite always one.",
)
@click.option(
    "--threads", default=THREADS, show_default=True, type=click.IntRange(min=1), help="Threads of each process."
)
@click.option("--strict", is_flag=True, help="Refuse to serve where a break-in could change what stands in the books.")
def command(host: str, port: int, workers: int | None, threads: int, strict: bool) -> None:
    """Serve the screens until stopped by Ctrl-C.

    On PostgreSQL each process holds at most as many connections as it has threads; together they must stay below the
    server's max_connections.
    """
    with current_books() as engine:
        warn_of_dangers(engine, strict)
        refuse_processes(engine, workers)
        refuse_taken_port(host, port)
    settings = Settings.load(listening=local_url(host, port))
    click.echo(f"Serving at {settings.public_url} until Ctrl-C.")
    serve_until_stopped(settings, host, port, workers, threads)


def local_url(host: str, port: int) -> str:
    """The URL of a server on this machine that listens at this address."""
    name = "127.0.0.1" if host in ALL_ADDRESSES else f"[{host}]" if ":" in host else host
    return f"http://{name}:{port}"


def warn_of_dangers(engine: Engine, strict: bool) -> None:
    """Print what an intruder could do to the books; LoginUnfit with `strict`."""
    for danger in find_dangers(engine):
        if strict:
            raise LoginUnfit(danger)
        click.echo(f"hourstead: {danger}", err=True)


def refuse_taken_port(host: str, port: int) -> None:
    """Raise UsageError if another program listens on the port."""
    try:
        with socket.create_connection((host, port), timeout=1):
            pass
    except OSError:
        return
    raise click.UsageError(f"Port {port} is taken by another program. Choose another one, such as --port {port + 1}")


def refuse_processes(engine: Engine, workers: int | None) -> None:
    """Raise UsageError if SQLite is to be served by more than one process."""
    if workers is not None and workers > 1 and not allows_processes(engine.url):
        raise click.UsageError("SQLite is served by one process. Leave --workers out, or move to PostgreSQL.")


def serve_until_stopped(
    settings: Settings, host: str, port: int, workers: int | None = None, threads: int = THREADS
) -> None:
    """Serve with these settings until stopped, with one job worker for all processes."""
    processes = workers or count_processes(settings.database_url)
    with supervisor.run_worker(settings):
        gunicorn_server.serve(
            lambda: create_app(settings), ServerOptions(host=host, port=port, processes=processes, threads=threads)
        )
