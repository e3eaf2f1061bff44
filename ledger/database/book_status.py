"""Standing: whether a community's books can be written here, kept outside the chain so that damaged books hold it too.

A finding of `verify`, or a chain that does not continue while someone posts, makes the books read-only until a clean
`verify` lifts it; books that moved to another database stay as they are for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, insert, select, text

from ledger.core.errors import BooksMoved, BooksReadOnly
from ledger.core.messages import N_, make_message
from ledger.models import chain_head, standing

OPEN, READ_ONLY, MOVING, MOVED = "open", "read-only", "moving", "moved"
CLOCK_SQL = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ')",
    "postgresql": "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')",
}
"""How each engine says the moment in UTC, to the millisecond."""
WARNING_CHECKS = frozenset({"clearing", "restricted", "co-op-capital", "two-people"})
"""Checks that ask people to talk and act (ground rules 4, 6, 7 and 9); the books themselves are sound."""

_WORDS = {
    READ_ONLY: N_("These books can be read, but not written in, until they have been checked."),
    MOVING: N_("These books are moving to another place just now. Nothing was written."),
    MOVED: N_("These books are kept elsewhere now: %(about)s"),
}


@dataclass(frozen=True)
class BookStatus:
    """Whether the books can be written, since when, and what it is about: a finding, or where they went."""

    state: str = OPEN
    about: str = ""
    since: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the books can be written in."""
        return self.state == OPEN


def finding_reference(check: str, number: int | None) -> str:
    """What was found, as it is kept: the check and the number that it begins at."""
    return check if number is None else f"{check}:{number}"


def database_time(connection: Connection) -> str:
    """The database's clock: UTC, to the millisecond."""
    return str(connection.scalar(text(f"SELECT {CLOCK_SQL[connection.dialect.name]}")))


def read_status(connection: Connection, community_id: int) -> BookStatus:
    """How a community's books stand in this database."""
    row = connection.execute(_newest(community_id)).one_or_none()
    return BookStatus() if row is None else BookStatus(row.state, row.about, row.since)


def _newest(community_id: int) -> Select[Any]:
    query = select(standing).where(standing.c.community_id == community_id)
    return query.order_by(standing.c.standing_no.desc()).limit(1)


def require_writable(state: str | None, about: str | None) -> None:
    """BooksReadOnly or BooksMoved where books that stand so cannot be written in; None where it was never said."""
    if state not in (None, OPEN):
        raise (BooksReadOnly if state == READ_ONLY else BooksMoved)(make_message(_WORDS[str(state)], about=about))


def change_status(connection: Connection, community_id: int, state: str, about: str = "") -> BookStatus:
    """Change how the books stand, behind whoever is writing in them; nothing where they stand so already.

    Raises BooksMoved where they went elsewhere for good.
    """
    head = select(chain_head.c.seq).where(chain_head.c.community_id == community_id)
    connection.execute(head if connection.dialect.name == "sqlite" else head.with_for_update(key_share=True))
    found = connection.execute(_newest(community_id)).one_or_none()
    if (found.state if found else OPEN) == state:
        return read_status(connection, community_id)
    row = {"community_id": community_id, "standing_no": 1 + (found.standing_no if found else 0)}
    connection.execute(insert(standing), {**row, "state": state, "about": about, "since": database_time(connection)})
    return read_status(connection, community_id)
