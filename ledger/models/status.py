"""Standing: whether books can be written in this database; outside the chain, so that damaged books hold it too."""

from __future__ import annotations

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    community_number,
    in_community,
    instant,
    instant_check,
    text_column,
)

standing = books_table(
    "standing",
    community_number(),
    bigint_column("standing_no", "Counted up within the community, from 1; the last one stands.", primary_key=True),
    text_column("state", "Open, read-only after a finding, moving to another database, or moved there for good."),
    text_column("about", "What was found, or where the books went."),
    instant("since", "From when, by the database's clock."),
    in_community(),
    check_constraint("standing_no_check", "standing_no > 0"),
    check_constraint("state_check", "state IN ('open', 'read-only', 'moving', 'moved')"),
    instant_check("since"),
)
