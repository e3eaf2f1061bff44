"""`hourstead member`: enrols people and makes sign-in links."""

from __future__ import annotations

import datetime as dt

import click

from ledger.core.errors import FieldWrong
from ledger.core.messages import make_message
from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import communities, members
from ledger.registers.communities import OPERATOR
from ledger.registers.members import NewMember
from web.commands._params import DAY
from web.commands._shared import choose_community, community_option, current_books, find_person, json_option, print_json
from web.identity import link_issuing
from web.identity.usernames import check_user_name
from web.settings import Settings


@click.group()
def command() -> None:
    """Enrol people, and hand them a way to sign in."""


@command.command()
@click.argument("names", nargs=-1, required=True)
@click.option("--user", help="The name that the person signs in by; for one person only.")
@click.option("--joined", type=DAY, help="The day they joined; today if not said.")
@click.option("--household", help="The code of their household.")
@community_option
@json_option
def add(
    names: tuple[str, ...],
    user: str | None,
    joined: dt.date | None,
    household: str | None,
    community: str | None,
    as_json: bool,
) -> None:
    """Enrol people by their NAMES."""
    if user and len(names) > 1:
        raise click.UsageError("--user goes with one name.")
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as books:
        if household and household not in members.households(books):
            raise FieldWrong("household", make_message("There is no household “%(code)s”.", code=household))
        day = joined or communities.today(books)
        sign_in = check_user_name(user, "user") if user else None
        people = [NewMember(name=name, joined=day, user=sign_in, household=household) for name in names]
        party_ids = members.add(books, people, entered_by=OPERATOR)
    if as_json:
        print_json([{"number": party_id, "name": name} for party_id, name in zip(party_ids, names, strict=True)])
    else:
        click.echo("\n".join(f"{party_id}  {name}" for party_id, name in zip(party_ids, names, strict=True)))


@command.command()
@click.argument("name")
@community_option
@json_option
def link(name: str, community: str | None, as_json: bool) -> None:
    """Print a link, good once, by which the person NAME chooses a password; earlier links stop working."""
    settings = Settings.load()
    with current_books() as engine:
        slug = choose_community(engine, community)
        with read_books(engine, slug) as books:
            party_id = find_person(books, name)
        issued = link_issuing.make_sign_in_link(engine, slug, party_id, OPERATOR)
    if as_json:
        print_json({"number": party_id, "link": settings.public_url + issued.path, "code": issued.code})
    else:
        click.echo(f"{settings.public_url}{issued.path}")
        click.echo(f"or type this code at {settings.public_url}/link: {issued.code}")
