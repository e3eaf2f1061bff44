"""Communities and their parties: numbers only, no names and no dates."""

from __future__ import annotations

from sqlalchemy import Column, UniqueConstraint

from ledger.models.column_types import (
    Uid,
    bigint_column,
    books_table,
    check_constraint,
    community_foreign_key,
    community_id_column,
    engine_check,
    text_column,
)

community = books_table(
    "community",
    community_id_column(),
    Column("uid", Uid, nullable=False, doc="A globally unique id, hashed into every link of the chain."),
    text_column("slug", "The name in URLs and on the command line; the only column that may change."),
    UniqueConstraint("uid"),
    UniqueConstraint("slug"),
    check_constraint("community_id_check", "community_id > 0"),
    check_constraint("slug_check", "slug <> ''"),
    engine_check("sqlite", "uid_check", "length(uid) = 36 AND uid = lower(uid)"),
    changes="slug",
)

party = books_table(
    "party",
    community_id_column(),
    bigint_column("party_id", "0 is the community itself, 1 the operator at the command line.", primary_key=True),
    text_column("kind", "The type of party; names are in party_text, where they can be erased."),
    community_foreign_key(),
    check_constraint("party_id_check", "party_id >= 0"),
    check_constraint(
        "kind_check",
        "kind IN ('community', 'member', 'household', 'group', 'enterprise', 'peer', 'outside', 'system')",
    ),
)
