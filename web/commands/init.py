"""`hourstead init`: sets the books up, and a community in them."""

from __future__ import annotations

import click
from sqlalchemy import Engine

import migrations
from ledger.database.unit_of_work import read_transaction, write_transaction
from ledger.registers import communities
from migrations import grants
from web.commands._logins import grant_rights, restrict_file
from web.commands._shared import json_option, open_database, print_json
from web.identity import link_issuing, logins
from web.settings import Settings


@click.command()
@click.option("--community", "slug", metavar="SLUG", help="Set up a community too, with this short name.")
@click.option("--name", help="Its name, as it stands on every page.")
@click.option("--currency", metavar="EUR", help="The currency that its money is kept in.")
@click.option("--timezone", metavar="ZONE", help="Its time zone, such as Europe/Athens.")
@click.option("--language", metavar="en", help="Its language.")
@click.option("--link", is_flag=True, help="Print a set-up link for one more community.")
@click.option("--app-login", metavar="NAME", help="PostgreSQL: the login that serves; it gets the rights for that.")
@click.option("--reader-login", metavar="NAME", help="PostgreSQL: a login that prints and checks, and writes nothing.")
@json_option
def command(
    slug: str | None,
    name: str | None,
    currency: str | None,
    timezone: str | None,
    language: str | None,
    link: bool,
    app_login: str | None,
    reader_login: str | None,
    as_json: bool,
) -> None:
    """Create or upgrade the books; with --community also found a community. Again changes nothing.

    Prints a link, good once, by which the first person sets the community up in the browser; none once there is one.
    """
    settings = Settings.load()
    with open_database(settings) as engine:
        migrations.upgrade(engine)
        grant_rights(engine, {grants.APP: app_login, grants.READER: reader_login})
        restrict_file(engine)
        made = slug is not None and _found(engine, slug, name, currency, timezone, language or settings.language)
        way = link_issuing.make_setup_link(engine, slug) if link or _is_wanted(engine, slug) else None
    address = settings.public_url + way.path if way else None
    if as_json:
        print_json({"community": slug, "created": made, "setup_link": address, "code": way.code if way else None})
        return
    click.echo(f"The books are ready: {engine.url.render_as_string(hide_password=True)}")
    if address and way:
        click.echo(f"Set up in the browser (once, within seven days), after `hourstead serve`:\n{address}")
        click.echo(f"or type this code at {settings.public_url}/link: {way.code}")


def _found(
    engine: Engine, slug: str, name: str | None, currency: str | None, timezone: str | None, language: str
) -> bool:
    with write_transaction(engine) as connection:
        if communities.find(connection, slug) is not None:
            return False
        for option, value in (("--name", name), ("--currency", currency), ("--timezone", timezone)):
            if not value:
                raise click.UsageError(f"A new community needs {option}.")
        communities.create(connection, slug, name or "", currency or "", timezone or "", language=language)
        return True


def _is_wanted(engine: Engine, slug: str | None) -> bool:
    """Whether a set-up link is still to be used: nobody can sign in to the community, or there is none yet."""
    if slug is not None:
        return not _has_login(engine, slug)
    with read_transaction(engine) as connection:
        return not communities.slugs(connection)


def _has_login(engine: Engine, slug: str) -> bool:
    with read_transaction(engine) as connection:
        return bool(logins.parties_with_login(connection, logins.find_community_id(connection, slug)))
