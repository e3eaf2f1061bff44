"""`hourstead post KIND`: one entry of any kind, as the operator."""

from __future__ import annotations

from typing import Any

import click
import uuid_utils

from ledger.database.unit_of_work import write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.kinds import all_kinds
from ledger.kinds.base import OPERATOR as OPERATING
from ledger.kinds.base import Kind
from ledger.kinds.fields import FieldSpec, fields_of
from ledger.registers import communities
from ledger.registers.communities import OPERATOR
from ledger.workflow.record import RecordResult, record
from web.commands._kind_options import field_example, read_options
from web.commands._shared import choose_community, community_option, current_books, json_option, print_json
from web.i18n import formats, translation


class Kinds(click.Group):
    """One command for each kind of entry, its options made from the kind's fields."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The slugs of the kinds that the operator may record."""
        return [slug for slug, kind in all_kinds().items() if OPERATING in kind.recorders]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one kind."""
        return _command(all_kinds()[cmd_name]) if cmd_name in self.list_commands(ctx) else None


@click.group(cls=Kinds)
def command() -> None:
    """Write down one entry of a KIND, as the operator; `hourstead post KIND --help` tells what it asks."""


def _command(kind: type[Kind]) -> click.Command:
    def run(community: str | None, as_json: bool, key: str | None, **given: Any) -> None:
        _say(_record(kind, community, key, given), as_json=as_json)

    key = click.option("--key", help="Stands for this one deed, so that it can be sent again.")
    described = json_option(community_option(key(run)))
    for spec in reversed(fields_of(kind)):
        described = _option(spec)(described)
    return click.command(kind.slug, help=kind.summary)(described)


def _option(spec: FieldSpec) -> Any:
    choices = ", ".join(choice.value for choice in spec.choices)
    hint = choices or field_example(spec)
    return click.option(
        f"--{spec.name.replace('_', '-')}",
        spec.name,
        required=spec.required and spec.default is None,
        multiple=spec.type == "rows",
        help=f"{spec.label} {hint and f'({hint})'}".strip(),
    )


def _record(kind: type[Kind], community: str | None, key: str | None, given: dict[str, Any]) -> RecordResult:
    one = Key(FORM, key or str(uuid_utils.uuid7()))
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as unit:
        with translation.language_scope(translation.SOURCE):
            filled = read_options(kind, given, unit)
        with translation.language_scope(communities.settings(unit).language):
            return record(unit, filled, Actors(OPERATOR), one, frozenset({OPERATING}), translate=formats.format_message)


def _say(recorded: RecordResult, *, as_json: bool) -> None:
    posted = recorded.posted
    if as_json:
        number = posted.entry_id if posted else None
        there = bool(posted and posted.was_there)
        print_json({"seq": number, "was_there": there, "waiting": None if posted else recorded.agreement_id})
    elif posted:
        click.echo(f"Entry {posted.entry_id} {'stood already' if posted.was_there else 'is posted'}.")
    else:
        click.echo("Written down; it is posted when the other side says yes.")
