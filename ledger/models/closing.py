"""Closed months: what each account held and moved in a month, as it stood when the month was closed."""

from __future__ import annotations

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    community_number,
    foreign_key,
    text_column,
)

period_balance = books_table(
    "period_balance",
    community_number(),
    bigint_column(
        "act_id", "The act that closed the month; closing it again writes rows of its own.", primary_key=True
    ),
    bigint_column("account_id", "Whose balance it is.", primary_key=True),
    bigint_column("opening", "What it held before the month, in minor units, debit positive."),
    bigint_column("movement", "What the month moved in it."),
    bigint_column("closing", "What it held at the end of the month."),
    foreign_key("act_id", "act"),
    foreign_key("account_id", "account"),
    check_constraint("closing_check", "closing = opening + movement"),
)

period_movement = books_table(
    "period_movement",
    community_number(),
    bigint_column("act_id", "The act that closed the month.", primary_key=True),
    bigint_column("account_id", "The account that was moved.", primary_key=True),
    text_column("programme", "The activity it was moved for; what was for none is the rest.", primary_key=True),
    bigint_column("movement", "What the month moved in the account for this programme."),
    foreign_key("act_id account_id", "period_balance"),
    foreign_key("programme", "programme", "code"),
    check_constraint("movement_check", "movement <> 0"),
)
