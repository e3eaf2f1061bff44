"""Balances: what each account holds and may hold, and the promises that reserve part of it."""

from __future__ import annotations

from sqlalchemy import text

from ledger.models.column_types import (
    LARGEST,
    books_table,
    check,
    community_number,
    index_where,
    instant,
    instant_check,
    number,
    refers,
    words,
)

_ZERO = text("0")

balance = books_table(
    "balance",
    community_number(),
    number(
        "account_id", "One row for each account, made with it, moved only by seals, acts and holds.", primary_key=True
    ),
    number("posted", "The sum of its postings.", server_default=_ZERO),
    number("held_debit", "Promised increases not yet posted.", server_default=_ZERO),
    number("held_credit", "Promised decreases not yet posted, above zero.", server_default=_ZERO),
    number(
        "last_move",
        "The last entry's move, 0 for a reversal: over its limit, only a way back may pass.",
        server_default=_ZERO,
    ),
    number("last_entry", "The number of the entry that moved it last.", server_default=_ZERO),
    number("floor", "It may not fall below this.", nullable=True),
    number("ceiling", "It may not rise above this.", nullable=True),
    number("limits_act", "The act that set floor and ceiling.", nullable=True),
    refers("account_id", "account"),
    refers("limits_act", "act", "act_id"),
    check("held_debit_check", "held_debit >= 0"),
    check("held_credit_check", "held_credit >= 0"),
    check("limits_check", "floor <= ceiling"),
    check("below_floor", "floor IS NULL OR posted - held_credit >= floor OR last_move >= 0"),
    check("above_ceiling", "ceiling IS NULL OR posted + held_debit <= ceiling OR last_move <= 0"),
    fill=70,
    kept_by_database=True,
)

hold = books_table(
    "hold",
    community_number(),
    number("hold_id", "Counted up within the community.", primary_key=True),
    number("account_id", "The account in which it reserves room."),
    number("amount", "With the sign its posting will have."),
    number("entered_by", "The party who wrote it down."),
    instant("recorded_at", "When, by the database's clock."),
    instant("expires_at", "When it lapses by itself.", nullable=True),
    words("state", "It ends once: settled by an entry, voided, or expired.", server_default=text("'open'")),
    number("entry_id", "The entry that settled it.", nullable=True),
    refers("account_id", "account"),
    refers("entered_by", "party", "party_id"),
    refers("entry_id", "journal_entry"),
    check("hold_id_check", "hold_id > 0"),
    check("amount_check", f"amount <> 0 AND amount BETWEEN -{LARGEST} AND {LARGEST}"),
    check("state_check", "state IN ('open', 'settled', 'voided', 'expired')"),
    check("entry_check", "(state = 'settled') = (entry_id IS NOT NULL)"),
    instant_check("recorded_at"),
    instant_check("expires_at"),
    changes="state entry_id",
)
index_where("hold_open", "state = 'open'", hold.c.account_id, hold.c.community_id)
index_where("hold_entry", "entry_id IS NOT NULL", hold.c.entry_id, hold.c.community_id)
