"""Balances: what each account holds and may hold, and the promises that reserve part of it."""

from __future__ import annotations

from sqlalchemy import text

from ledger.models.column_types import (
    LARGEST,
    bigint_column,
    books_table,
    check_constraint,
    community_number,
    foreign_key,
    index_where,
    instant,
    instant_check,
    text_column,
)

_ZERO = text("0")

balance = books_table(
    "balance",
    community_number(),
    bigint_column(
        "account_id", "One row for each account, made with it, moved only by seals, acts and holds.", primary_key=True
    ),
    bigint_column("posted", "The sum of its postings.", server_default=_ZERO),
    bigint_column("held_debit", "Promised increases not yet posted.", server_default=_ZERO),
    bigint_column("held_credit", "Promised decreases not yet posted, above zero.", server_default=_ZERO),
    bigint_column(
        "last_move",
        "The last entry's move, 0 for a reversal: over its limit, only a way back may pass.",
        server_default=_ZERO,
    ),
    bigint_column("last_entry", "The number of the entry that moved it last.", server_default=_ZERO),
    bigint_column("floor", "It may not fall below this.", nullable=True),
    bigint_column("ceiling", "It may not rise above this.", nullable=True),
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
    community_number(),
    bigint_column("hold_id", "Counted up within the community.", primary_key=True),
    bigint_column("account_id", "The account in which it reserves room."),
    bigint_column("amount", "With the sign its posting will have."),
    bigint_column("entered_by", "The party who wrote it down."),
    instant("recorded_at", "When, by the database's clock."),
    instant("expires_at", "When it lapses by itself.", nullable=True),
    text_column("state", "It ends once: settled by an entry, voided, or expired.", server_default=text("'open'")),
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
index_where("hold_open", "state = 'open'", hold.c.account_id, hold.c.community_id)
index_where("hold_entry", "entry_id IS NOT NULL", hold.c.entry_id, hold.c.community_id)
