"""`hourstead balance`: the trial balance."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from ledger.database.unit_of_work import ReadUnit, read_books
from ledger.exchange.exports.names import decimal
from ledger.exchange.exports.stream import owner_names
from ledger.journal.balances import trial_balance
from ledger.registers.registry import ACCOUNTS
from web.commands._params import DAY
from web.commands._shared import choose_community, community_option, current_books, json_option, print_json


@click.command()
@click.option("--at", "day", type=DAY, metavar="DATE", help="At the end of this day; now if not said.")
@community_option
@json_option
def command(day: dt.date | None, community: str | None, as_json: bool) -> None:
    """Print every account that is not at nought, debit positive."""
    with current_books() as engine, read_books(engine, choose_community(engine, community)) as books:
        rows = _read_rows(books, day)
    if as_json:
        print_json(rows)
    else:
        for row in rows:
            amount = f"{decimal(row['balance'], row['unit'])} {row['unit']}"
            account = f"{row['account']:6} {row['name']}"
            click.echo(f"{account:44} {row['fund']:6} {row['owner'] or '':20} {amount:>18}")


def _read_rows(books: ReadUnit, day: dt.date | None) -> list[dict[str, Any]]:
    chart, names = ACCOUNTS.all(books), owner_names(books)
    return [
        {
            "account": row.leaf.chart,
            "name": chart[row.leaf.chart].name,
            "unit": row.leaf.unit,
            "fund": row.leaf.fund,
            "owner": names[row.leaf.owner] if row.leaf.owner else None,
            "balance": row.balance,
        }
        for row in trial_balance(books, day)
    ]
