"""Book status: whether the books can be written in this database. Outside the chain, so damaged books have it too."""

from __future__ import annotations

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    community_foreign_key,
    community_id_column,
    instant_check,
    instant_column,
    text_column,
)

standing = books_table(
    "standing",
    community_id_column(),
    bigint_column("standing_no", "Counted up within the community, from 1; the last one is valid.", primary_key=True),
    text_column("state", "Open, read-only after a finding, moving to another database, or moved there for good."),
    text_column("about", "The finding, or where the books moved to."),
    instant_column("since", "Since when, by the database's clock."),
    community_foreign_key(),
    check_constraint("standing_no_check", "standing_no > 0"),
    check_constraint("state_check", "state IN ('open', 'read-only', 'moving', 'moved')"),
    instant_check("since"),
)
