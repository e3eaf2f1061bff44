"""Standing: whether books can be written in this database; outside the chain, so that damaged books hold it too."""

from __future__ import annotations

from ledger.models.column_types import (
    books_table,
    check,
    community_number,
    in_community,
    instant,
    instant_check,
    number,
    words,
)

standing = books_table(
    "standing",
    community_number(),
    number("standing_no", "Counted up within the community, from 1; the last one stands.", primary_key=True),
    words("state", "Open, read-only after a finding, moving to another database, or moved there for good."),
    words("about", "What was found, or where the books went."),
    instant("since", "From when, by the database's clock."),
    in_community(),
    check("standing_no_check", "standing_no > 0"),
    check("state_check", "state IN ('open', 'read-only', 'moving', 'moved')"),
    instant_check("since"),
)
