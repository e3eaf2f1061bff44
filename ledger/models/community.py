"""Communities and their people: who the books belong to and who may stand in them. Numbers only, no names, no dates."""

from __future__ import annotations

from sqlalchemy import Column, UniqueConstraint

from ledger.models.column_types import (
    Uid,
    bigint_column,
    books_table,
    check_constraint,
    check_on,
    community_number,
    in_community,
    text_column,
)

community = books_table(
    "community",
    community_number(),
    Column("uid", Uid, nullable=False, doc="Its name among all communities, hashed into every link of its chain."),
    text_column("slug", "Its name in addresses and on the command line; the only thing here that may change."),
    UniqueConstraint("uid"),
    UniqueConstraint("slug"),
    check_constraint("community_id_check", "community_id > 0"),
    check_constraint("slug_check", "slug <> ''"),
    check_on("sqlite", "uid_check", "length(uid) = 36 AND uid = lower(uid)"),
    changes="slug",
)

party = books_table(
    "party",
    community_number(),
    bigint_column("party_id", "0 is the community itself, 1 the operator at the command line.", primary_key=True),
    text_column("kind", "What it is; names stand in party_text, where they can be erased."),
    in_community(),
    check_constraint("party_id_check", "party_id >= 0"),
    check_constraint(
        "kind_check",
        "kind IN ('community', 'member', 'household', 'group', 'enterprise', 'peer', 'outside', 'system')",
    ),
)
