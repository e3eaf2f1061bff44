"""The chain: one numbered link for each entry or act, the last link, and the deeds that move no value."""

from __future__ import annotations

from sqlalchemy import Column, Integer, SmallInteger, text

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    check_on,
    community_number,
    digest,
    foreign_key,
    in_community,
    index_where,
    instant,
    instant_check,
    json_checks,
    text_column,
)

seal = books_table(
    "seal",
    community_number(),
    bigint_column("seq", "The number printed on paper, without gaps.", primary_key=True),
    text_column("subject", "`E`: it seals the entry of this number; `A`: the act."),
    digest("digest", "SHA-256 of the entry or act as docs/chain.md writes it down."),
    digest("prev_hash", "The hash of the link before, or the genesis hash."),
    digest("hash", "SHA-256 over the link before, the number and the digest: what a report prints."),
    check_constraint("seq_check", "seq > 0"),
    check_constraint("subject_check", "subject IN ('E', 'A')"),
    check_constraint("digest_check", "length(digest) = 32"),
    check_constraint("prev_hash_check", "length(prev_hash) = 32"),
    check_on("sqlite", "hash_check", "length(hash) = 32"),
    check_on(
        "postgresql", "hash_check", "hash = sha256('hourstead.link.1'::bytea || prev_hash || int8send(seq) || digest)"
    ),
)

chain_head = books_table(
    "chain_head",
    community_number(),
    bigint_column("seq", "The last number given; 0 before the first.", server_default=text("0")),
    digest("hash", "The hash of the last link; at 0 the genesis hash (PostgreSQL writes that row itself)."),
    Column(
        "touched",
        SmallInteger().with_variant(Integer(), "sqlite"),
        nullable=False,
        server_default=text("0"),
        doc="Always 0: exists so that a login may lock the row without being able to change it.",
    ),
    in_community(),
    check_constraint("hash_check", "length(hash) = 32"),
    check_constraint("touched_check", "touched = 0"),
    fill=50,
    changes="touched",
    kept_by_database=True,
)

act = books_table(
    "act",
    community_number(),
    bigint_column("act_id", "Its number, shared with the entries.", primary_key=True),
    text_column("kind", "`record`, `close`, `reopen`, `limits`, `erase`."),
    bigint_column("period_id", "The month that is closed or reopened.", nullable=True),
    bigint_column("account_id", "The account whose limits are set.", nullable=True),
    bigint_column("entry_id", "The entry whose words are erased.", nullable=True),
    bigint_column("entered_by", "The party who wrote it down."),
    bigint_column("decision_id", "The decision it rests on.", nullable=True),
    instant("recorded_at", "When, by the database's clock."),
    text_column("facts", "What it says, as the JSON text that is hashed.", server_default=text("'{}'")),
    foreign_key("act_id", "seal", "seq", deferred=True),
    foreign_key("account_id", "account"),
    foreign_key("entered_by", "party", "party_id"),
    foreign_key("decision_id", "decision"),
    check_constraint("act_id_check", "act_id > 0"),
    check_constraint("kind_check", "kind <> ''"),
    instant_check("recorded_at"),
    *json_checks("facts"),
)
index_where("act_month", "period_id IS NOT NULL", act.c.period_id, act.c.community_id)
