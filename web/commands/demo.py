"""`hourstead demo`: a community with a year of books, its reports, logins and a server."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ledger.checks import verify
from ledger.database.unit_of_work import read_books
from web import demo
from web.commands._shared import open_database, show_progress
from web.commands.serve import refuse_taken_port, serve_until_stopped
from web.commands.verify import HAS_FINDINGS, as_lines
from web.settings import Settings, default_data_dir

HOST, PORT = "127.0.0.1", 8000


@click.command()
@click.option(
    "--dir", "folder", type=click.Path(file_okay=False, path_type=Path), help="Keep everything in this folder."
)
@click.option("--no-serve", is_flag=True, help="Set up and print, without a server.")
@click.option("--port", default=PORT, show_default=True, type=click.IntRange(0, 65535))
def command(folder: Path | None, no_serve: bool, port: int) -> None:
    """Show Hourstead with the year of Willow, a small community: books, reports, logins, a server on this machine.

    Database, data and PDFs stand in one folder, whatever the settings say. Again goes on where it was.
    """
    if not no_serve:
        refuse_taken_port(HOST, port)
    folder = (folder or default_data_dir() / "demo").expanduser().resolve()
    settings = _demo_settings(folder, port)
    with open_database(settings) as engine:
        with show_progress("Bringing in the year of Willow"):
            year = demo.build_books(engine, settings.data_dir)
        with read_books(engine, demo.SLUG) as books:
            verdict = verify(books)
        click.echo("\n".join(as_lines(demo.SLUG, verdict)))
        with show_progress("Printing the reports") as show:
            for path in demo.print_reports(engine, folder / "reports", year, settings.public_url, show):
                click.echo(f"  {path}")
        sign_ins = demo.make_logins(engine)
    click.echo(f"Who can sign in, all with the password {demo.PASSWORD}:")
    for sign_in in sign_ins:
        click.echo(f"  {sign_in.user:8} {sign_in.name}, {', '.join(sign_in.offices) or 'member'}")
    if not verdict.ok:
        sys.exit(HAS_FINDINGS)
    if not no_serve:
        click.echo(f"Serving at {settings.public_url} until Ctrl-C.")
        serve_until_stopped(settings, HOST, port)


def _demo_settings(folder: Path, port: int) -> Settings:
    """The settings of the demo; nothing outside the folder can change them."""
    variables = {"DATA_DIR": str(folder), "PUBLIC_URL": f"http://{HOST}:{port}", "WORKSHOP": "yes"}
    return Settings.load({f"HOURSTEAD_{name}": value for name, value in variables.items()})
