"""Closed months: what each account held and moved in a month, as it stood when the month was closed."""

from __future__ import annotations

from ledger.models.column_types import books_table, check, community_number, number, refers, words

period_balance = books_table(
    "period_balance",
    community_number(),
    number("act_id", "The act that closed the month; closing it again writes rows of its own.", primary_key=True),
    number("account_id", "Whose balance it is.", primary_key=True),
    number("opening", "What it held before the month, in minor units, debit positive."),
    number("movement", "What the month moved in it."),
    number("closing", "What it held at the end of the month."),
    refers("act_id", "act"),
    refers("account_id", "account"),
    check("closing_check", "closing = opening + movement"),
)

period_movement = books_table(
    "period_movement",
    community_number(),
    number("act_id", "The act that closed the month.", primary_key=True),
    number("account_id", "The account that was moved.", primary_key=True),
    words("programme", "The activity it was moved for; what was for none is the rest.", primary_key=True),
    number("movement", "What the month moved in the account for this programme."),
    refers("act_id account_id", "period_balance"),
    refers("programme", "programme", "code"),
    check("movement_check", "movement <> 0"),
)
