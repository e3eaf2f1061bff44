"""`hourstead reopen`: requests that a closed month is reopened."""

from __future__ import annotations

import click
import uuid_utils

from ledger.closing import period_states
from ledger.closing.reopen import request
from ledger.core.periods import Month
from ledger.database.unit_of_work import write_books
from ledger.journal.idempotency import FORM, Key
from ledger.registers.communities import OPERATOR
from web.commands._params import MONTH
from web.commands._shared import choose_community, community_option, current_books, json_option, print_json


@click.command()
@click.argument("month", type=MONTH)
@click.option("--reason", required=True, help="Why it is opened again; stays in the chain for good. No names, please.")
@click.option("--key", help="Stands for this one deed, so that it can be sent again.")
@community_option
@json_option
def command(month: Month, reason: str, key: str | None, community: str | None, as_json: bool) -> None:
    """Ask for MONTH and the closed months after it to be opened again.

    They open when two people who hold an office have said yes in the browser: the operator is nobody's second
    person, and not the first of two either.
    """
    idempotency_key = Key(FORM, key or str(uuid_utils.uuid7()))
    with current_books() as engine, write_books(engine, choose_community(engine, community)) as books:
        request_id = request(books, month, reason, by=OPERATOR, key=idempotency_key).agreement_id
        months = [str(later) for later in reversed(period_states.closed_months_from(books, month))]
    if as_json:
        print_json({"request": request_id, "months": months})
    else:
        click.echo(f"Asked as number {request_id}, for {', '.join(months)}. Two people who hold an office say yes.")
