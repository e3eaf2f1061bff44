"""Agreements and their state changes. They are outside the chain: a claim is not posted yet."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from ledger.models.column_types import (
    bigint_column,
    books_table,
    bytes_column,
    check_constraint,
    community_foreign_key,
    community_id_column,
    foreign_key,
    instant_check,
    instant_column,
    json_checks,
    text_column,
)

agreement = books_table(
    "agreement",
    community_id_column(),
    bigint_column("agreement_id", "Counted up within the community.", primary_key=True),
    text_column("kind", "The type of agreement: a claim, a barter trade."),
    text_column("state", "The current state; changes by moves."),
    text_column("body", "What was agreed, as a JSON object; never an amount that postings hold."),
    instant_column("opened_at", "When it was opened, by the database's clock."),
    community_foreign_key(),
    check_constraint("agreement_id_check", "agreement_id > 0"),
    check_constraint("kind_check", "kind <> ''"),
    check_constraint("state_check", "state <> ''"),
    instant_check("opened_at"),
    *json_checks("body"),
    changes="state body",
)

agreement_move = books_table(
    "agreement_move",
    community_id_column(),
    bigint_column("agreement_id", "The agreement that changed state.", primary_key=True),
    bigint_column("move_no", "Counted up within the agreement, from 1.", primary_key=True),
    text_column("from_state", "The state before; null for the first move.", nullable=True),
    text_column("to_state", "The state after."),
    bigint_column("moved_by", "The party who changed the state."),
    instant_column("moved_at", "When, by the database's clock."),
    text_column("idem_scope", "The channel that the key came through."),
    text_column("idem_key", "Idempotency key: identifies one move, even if it is sent again."),
    bytes_column("fingerprint", "SHA-256 of the request, to detect another move with the same key."),
    UniqueConstraint("idem_key", "idem_scope", "community_id"),
    foreign_key("agreement_id", "agreement"),
    foreign_key("moved_by", "party", "party_id"),
    check_constraint("move_no_check", "move_no > 0"),
    check_constraint("to_state_check", "to_state <> ''"),
    check_constraint("idem_scope_check", "idem_scope <> ''"),
    check_constraint("idem_key_check", "length(idem_key) BETWEEN 1 AND 200"),
    check_constraint("fingerprint_check", "length(fingerprint) = 32"),
    instant_check("moved_at"),
)
