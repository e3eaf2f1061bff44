"""`hourstead init`: creates or upgrades the database, and a community in it."""

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
        created = slug is not None and _create_community(
            engine, slug, name, currency, timezone, language or settings.language
        )
        setup_link = link_issuing.make_setup_link(engine, slug) if link or _needs_setup_link(engine, slug) else None
    address = settings.public_url + setup_link.path if setup_link else None
    if as_json:
        print_json(
            {
                "community": slug,
                "created": created,
                "setup_link": address,
                "code": setup_link.code if setup_link else None,
            }
        )
        return
    click.echo(f"The books are ready: {engine.url.render_as_string(hide_password=True)}")
    if address and setup_link:
        click.echo(f"Set up in the browser (once, within seven days), after `hourstead serve`:\n{address}")
        click.echo(f"or type this code at {settings.public_url}/link: {setup_link.code}")


def _create_community(
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


def _needs_setup_link(engine: Engine, slug: str | None) -> bool:
    """Whether to print a set-up link: nobody can sign in to the community, or there is no community yet."""
    if slug is not None:
        return not _has_login(engine, slug)
    with read_transaction(engine) as connection:
        return not communities.slugs(connection)


def _has_login(engine: Engine, slug: str) -> bool:
    with read_transaction(engine) as connection:
        return bool(logins.parties_with_login(connection, logins.find_community_id(connection, slug)))
