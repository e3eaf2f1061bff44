"""The trial balance as JSON, now or at the end of an earlier day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import marshmallow as ma

from ledger.journal.balances import trial_balance
from web.api.blueprint import Operations
from web.database import open_books
from web.identity import permissions
from web.shared.fields import StrictSchema
from web.shared.labels import Labels

operations = Operations("balances", "Balances of accounts.")
api = operations.blueprint


class DaySchema(StrictSchema):
    """The day of the balances; without it they are current."""

    at = ma.fields.Date(load_default=None, metadata={"description": "The end of this day, YYYY-MM-DD"})


class BalanceSchema(ma.Schema):
    """One account that is not at nought; whole minor units, debit positive."""

    account = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    unit = ma.fields.String(required=True)
    fund = ma.fields.String(required=True)
    owner = ma.fields.String(required=True, allow_none=True)
    balance = ma.fields.Integer(required=True, metadata={"description": "Whole minor units, debit positive"})


class BalancesSchema(ma.Schema):
    """The trial balance."""

    balances = ma.fields.List(ma.fields.Nested(BalanceSchema), required=True)


@operations.get("/communities/<slug>/balances", BalancesSchema, DaySchema)
@permissions.require_role("treasurer", "checker")
def list_balances(query: dict[str, dt.date | None], slug: str) -> dict[str, Any]:
    """Every account that is not at nought, as `hourstead balance --json` prints it."""
    with open_books(slug) as books:
        labels = Labels.of(books)
        rows = trial_balance(books, query["at"])
    return {
        "balances": [
            {
                "account": row.leaf.chart,
                "name": labels.accounts[row.leaf.chart].name if row.leaf.chart in labels.accounts else row.leaf.chart,
                "unit": row.leaf.unit,
                "fund": row.leaf.fund,
                "owner": labels.person(row.leaf.owner) if row.leaf.owner else None,
                "balance": row.balance,
            }
            for row in rows
        ]
    }
