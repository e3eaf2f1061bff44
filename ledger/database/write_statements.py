"""The fixed statements of the write path: how books are opened for writing, and what posting an entry writes.

Written out, and run by the driver alone: putting such a statement together each time costs more than what it does.
Many rows or questions go as one JSON text, so that there is one statement for any number of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import Connection

from ledger.database import raw_sql
from ledger.database.book_status import CLOCK_SQL
from ledger.database.raw_sql import Row

COMMUNITY_SETTING = "app.community"
"""PostgreSQL's own name for the community that a transaction is in; forgotten when the transaction ends."""

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
"""What is written into each table, in this order; the rest is the database's."""

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


_SIGNS = "abcdefghijklmnopqrstuvwxyz"
"""What columns are called in JSON, in their order: their names would be half of it."""


def _on_sqlite(table: str) -> str:
    names = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608


def _on_postgresql(table: str) -> str:
    names = COLUMNS[table]
    typed = ", ".join(f"{sign} {_TYPES.get(name, 'bigint')}" for sign, name in zip(_SIGNS, names, strict=False))
    told = ", ".join(_SIGNS[: len(names)])
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {told} FROM json_to_recordset(%s::json) AS rows ({typed})"  # noqa: S608


_INSERT = {
    "sqlite": {table: _on_sqlite(table) for table in COLUMNS},
    "postgresql": {table: _on_postgresql(table) for table in COLUMNS},
}
_ENTRIES = "WITH entries AS ({journal_entry}), words AS ({entry_text}) {posting}".format(**_INSERT["postgresql"])

_COMMUNITY = {
    "sqlite": "SELECT community_id, uid FROM community WHERE slug = ?",
    # looked up and entered in one round trip
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
_READ = {
    name: f"""SELECT c.community_id, c.uid, {_POSITION}, {clock}, s.state, s.about, s.since FROM community AS c
LEFT JOIN chain_head AS p ON p.community_id = c.community_id {_STATUS} WHERE c.slug = ?"""  # noqa: S608
    for name, clock in CLOCK_SQL.items()
}
_READ_AT = f"SELECT {_POSITION} FROM seal AS p WHERE p.community_id = ? AND p.seq = ?"  # noqa: S608
_OPEN = {
    "sqlite": (
        f"""SELECT c.community_id, c.uid, h.seq, h.hash, {CLOCK_SQL["sqlite"]}, s.state, s.about FROM community AS c
LEFT JOIN chain_head AS h ON h.community_id = c.community_id
LEFT JOIN standing AS s ON s.community_id = c.community_id AND s.standing_no =
(SELECT max(t.standing_no) FROM standing AS t WHERE t.community_id = c.community_id) WHERE c.slug = ?""",  # noqa: S608
    ),
    # how they stand is asked behind the lock, by a statement that sees what the one before waited for
    "postgresql": (
        _COMMUNITY["postgresql"],
        f"""SELECT h.seq, h.hash, {CLOCK_SQL["postgresql"]} FROM chain_head AS h
WHERE h.community_id = (SELECT community_id FROM community WHERE slug = %s) FOR NO KEY UPDATE OF h""",  # noqa: S608
        """SELECT s.state, s.about FROM standing AS s
WHERE s.community_id = (SELECT community_id FROM community WHERE slug = %s) ORDER BY s.standing_no DESC LIMIT 1""",
    ),
}


def _hex(value: bytes) -> str:
    """Bytes as PostgreSQL reads them."""
    return f"\\x{value.hex()}"


JSON_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=_hex)


def find_community(connection: Connection, slug: str) -> Row | None:
    """A community's number and its lasting name, by its short one; on PostgreSQL the transaction enters it."""
    return _first(raw_sql.fetch_rows(connection, _COMMUNITY[connection.dialect.name], (slug,)))


def fetch_books(connection: Connection, slug: str) -> Row | None:
    """What every page needs to know of a community's books, in one statement; None where there are no such books.

    Gives community_id, uid, then the position of the head (see `fetch_position`), the database's clock, and the book
    status (state, about, since; None where it was never set). On PostgreSQL the transaction enters the community first.
    """
    engine_name = connection.dialect.name
    first = [(_COMMUNITY[engine_name], (slug,))] if engine_name == "postgresql" else []
    questions = [*first, (raw_sql.with_placeholders(engine_name, _READ[engine_name]), (slug,))]
    return _first(raw_sql.fetch_in_sequence(connection, questions)[-1])


def fetch_position(connection: Connection, community_id: int, seq: int) -> Row | None:
    """One link of the chain: seq, hash, when it was recorded, and the hash of the last act up to it."""
    sql = raw_sql.with_placeholders(connection.dialect.name, _READ_AT)
    return _first(raw_sql.fetch_rows(connection, sql, (community_id, seq)))


def lock_books(connection: Connection, slug: str) -> Row | None:
    """Lock a community's books by their head: whoever else writes in them waits from here. None where there are none.

    Number and lasting name of the community, number and hash of the last link and the moment by the database's clock
    (None where the head is lost), how the books stand and about what (None where it was never said).
    """
    asked = [(sql, (slug,)) for sql in _OPEN[connection.dialect.name]]
    found, *rest = map(_first, raw_sql.fetch_in_sequence(connection, asked))
    if found is None or not rest:
        return found
    head, stands = rest
    return (*found[:2], *(head or (None, None, None)), *(stands or (None, None)))


def _first(rows: Sequence[Row]) -> Row | None:
    return rows[0] if rows else None


def write_entries(connection: Connection, headers: Sequence[Row], words: Sequence[Row], lines: Sequence[Row]) -> None:
    """Write entries with their words and lines, each row in the order of COLUMNS; they stand once they are sealed."""
    rows = (("journal_entry", headers), ("entry_text", words), ("posting", lines))
    if connection.dialect.name == "postgresql":
        raw_sql.execute(connection, _ENTRIES, tuple(_as_json(table, those) for table, those in rows))
        return
    for table, those in rows:
        raw_sql.execute_many(connection, _INSERT["sqlite"][table], those)


def write_seals(connection: Connection, seals: Sequence[Row]) -> None:
    """Write links of the chain, each in the order of COLUMNS; the database judges what they seal."""
    statement = _INSERT[connection.dialect.name]["seal"]
    if connection.dialect.name == "postgresql":
        raw_sql.execute(connection, statement, (_as_json("seal", seals),))
    else:
        raw_sql.execute_many(connection, statement, seals)


def _as_json(table: str, rows: Sequence[Row]) -> str:
    """Rows as PostgreSQL takes them; what is left out is nothing."""
    signs = _SIGNS[: len(COLUMNS[table])]
    told = [{sign: value for sign, value in zip(signs, row, strict=True) if value is not None} for row in rows]
    return JSON_ENCODER.encode(told)
