"""The chain: one numbered seal for each entry or act, the head, and acts (changes that post no amount)."""

from __future__ import annotations

from sqlalchemy import Column, Integer, SmallInteger, text

from ledger.models.column_types import (
    bigint_column,
    books_table,
    bytes_column,
    check_constraint,
    community_foreign_key,
    community_id_column,
    engine_check,
    foreign_key,
    instant_check,
    instant_column,
    json_checks,
    partial_index,
    text_column,
)

seal = books_table(
    "seal",
    community_id_column(),
    bigint_column("seq", "The number printed on paper, without gaps.", primary_key=True),
    text_column("subject", "`E` if it seals an entry, `A` for an act; both have the seal's number."),
    bytes_column("digest", "SHA-256 of the entry or act, in the form that docs/chain.md defines."),
    bytes_column("prev_hash", "The hash of the previous link, or the genesis hash."),
    bytes_column("hash", "SHA-256 over the previous link, the number and the digest; reports print it."),
    check_constraint("seq_check", "seq > 0"),
    check_constraint("subject_check", "subject IN ('E', 'A')"),
    check_constraint("digest_check", "length(digest) = 32"),
    check_constraint("prev_hash_check", "length(prev_hash) = 32"),
    engine_check("sqlite", "hash_check", "length(hash) = 32"),
    engine_check(
        "postgresql", "hash_check", "hash = sha256('hourstead.link.1'::bytea || prev_hash || int8send(seq) || digest)"
    ),
)

chain_head = books_table(
    "chain_head",
    community_id_column(),
    bigint_column("seq", "The last number in use; 0 before the first.", server_default=text("0")),
    bytes_column(
        "hash", "The hash of the last link; the genesis hash at 0 (PostgreSQL inserts that row by a trigger)."
    ),
    Column(
        "touched",
        SmallInteger().with_variant(Integer(), "sqlite"),
        nullable=False,
        server_default=text("0"),
        doc="Always 0. PostgreSQL locks a row only for logins with an UPDATE right; this column gives them one.",
    ),
    community_foreign_key(),
    check_constraint("hash_check", "length(hash) = 32"),
    check_constraint("touched_check", "touched = 0"),
    fill=50,
    changes="touched",
    kept_by_database=True,
)

act = books_table(
    "act",
    community_id_column(),
    bigint_column("act_id", "Its number, shared with the entries.", primary_key=True),
    text_column("kind", "`record`, `close`, `reopen`, `limits`, `erase`."),
    bigint_column("period_id", "The month that is closed or reopened.", nullable=True),
    bigint_column("account_id", "The account whose limits are set.", nullable=True),
    bigint_column("entry_id", "The entry whose texts are erased.", nullable=True),
    bigint_column("entered_by", "The party who recorded it."),
    bigint_column("decision_id", "The decision that it is based on.", nullable=True),
    instant_column("recorded_at", "When, by the database's clock."),
    text_column("facts", "Its content, as the JSON text that is hashed.", server_default=text("'{}'")),
    foreign_key("act_id", "seal", "seq", deferred=True),
    foreign_key("account_id", "account"),
    foreign_key("entered_by", "party", "party_id"),
    foreign_key("decision_id", "decision"),
    check_constraint("act_id_check", "act_id > 0"),
    check_constraint("kind_check", "kind <> ''"),
    instant_check("recorded_at"),
    *json_checks("facts"),
)
partial_index("act_month", "period_id IS NOT NULL", act.c.period_id, act.c.community_id)
