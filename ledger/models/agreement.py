"""Agreements: what runs over time, and every move it made. Not in the chain: a claim is not yet in the books."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    community_number,
    digest,
    foreign_key,
    in_community,
    instant,
    instant_check,
    json_checks,
    text_column,
)

agreement = books_table(
    "agreement",
    community_number(),
    bigint_column("agreement_id", "Counted up within the community.", primary_key=True),
    text_column("kind", "What runs: a claim, a barter trade."),
    text_column("state", "Where it stands; changes by moves."),
    text_column("body", "What was agreed, as a JSON object; never an amount that postings hold."),
    instant("opened_at", "When it began, by the database's clock."),
    in_community(),
    check_constraint("agreement_id_check", "agreement_id > 0"),
    check_constraint("kind_check", "kind <> ''"),
    check_constraint("state_check", "state <> ''"),
    instant_check("opened_at"),
    *json_checks("body"),
    changes="state body",
)

agreement_move = books_table(
    "agreement_move",
    community_number(),
    bigint_column("agreement_id", "The agreement that moved.", primary_key=True),
    bigint_column("move_no", "Counted up within the agreement, from 1.", primary_key=True),
    text_column("from_state", "Where it stood; null for the first move.", nullable=True),
    text_column("to_state", "Where it stands since."),
    bigint_column("moved_by", "The party who moved it."),
    instant("moved_at", "When, by the database's clock."),
    text_column("idem_scope", "The channel that the key came through."),
    text_column("idem_key", "Stands for one move, however often it is sent."),
    digest("fingerprint", "SHA-256 of the request, to tell a repeat from another move under the same key."),
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
