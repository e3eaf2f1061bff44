"""The fixed statements of the write path: everything that posting an entry says to the database, in one place.

Written out, and run by the driver alone: putting such a statement together each time costs more than what it does.
Many rows or questions go as one JSON text, so that there is one statement for any number of them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, CursorResult, RowMapping

from ledger.drafts import Leaf
from ledger.standing import CLOCK

if TYPE_CHECKING:
    from ledger.db import UnitOfWork

Row = tuple[Any, ...]

INSIDE = "app.community"
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


def _on_sqlite(table: str) -> str:
    names = COLUMNS[table]
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608


def _on_postgresql(table: str) -> str:
    names = COLUMNS[table]
    typed = ", ".join(f"{name} {_TYPES.get(name, 'bigint')}" for name in names)
    listed = ", ".join(names)
    return f"INSERT INTO {table} ({listed}) SELECT {listed} FROM json_to_recordset(%s::json) AS rows ({typed})"  # noqa: S608


_INSERT = {
    "sqlite": {table: _on_sqlite(table) for table in COLUMNS},
    "postgresql": {table: _on_postgresql(table) for table in COLUMNS},
}
_ENTRIES = "WITH entries AS ({journal_entry}), words AS ({entry_text}) {posting}".format(**_INSERT["postgresql"])

_KEYS = {
    "sqlite": """SELECT e.entry_id, e.idem_scope, e.idem_key, e.fingerprint FROM json_each(?) AS one
CROSS JOIN journal_entry AS e ON e.idem_key = json_extract(one.value, '$[0]')
AND e.idem_scope = json_extract(one.value, '$[1]') AND e.community_id = ?""",
    "postgresql": """SELECT e.* FROM json_array_elements(%s::json) AS one CROSS JOIN LATERAL
(SELECT f.entry_id, f.idem_scope, f.idem_key, f.fingerprint FROM journal_entry AS f
WHERE f.idem_key = one ->> 0 AND f.idem_scope = one ->> 1 AND f.community_id = %s OFFSET 0) AS e""",
}
_PLACES = {
    "sqlite": """SELECT a.account_id, a.chart, a.unit, a.fund, a.owner_id FROM json_each(?) AS one
CROSS JOIN account AS a ON a.owner_id = json_extract(one.value, '$[3]') AND a.chart = json_extract(one.value, '$[0]')
AND a.unit = json_extract(one.value, '$[1]') AND a.fund = json_extract(one.value, '$[2]') AND a.community_id = ?
UNION ALL SELECT p.period_id, NULL, NULL, NULL, NULL FROM json_each(?) AS one
CROSS JOIN period AS p ON p.period_id = one.value AND p.community_id = ?""",
    "postgresql": """SELECT a.* FROM json_array_elements(%s::json) AS one CROSS JOIN LATERAL
(SELECT b.account_id, b.chart, b.unit, b.fund, b.owner_id FROM account AS b
WHERE b.owner_id = (one ->> 3)::bigint AND b.chart = one ->> 0 AND b.unit = one ->> 1 AND b.fund = one ->> 2
AND b.community_id = %s OFFSET 0) AS a
UNION ALL SELECT p.period_id, NULL, NULL, NULL, NULL FROM json_array_elements_text(%s::json) AS one
JOIN period AS p ON p.period_id = one::bigint AND p.community_id = %s""",
}
_COMMUNITY = {
    "sqlite": "SELECT community_id, uid FROM community WHERE slug = ?",
    # looked up and entered in one round trip
    "postgresql": f"SELECT community_id, uid, set_config('{INSIDE}', community_id::text, true) "  # noqa: S608
    "FROM community WHERE slug = %s",
}
_HEAD = {
    "sqlite": f"SELECT seq, hash, {CLOCK['sqlite']} FROM chain_head WHERE community_id = ?",  # noqa: S608
    "postgresql": f"SELECT seq, hash, {CLOCK['postgresql']} FROM chain_head "  # noqa: S608
    "WHERE community_id = %s FOR NO KEY UPDATE",
}


def find_community(connection: Connection, slug: str) -> Row | None:
    """A community's number and its lasting name, by its short one; on PostgreSQL the transaction enters it."""
    return _first(connection, _COMMUNITY, slug)


def lock_head(connection: Connection, community_id: int) -> Row | None:
    """The last link's number and hash and the moment by the database's clock; whoever else writes waits from here."""
    return _first(connection, _HEAD, community_id)


def _first(connection: Connection, statements: dict[str, str], value: str | int) -> Row | None:
    row = connection.exec_driver_sql(statements[connection.dialect.name], (value,)).first()
    return None if row is None else tuple(row)


def write_entries(connection: Connection, headers: Sequence[Row], words: Sequence[Row], lines: Sequence[Row]) -> None:
    """Write entries with their words and lines, each row in the order of COLUMNS; they stand once they are sealed."""
    if connection.dialect.name == "postgresql":
        rows = (("journal_entry", headers), ("entry_text", words), ("posting", lines))
        connection.exec_driver_sql(_ENTRIES, tuple(_as_json(table, those) for table, those in rows))
        return
    _write(connection, "journal_entry", headers)
    _write(connection, "entry_text", words)
    _write(connection, "posting", lines)


def write_seals(connection: Connection, seals: Sequence[Row]) -> None:
    """Write links of the chain, each in the order of COLUMNS; the database judges what they seal."""
    _write(connection, "seal", seals)


def _write(connection: Connection, table: str, rows: Sequence[Row]) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(_INSERT["postgresql"][table], (_as_json(table, rows),))
    elif rows:
        connection.exec_driver_sql(_INSERT["sqlite"][table], list(rows))


def _as_json(table: str, rows: Sequence[Row]) -> str:
    names = COLUMNS[table]
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"), default=_hex)


def _hex(value: bytes) -> str:
    """Bytes as PostgreSQL reads them."""
    return f"\\x{value.hex()}"


def find_keys(uow: UnitOfWork, keys: Sequence[tuple[str, str]]) -> Sequence[RowMapping]:
    """The entries under some keys (key, channel), each with its number and its fingerprint."""
    return _found(uow, _KEYS, keys).mappings().all()


def find_places(uow: UnitOfWork, leaves: Sequence[Leaf], months: Sequence[int]) -> tuple[dict[Leaf, int], set[int]]:
    """The numbers of the accounts that are there, and which of the months are, open or closed."""
    named = [(leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf in leaves]
    accounts: dict[Leaf, int] = {}
    there: set[int] = set()
    for number, *place in map(tuple, _found(uow, _PLACES, named, months)):
        if place[-1] is None:
            there.add(number)
        else:
            accounts[Leaf(*place)] = number
    return accounts, there


def _found(uow: UnitOfWork, statements: dict[str, str], *wanted: Sequence[Any]) -> CursorResult[Any]:
    values = [value for each in wanted for value in (json.dumps(each, ensure_ascii=False), uow.community_id)]
    return uow.connection.exec_driver_sql(statements[uow.engine_name], tuple(values))
