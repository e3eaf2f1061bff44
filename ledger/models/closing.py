"""Closed months: balance and movement of each account when the month was closed."""

from __future__ import annotations

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    community_id_column,
    foreign_key,
    text_column,
)

period_balance = books_table(
    "period_balance",
    community_id_column(),
    bigint_column("act_id", "The act that closed the month; closing it again adds new rows.", primary_key=True),
    bigint_column("account_id", "The account of the balance.", primary_key=True),
    bigint_column("opening", "The balance before the month, in minor units, debit positive."),
    bigint_column("movement", "The sum of the month's postings."),
    bigint_column("closing", "The balance at the end of the month."),
    foreign_key("act_id", "act"),
    foreign_key("account_id", "account"),
    check_constraint("closing_check", "closing = opening + movement"),
)

period_movement = books_table(
    "period_movement",
    community_id_column(),
    bigint_column("act_id", "The act that closed the month.", primary_key=True),
    bigint_column("account_id", "The account of the postings.", primary_key=True),
    text_column("programme", "The programme of the postings; those without one are the rest.", primary_key=True),
    bigint_column("movement", "The sum of the month's postings on the account for this programme."),
    foreign_key("act_id account_id", "period_balance"),
    foreign_key("programme", "programme", "code"),
    check_constraint("movement_check", "movement <> 0"),
)
