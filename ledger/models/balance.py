"""Account balances with their limits, and holds that reserve part of a balance."""

from __future__ import annotations

from sqlalchemy import text

from ledger.models.column_types import (
    LARGEST,
    bigint_column,
    books_table,
    check_constraint,
    community_id_column,
    foreign_key,
    instant_check,
    instant_column,
    partial_index,
    text_column,
)

_ZERO = text("0")

balance = books_table(
    "balance",
    community_id_column(),
    bigint_column(
        "account_id",
        "One row for each account, inserted with it, changed only by seals, acts and holds.",
        primary_key=True,
    ),
    bigint_column("posted", "The sum of the account's postings.", server_default=_ZERO),
    bigint_column("held_debit", "The sum of open holds that will increase it.", server_default=_ZERO),
    bigint_column(
        "held_credit", "The sum of open holds that will decrease it, as a positive number.", server_default=_ZERO
    ),
    bigint_column(
        "last_move",
        "The amount of the last entry, 0 for a reversal: beyond a limit, only moves back are accepted.",
        server_default=_ZERO,
    ),
    bigint_column("last_entry", "The number of the last entry on the account.", server_default=_ZERO),
    bigint_column("floor", "The lowest balance allowed.", nullable=True),
    bigint_column("ceiling", "The highest balance allowed.", nullable=True),
    bigint_column("limits_act", "The act that set floor and ceiling.", nullable=True),
    foreign_key("account_id", "account"),
    foreign_key("limits_act", "act", "act_id"),
    check_constraint("held_debit_check", "held_debit >= 0"),
    check_constraint("held_credit_check", "held_credit >= 0"),
    check_constraint("limits_check", "floor <= ceiling"),
    check_constraint("below_floor", "floor IS NULL OR posted - held_credit >= floor OR last_move >= 0"),
    check_constraint("above_ceiling", "ceiling IS NULL OR posted + held_debit <= ceiling OR last_move <= 0"),
    fill=70,
    kept_by_database=True,
)

hold = books_table(
    "hold",
    community_id_column(),
    bigint_column("hold_id", "Counted up within the community.", primary_key=True),
    bigint_column("account_id", "The account whose balance is reserved."),
    bigint_column("amount", "The reserved amount, with the sign that its posting will have."),
    bigint_column("entered_by", "The party who recorded it."),
    instant_column("recorded_at", "When, by the database's clock."),
    instant_column("expires_at", "When it expires.", nullable=True),
    text_column(
        "state", "Open, or ended once: settled by an entry, voided, or expired.", server_default=text("'open'")
    ),
    bigint_column("entry_id", "The entry that settled it.", nullable=True),
    foreign_key("account_id", "account"),
    foreign_key("entered_by", "party", "party_id"),
    foreign_key("entry_id", "journal_entry"),
    check_constraint("hold_id_check", "hold_id > 0"),
    check_constraint("amount_check", f"amount <> 0 AND amount BETWEEN -{LARGEST} AND {LARGEST}"),
    check_constraint("state_check", "state IN ('open', 'settled', 'voided', 'expired')"),
    check_constraint("entry_check", "(state = 'settled') = (entry_id IS NOT NULL)"),
    instant_check("recorded_at"),
    instant_check("expires_at"),
    changes="state entry_id",
)
partial_index("hold_open", "state = 'open'", hold.c.account_id, hold.c.community_id)
partial_index("hold_entry", "entry_id IS NOT NULL", hold.c.entry_id, hold.c.community_id)
