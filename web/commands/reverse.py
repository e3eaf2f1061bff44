"""`hourstead reverse`: reverses one entry."""

from __future__ import annotations

import datetime as dt

import click
import uuid_utils

from ledger.database.unit_of_work import write_books
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.reversal import reverse
from ledger.registers.communities import OPERATOR
from web.commands._params import DAY
from web.commands._shared import choose_community, community_option, current_books, json_option, print_json


@click.command()
@click.argument("seq", type=click.IntRange(min=1))
@click.option("--reason", required=True, help="Why it is taken back; stands beside the reversal.")
@click.option("--on", "day", type=DAY, help="The day of the reversal; that of the entry if not said.")
@click.option("--key", help="Stands for this one deed, so that it can be sent again.")
@community_option
@json_option
def command(seq: int, reason: str, day: dt.date | None, key: str | None, community: str | None, as_json: bool) -> None:
    """Post the exact opposite of entry number SEQ, with a reason; the entry itself stays."""
    idempotency_key = Key(FORM, key or str(uuid_utils.uuid7()))
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as books:
        reversal = reverse(books, seq, reason, Actors(OPERATOR), idempotency_key, day)
    if as_json:
        print_json({"seq": reversal.entry_id, "reverses": seq, "was_there": reversal.was_there})
    else:
        click.echo(f"Entry {reversal.entry_id} takes entry {seq} back.")
