"""`hourstead erase`: erases texts and names for good."""

from __future__ import annotations

from collections.abc import Callable

import click

from ledger.database.unit_of_work import WriteUnit, write_books
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import erase_names, erase_words
from web.backup import erasure_list
from web.commands._shared import choose_community, community_option, current_books, find_person, json_option, print_json
from web.identity import logins
from web.settings import Settings


@click.group()
def command() -> None:
    """Erase words or names, for good. The chain still holds.

    An older backup still holds them; books restored from it do not show them, where erasures.jsonl is at hand.
    """


@command.command()
@click.argument("number", type=click.IntRange(min=1))
@click.option("--part", type=click.Choice(["narration", "reason", "note"]), help="Only this part of its words.")
@community_option
@json_option
def words(number: int, part: str | None, community: str | None, as_json: bool) -> None:
    """Erase the words of entry NUMBER; its amounts stay."""
    _erase(community, lambda books: erase_words(books, number, entered_by=OPERATOR, part=part), as_json=as_json)


@command.command()
@click.argument("name")
@community_option
@json_option
def names(name: str, community: str | None, as_json: bool) -> None:
    """Erase every name of the person NAME, who has left, and their sign-in here."""

    def erase(books: WriteUnit) -> int:
        party_id = find_person(books, name)
        act = erase_names(books, party_id, entered_by=OPERATOR)
        logins.remove_party(books.connection, books.community_id, party_id)
        return act

    _erase(community, erase, as_json=as_json)


def _erase(community: str | None, erase: Callable[[WriteUnit], int], *, as_json: bool) -> None:
    with current_books() as engine:
        with write_books(engine, choose_community(engine, community)) as books:
            act = erase(books)
        listed = erasure_list.update_list(engine, Settings.load().data_dir)
    if as_json:
        print_json({"act": act, "listed": listed})
    else:
        click.echo(f"Erased, as number {act}.")
