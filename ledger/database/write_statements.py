"""The fixed SQL that opens books and writes entries.

Run by the driver: SQLAlchemy takes longer to build such a statement than the database to run it. Many rows are sent as
one JSON text, so that the statement is the same for any number of rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from ledger.database import raw_sql
from ledger.database.book_status import CLOCK_SQL
from ledger.database.raw_sql import Row

COMMUNITY_SETTING = "app.community"
"""PostgreSQL's setting for the community of the transaction; row-level security reads it."""

COLUMNS = {
    "journal_entry": (
        "community_id entry_id kind family effective_on period_id recorded_at about_on entered_by on_behalf_of "
        "confirmed_by decision_id reverses corrects agreement_id document privacy idem_scope idem_key fingerprint facts"
    ).split(),
    "entry_text": "community_id entry_id part mac salt body".split(),
    "posting": (
        "community_id entry_id line account_id programme amount quantity_milli quantity_unit method unit fund "
        "effective_on period_id"
    ).split(),
    "seal": "community_id seq subject digest prev_hash hash".split(),
}
"""The columns written into each table, in this order; the database fills the rest."""

_TYPES = {
    **dict.fromkeys("effective_on about_on".split(), "date"),
    **dict.fromkeys("fingerprint mac salt digest prev_hash hash".split(), "bytea"),
    **dict.fromkeys(
        "kind family document privacy idem_scope idem_key facts part body programme quantity_unit method unit fund "
        "subject".split(),
        "text",
    ),
    "recorded_at": "timestamptz",
}


_JSON_KEYS = "abcdefghijklmnopqrstuvwxyz"
"""Keys of the columns in JSON, in order; the full names would be half of the text."""


def _sqlite_insert(table: str) -> str:
    names = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608


def _postgresql_insert(table: str) -> str:
    names = COLUMNS[table]
    typed = ", ".join(f"{key} {_TYPES.get(name, 'bigint')}" for key, name in zip(_JSON_KEYS, names, strict=False))
    keys = ", ".join(_JSON_KEYS[: len(names)])
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {keys} FROM json_to_recordset(%s::json) AS rows ({typed})"  # noqa: S608


_INSERT = {
    "sqlite": {table: _sqlite_insert(table) for table in COLUMNS},
    "postgresql": {table: _postgresql_insert(table) for table in COLUMNS},
}
_INSERT_ENTRIES = "WITH entries AS ({journal_entry}), words AS ({entry_text}) {posting}".format(**_INSERT["postgresql"])

_SELECT_COMMUNITY = {
    "sqlite": "SELECT community_id, uid FROM community WHERE slug = ?",
    # finds the community and sets it for row-level security in one round trip
    "postgresql": f"SELECT community_id, uid, set_config('{COMMUNITY_SETTING}', community_id::text, true) "  # noqa: S608
    "FROM community WHERE slug = %s",
}
_POSITION = """p.seq, p.hash,
coalesce((SELECT e.recorded_at FROM journal_entry AS e WHERE e.community_id = p.community_id AND e.entry_id = p.seq),
(SELECT a.recorded_at FROM act AS a WHERE a.community_id = p.community_id AND a.act_id = p.seq)),
(SELECT l.hash FROM seal AS l WHERE l.community_id = p.community_id AND l.seq =
(SELECT max(a.act_id) FROM act AS a WHERE a.community_id = p.community_id AND a.act_id <= p.seq))"""
_STATUS = """LEFT JOIN standing AS s ON s.community_id = c.community_id AND s.standing_no =
(SELECT max(t.standing_no) FROM standing AS t WHERE t.community_id = c.community_id)"""
_SELECT_BOOKS = {
    name: f"""SELECT c.community_id, c.uid, {_POSITION}, {clock}, s.state, s.about, s.since FROM community AS c
LEFT JOIN chain_head AS p ON p.community_id = c.community_id {_STATUS} WHERE c.slug = ?"""  # noqa: S608
    for name, clock in CLOCK_SQL.items()
}
_SELECT_POSITION = f"SELECT {_POSITION} FROM seal AS p WHERE p.community_id = ? AND p.seq = ?"  # noqa: S608
_LOCK_BOOKS = {
    "sqlite": (
        f"""SELECT c.community_id, c.uid, h.seq, h.hash, {CLOCK_SQL["sqlite"]}, s.state, s.about FROM community AS c
LEFT JOIN chain_head AS h ON h.community_id = c.community_id
LEFT JOIN standing AS s ON s.community_id = c.community_id AND s.standing_no =
(SELECT max(t.standing_no) FROM standing AS t WHERE t.community_id = c.community_id) WHERE c.slug = ?""",  # noqa: S608
    ),
    # the status is read after the lock, by a statement of its own that sees what the lock waited for
    "postgresql": (
        _SELECT_COMMUNITY["postgresql"],
        f"""SELECT h.seq, h.hash, {CLOCK_SQL["postgresql"]} FROM chain_head AS h
WHERE h.community_id = (SELECT community_id FROM community WHERE slug = %s) FOR NO KEY UPDATE OF h""",  # noqa: S608
        """SELECT s.state, s.about FROM standing AS s
WHERE s.community_id = (SELECT community_id FROM community WHERE slug = %s) ORDER BY s.standing_no DESC LIMIT 1""",
    ),
}


def _hex(value: bytes) -> str:
    """Bytes in PostgreSQL's text form."""
    return f"\\x{value.hex()}"


JSON_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_hex)


def find_community(connection: Connection, slug: str) -> Row | None:
    """A community's id and uid by its slug; on PostgreSQL this also sets the transaction's community."""
    return _first(raw_sql.fetch_rows(connection, _SELECT_COMMUNITY[connection.dialect.name], (slug,)))


def fetch_books(connection: Connection, slug: str) -> Row | None:
    """What every page needs to know of a community's books, in one statement; None if the slug is unknown.

    Gives community_id, uid, then the position of the head (see `fetch_position`), the database's clock, and the book
    status (state, about, since; None if never set). On PostgreSQL this also sets the transaction's community.
    """
    engine_name = connection.dialect.name
    first = [(_SELECT_COMMUNITY[engine_name], (slug,))] if engine_name == "postgresql" else []
    queries = [*first, (raw_sql.with_placeholders(engine_name, _SELECT_BOOKS[engine_name]), (slug,))]
    return _first(raw_sql.fetch_in_sequence(connection, queries)[-1])


def fetch_position(connection: Connection, community_id: int, seq: int) -> Row | None:
    """One link of the chain: seq, hash, when it was recorded, and the hash of the last act up to it."""
    sql = raw_sql.with_placeholders(connection.dialect.name, _SELECT_POSITION)
    return _first(raw_sql.fetch_rows(connection, sql, (community_id, seq)))


def lock_books(connection: Connection, slug: str) -> Row | None:
    """Lock a community's books by their head row; other writers wait. None if the slug is unknown.

    Gives community_id, uid, then seq and hash of the last link and the database's time (None if the head is lost), and
    the book status (state, about; None if never set).
    """
    queries = [(sql, (slug,)) for sql in _LOCK_BOOKS[connection.dialect.name]]
    row, *others = map(_first, raw_sql.fetch_in_sequence(connection, queries))
    if row is None or not others:  # SQLite has it all in one row
        return row
    head, status = others
    return (*row[:2], *(head or (None, None, None)), *(status or (None, None)))


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def write_entries(connection: Connection, headers: Sequence[Row], texts: Sequence[Row], lines: Sequence[Row]) -> None:
    """Insert entries with their texts and lines, each row in the order of COLUMNS; valid once they are sealed."""
    rows = (("journal_entry", headers), ("entry_text", texts), ("posting", lines))
    if connection.dialect.name == "postgresql":
        raw_sql.execute(connection, _INSERT_ENTRIES, tuple(_as_json(table, table_rows) for table, table_rows in rows))
        return
    for table, table_rows in rows:
        raw_sql.execute_many(connection, _INSERT["sqlite"][table], table_rows)


def write_seals(connection: Connection, seals: Sequence[Row]) -> None:
    """Insert links of the chain, each in the order of COLUMNS; triggers then check what they seal."""
    statement = _INSERT[connection.dialect.name]["seal"]
    if connection.dialect.name == "postgresql":
        raw_sql.execute(connection, statement, (_as_json("seal", seals),))
    else:
        raw_sql.execute_many(connection, statement, seals)


def _as_json(table: str, rows: Sequence[Row]) -> str:
    """Rows as a JSON text for PostgreSQL; a missing key is NULL."""
    keys = _JSON_KEYS[: len(COLUMNS[table])]
    return JSON_ENCODER.encode(
        [{key: value for key, value in zip(keys, row, strict=True) if value is not None} for row in rows]
    )
