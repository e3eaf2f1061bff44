"""Book status: whether a community's books can be written in this database.

Kept outside the chain, so that damaged books have it too. A finding of `verify`, or a broken chain met while posting,
makes the books read-only until `verify` finds nothing. Books that moved to another database stay closed for good.
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
"""SQL for the current time in UTC, to the millisecond, for each engine."""
WARNING_CHECKS = frozenset({"clearing", "restricted", "co-op-capital", "two-people"})
"""Checks that only warn people (ground rules 4, 6, 7 and 9) and leave the books open; the books are sound."""

_MESSAGES = {
    READ_ONLY: N_("These books can be read, but not written in, until they have been checked."),
    MOVING: N_("These books are moving to another place just now. Nothing was written."),
    MOVED: N_("These books are kept elsewhere now: %(about)s"),
}


@dataclass(frozen=True)
class BookStatus:
    """The state of the books, since when, and what about: the finding, or the place they moved to."""

    state: str = OPEN
    about: str = ""
    since: str | None = None

    @property
    def is_open(self) -> bool:
        """Whether the books can be written."""
        return self.state == OPEN


def finding_reference(check: str, number: int | None) -> str:
    """A finding as stored in the status: the check, and the number it starts at."""
    return check if number is None else f"{check}:{number}"


def database_time(connection: Connection) -> str:
    """The database's current time in UTC, to the millisecond."""
    return str(connection.scalar(text(f"SELECT {CLOCK_SQL[connection.dialect.name]}")))


def read_status(connection: Connection, community_id: int) -> BookStatus:
    """The current status of a community's books in this database."""
    row = connection.execute(_select_newest(community_id)).one_or_none()
    return BookStatus() if row is None else BookStatus(row.state, row.about, row.since)


def _select_newest(community_id: int) -> Select[Any]:
    query = select(standing).where(standing.c.community_id == community_id)
    return query.order_by(standing.c.standing_no.desc()).limit(1)


def require_writable(state: str | None, about: str | None) -> None:
    """Raise BooksReadOnly or BooksMoved unless the state is open; None means it was never set."""
    if state not in (None, OPEN):
        raise (BooksReadOnly if state == READ_ONLY else BooksMoved)(make_message(_MESSAGES[str(state)], about=about))


def change_status(connection: Connection, community_id: int, state: str, about: str = "") -> BookStatus:
    """Set the status. Waits for the current writer; does nothing if the state is unchanged.

    Raises BooksMoved if the books moved to another database for good.
    """
    head = select(chain_head.c.seq).where(chain_head.c.community_id == community_id)
    connection.execute(head if connection.dialect.name == "sqlite" else head.with_for_update(key_share=True))
    newest = connection.execute(_select_newest(community_id)).one_or_none()
    if (newest.state if newest else OPEN) == state:
        return read_status(connection, community_id)
    row = {"community_id": community_id, "standing_no": 1 + (newest.standing_no if newest else 0)}
    connection.execute(insert(standing), {**row, "state": state, "about": about, "since": database_time(connection)})
    return read_status(connection, community_id)
