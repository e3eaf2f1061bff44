"""`hourstead role`: gives and ends offices."""

from __future__ import annotations

import datetime as dt

import click

from ledger.core.messages import make_message
from ledger.database.unit_of_work import write_books
from ledger.registers import communities, roles
from ledger.registers.communities import OPERATOR
from ledger.registers.records import RoleTerm
from ledger.registers.roles import UnknownRole
from web.commands._params import DAY
from web.commands._shared import choose_community, community_option, current_books, find_person, json_option, print_json


@click.group()
def command() -> None:
    """Give and end offices: organiser, treasurer, checker, or any other."""


@command.command()
@click.argument("role")
@click.argument("name")
@click.option("--from", "first", type=DAY, help="The first day; today if not said.")
@click.option("--to", "last", type=DAY, help="The last day; by the community's policy if not said.")
@click.option("--scope", help="What the office is for, such as a programme's code.")
@community_option
@json_option
def give(
    role: str,
    name: str,
    first: dt.date | None,
    last: dt.date | None,
    scope: str | None,
    community: str | None,
    as_json: bool,
) -> None:
    """Give ROLE to the member NAME."""
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as books:
        holder = find_person(books, name)
        day = first or communities.today(books)
        term = roles.give(books, role, holder, day, last, scope=scope, entered_by=OPERATOR)
    _print_term(term, name, as_json=as_json)


@command.command()
@click.argument("role")
@click.argument("name")
@click.option("--on", "last", type=DAY, help="The last day; today if not said.")
@community_option
@json_option
def end(role: str, name: str, last: dt.date | None, community: str | None, as_json: bool) -> None:
    """End the term of ROLE that the member NAME holds."""
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as books:
        holder = find_person(books, name)
        day = last or communities.today(books)
        terms = roles.get_all(books).items()
        keys = [key for key, term in terms if (term.role, term.holder) == (role, holder) and term.is_held(day)]
        if not keys:
            raise UnknownRole(make_message("%(name)s is not %(role)s on that day.", name=name, role=role))
        ended = [roles.end(books, key, day, entered_by=OPERATOR) for key in keys]
    _print_term(ended[0], name, as_json=as_json)


def _print_term(term: RoleTerm, name: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"role": term.role, "holder": name, "from": str(term.from_), "to": str(term.to)})
    else:
        click.echo(f"{name} is {term.role} from {term.from_} to {term.to}.")
