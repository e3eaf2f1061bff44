"""Agreements: what runs over time, and every move it made. Not in the chain: a claim is not yet in the books."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from ledger.models.column_types import (
    books_table,
    check,
    community_number,
    digest,
    in_community,
    instant,
    instant_check,
    json_checks,
    number,
    refers,
    words,
)

agreement = books_table(
    "agreement",
    community_number(),
    number("agreement_id", "Counted up within the community.", primary_key=True),
    words("kind", "What runs: a claim, a barter trade."),
    words("state", "Where it stands; changes by moves."),
    words("body", "What was agreed, as a JSON object; never an amount that postings hold."),
    instant("opened_at", "When it began, by the database's clock."),
    in_community(),
    check("agreement_id_check", "agreement_id > 0"),
    check("kind_check", "kind <> ''"),
    check("state_check", "state <> ''"),
    instant_check("opened_at"),
    *json_checks("body"),
    changes="state body",
)

agreement_move = books_table(
    "agreement_move",
    community_number(),
    number("agreement_id", "The agreement that moved.", primary_key=True),
    number("move_no", "Counted up within the agreement, from 1.", primary_key=True),
    words("from_state", "Where it stood; null for the first move.", nullable=True),
    words("to_state", "Where it stands since."),
    number("moved_by", "The party who moved it."),
    instant("moved_at", "When, by the database's clock."),
    words("idem_scope", "The channel that the key came through."),
    words("idem_key", "Stands for one move, however often it is sent."),
    digest("fingerprint", "SHA-256 of the request, to tell a repeat from another move under the same key."),
    UniqueConstraint("idem_key", "idem_scope", "community_id"),
    refers("agreement_id", "agreement"),
    refers("moved_by", "party", "party_id"),
    check("move_no_check", "move_no > 0"),
    check("to_state_check", "to_state <> ''"),
    check("idem_scope_check", "idem_scope <> ''"),
    check("idem_key_check", "length(idem_key) BETWEEN 1 AND 200"),
    check("fingerprint_check", "length(fingerprint) = 32"),
    instant_check("moved_at"),
)
