"""`hourstead move`: moves one community to another database."""

from __future__ import annotations

import click
from sqlalchemy.exc import ArgumentError

import migrations
from ledger.core.errors import DatabaseUnfit
from ledger.core.messages import make_message
from ledger.database.engine import make_engine
from ledger.transfer import transfer
from web.backup.transfer_logins import LoginTransfer
from web.commands._shared import (
    DatabaseNotReached,
    choose_community,
    community_option,
    current_books,
    json_option,
    print_json,
    show_progress,
)


@click.command()
@click.option("--to", "url", metavar="URL", help="The other database: sqlite:///... or postgresql://...")
@click.option("--cancel", is_flag=True, help="Let books whose move was cut short be written here again.")
@community_option
@json_option
def command(url: str | None, cancel: bool, community: str | None, as_json: bool) -> None:
    """Move one community to another database, of either kind, with the same head and every row.

    Nobody writes in it meanwhile. Everything goes in past the guards there, is compared row by row and verified; then
    the books here are read-only for good. Sign-ins go along. Cut short, the same command goes on.
    """
    with current_books() as source:
        slug = choose_community(source, community)
        if cancel:
            transfer.cancel(source, slug)
            return
        if url is None:
            raise click.UsageError("Say where: --to URL")
        try:
            target = make_engine(url)
        except ArgumentError as error:
            raise DatabaseNotReached(
                make_message("%(option)s is not the address of a database.", option="--to")
            ) from error
        target_url, logins = target.url.render_as_string(hide_password=True), LoginTransfer()
        try:
            if migrations.current_step(target) is None:
                migrations.upgrade(target)
            if not migrations.is_current(target):
                raise DatabaseUnfit(
                    make_message("The books there are not set up for this version. Run there: hourstead init")
                )
            with show_progress("Moving") as show:
                head = transfer.move(source, target, slug, target_url, show, logins)
        finally:
            target.dispose()
    data = {"community": slug, "to": target_url, "seq": head.seq, "hash": head.hash.hex()}
    if as_json:
        print_json(data | {"sign_ins": logins.copied, "without": logins.skipped})
        return
    click.echo(f"{slug} is kept at {target_url} now, head {head.seq}:{head.hash.hex()}")
    click.echo(f"Sign-ins that went along: {logins.copied}; people who need a new link: {logins.skipped}")
