"""`hourstead post KIND`: records one entry of any kind, as the operator."""

from __future__ import annotations

from typing import Any

import click
import uuid_utils

from ledger.database.unit_of_work import write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.kinds import all_kinds, base
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
        return [slug for slug, kind in all_kinds().items() if base.OPERATOR in kind.recorders]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of one kind."""
        return _make_command(all_kinds()[cmd_name]) if cmd_name in self.list_commands(ctx) else None


@click.group(cls=Kinds)
def command() -> None:
    """Write down one entry of a KIND, as the operator; `hourstead post KIND --help` tells what it asks."""


def _make_command(kind: type[Kind]) -> click.Command:
    def run(community: str | None, as_json: bool, key: str | None, **options: Any) -> None:
        _print_result(_record_entry(kind, community, key, options), as_json=as_json)

    key_option = click.option("--key", help="Stands for this one deed, so that it can be sent again.")
    decorated = json_option(community_option(key_option(run)))
    for spec in reversed(fields_of(kind)):
        decorated = _make_option(spec)(decorated)
    return click.command(kind.slug, help=kind.summary)(decorated)


def _make_option(spec: FieldSpec) -> Any:
    choices = ", ".join(choice.value for choice in spec.choices)
    hint = choices or field_example(spec)
    return click.option(
        f"--{spec.name.replace('_', '-')}",
        spec.name,
        required=spec.required and spec.default is None,
        multiple=spec.type == "rows",
        help=f"{spec.label} {hint and f'({hint})'}".strip(),
    )


def _record_entry(kind: type[Kind], community: str | None, key: str | None, options: dict[str, Any]) -> RecordResult:
    idempotency_key = Key(FORM, key or str(uuid_utils.uuid7()))
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as books:
        with translation.language_scope(translation.SOURCE):
            entry = read_options(kind, options, books)
        with translation.language_scope(communities.settings(books).language):
            return record(
                books,
                entry,
                Actors(OPERATOR),
                idempotency_key,
                frozenset({base.OPERATOR}),
                translate=formats.format_message,
            )


def _print_result(result: RecordResult, *, as_json: bool) -> None:
    posted = result.posted
    if as_json:
        seq = posted.entry_id if posted else None
        was_there = bool(posted and posted.was_there)
        print_json({"seq": seq, "was_there": was_there, "waiting": None if posted else result.agreement_id})
    elif posted:
        click.echo(f"Entry {posted.entry_id} {'stood already' if posted.was_there else 'is posted'}.")
    else:
        click.echo("Written down; it is posted when the other side says yes.")
