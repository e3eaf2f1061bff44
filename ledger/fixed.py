"""The fixed statements of the write path: everything that posting an entry says to the database, in one place.

Written out, and run by the driver alone: putting such a statement together each time costs more than what it does.
Many rows or questions go as one JSON text, so that there is one statement for any number of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from sqlalchemy import Connection

from ledger import driver
from ledger.drafts import Leaf
from ledger.driver import Row
from ledger.standing import CLOCK

if TYPE_CHECKING:
    from ledger.db import UnitOfWork

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
    "sqlite": """SELECT e.entry_id, e.idem_scope, e.idem_key, e.fingerprint FROM json_each(:asked, '$.keys') AS one
CROSS JOIN journal_entry AS e ON e.idem_key = json_extract(one.value, '$[0]')
AND e.idem_scope = json_extract(one.value, '$[1]') AND e.community_id = :community""",
    "postgresql": """SELECT e.* FROM json_array_elements(%(asked)s::json -> 'keys') AS one CROSS JOIN LATERAL
(SELECT f.entry_id, f.idem_scope, f.idem_key, f.fingerprint FROM journal_entry AS f
WHERE f.idem_key = one ->> 0 AND f.idem_scope = one ->> 1 AND f.community_id = %(community)s OFFSET 0) AS e""",
}
_NAMED = {
    "sqlite": """SELECT 'entry', k.entry_id, k.idem_scope, k.idem_key, NULL, NULL, k.fingerprint FROM ({keys}) AS k
UNION ALL SELECT 'account', a.account_id, a.chart, a.unit, a.fund, a.owner_id, NULL
FROM json_each(:asked, '$.leaves') AS one CROSS JOIN account AS a
ON a.owner_id = json_extract(one.value, '$[3]') AND a.chart = json_extract(one.value, '$[0]')
AND a.unit = json_extract(one.value, '$[1]') AND a.fund = json_extract(one.value, '$[2]')
AND a.community_id = :community
UNION ALL SELECT 'month', p.period_id, NULL, NULL, NULL, NULL, NULL FROM json_each(:asked, '$.months') AS one
CROSS JOIN period AS p ON p.period_id = one.value AND p.community_id = :community
UNION ALL SELECT 'programme', NULL, g.code, NULL, NULL, NULL, NULL FROM json_each(:asked, '$.programmes') AS one
CROSS JOIN programme AS g ON g.code = one.value AND g.community_id = :community""",
    "postgresql": """WITH asked AS (SELECT %(asked)s::json AS said)
SELECT 'entry', k.entry_id, k.idem_scope, k.idem_key, NULL, NULL::bigint, k.fingerprint FROM ({keys}) AS k
UNION ALL SELECT 'account', a.*, NULL FROM asked, json_array_elements(said -> 'leaves') AS one CROSS JOIN LATERAL
(SELECT b.account_id, b.chart, b.unit, b.fund, b.owner_id FROM account AS b
WHERE b.owner_id = (one ->> 3)::bigint AND b.chart = one ->> 0 AND b.unit = one ->> 1 AND b.fund = one ->> 2
AND b.community_id = %(community)s OFFSET 0) AS a
UNION ALL SELECT 'month', p.period_id, NULL, NULL, NULL, NULL, NULL
FROM asked, json_array_elements_text(said -> 'months') AS one
JOIN period AS p ON p.period_id = one::bigint AND p.community_id = %(community)s
UNION ALL SELECT 'programme', NULL, g.code, NULL, NULL, NULL, NULL
FROM asked, json_array_elements_text(said -> 'programmes') AS one
JOIN programme AS g ON g.code = one AND g.community_id = %(community)s""",
}
_NAMED = {engine: words.format(keys=_KEYS[engine]) for engine, words in _NAMED.items()}
_COMMUNITY = {
    "sqlite": "SELECT community_id, uid FROM community WHERE slug = ?",
    # looked up and entered in one round trip
    "postgresql": f"SELECT community_id, uid, set_config('{INSIDE}', community_id::text, true) "  # noqa: S608
    "FROM community WHERE slug = %s",
}
_OPEN = {
    "sqlite": (
        f"""SELECT c.community_id, c.uid, h.seq, h.hash, {CLOCK["sqlite"]}, s.state, s.about FROM community AS c
LEFT JOIN chain_head AS h ON h.community_id = c.community_id
LEFT JOIN standing AS s ON s.community_id = c.community_id AND s.standing_no =
(SELECT max(t.standing_no) FROM standing AS t WHERE t.community_id = c.community_id) WHERE c.slug = ?""",  # noqa: S608
    ),
    # how they stand is asked behind the lock, by a statement that sees what the one before waited for
    "postgresql": (
        _COMMUNITY["postgresql"],
        f"""SELECT h.seq, h.hash, {CLOCK["postgresql"]} FROM chain_head AS h
WHERE h.community_id = (SELECT community_id FROM community WHERE slug = %s) FOR NO KEY UPDATE OF h""",  # noqa: S608
        """SELECT s.state, s.about FROM standing AS s
WHERE s.community_id = (SELECT community_id FROM community WHERE slug = %s) ORDER BY s.standing_no DESC LIMIT 1""",
    ),
}


def _hex(value: bytes) -> str:
    """Bytes as PostgreSQL reads them."""
    return f"\\x{value.hex()}"


_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_hex)


def find_community(connection: Connection, slug: str) -> Row | None:
    """A community's number and its lasting name, by its short one; on PostgreSQL the transaction enters it."""
    return _first(driver.ask(connection, _COMMUNITY[connection.dialect.name], (slug,)))


def open_books(connection: Connection, slug: str) -> Row | None:
    """Lock a community's books by their head: whoever else writes in them waits from here. None where there are none.

    Number and lasting name of the community, number and hash of the last link and the moment by the database's clock
    (None where the head is lost), how the books stand and about what (None where it was never said).
    """
    asked = [(sql, (slug,)) for sql in _OPEN[connection.dialect.name]]
    found, *rest = map(_first, driver.ask_in_turn(connection, asked))
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
        driver.tell(connection, _ENTRIES, tuple(_as_json(table, those) for table, those in rows))
        return
    for table, those in rows:
        driver.tell_each(connection, _INSERT["sqlite"][table], those)


def write_seals(connection: Connection, seals: Sequence[Row]) -> None:
    """Write links of the chain, each in the order of COLUMNS; the database judges what they seal."""
    statement = _INSERT[connection.dialect.name]["seal"]
    if connection.dialect.name == "postgresql":
        driver.tell(connection, statement, (_as_json("seal", seals),))
    else:
        driver.tell_each(connection, statement, seals)


def _as_json(table: str, rows: Sequence[Row]) -> str:
    names = COLUMNS[table]
    told = [dict(zip(names, row, strict=True)) for row in rows]
    return _WRITTEN.encode(told)


class KeyRow(TypedDict):
    """An entry by its key, with what tells a repeat from another deed."""

    entry_id: int
    idem_scope: str
    idem_key: str
    fingerprint: bytes


@dataclass(frozen=True)
class Stand:
    """What stands of what drafts name: entries by key and channel, accounts, months (open or closed), programmes."""

    entries: Sequence[KeyRow]
    accounts: dict[Leaf, int]
    months: frozenset[int]
    programmes: frozenset[str]


def find_keys(uow: UnitOfWork, keys: Sequence[tuple[str, str]]) -> list[KeyRow]:
    """The entries under some keys (key, channel), each with its number and its fingerprint."""
    return [_key_row(*row) for row in _asked(uow, _KEYS, {"keys": keys})]


def find_named(
    uow: UnitOfWork,
    keys: Sequence[tuple[str, str]],
    leaves: Iterable[Leaf],
    months: Iterable[int],
    programmes: Iterable[str],
) -> Stand:
    """What stands in the books of all this, by one question."""
    named = [(leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf in leaves]
    wanted = {"keys": keys, "leaves": named, "months": list(months), "programmes": list(programmes)}
    found: dict[str, list[Row]] = {"entry": [], "account": [], "month": [], "programme": []}
    for what, *row in _asked(uow, _NAMED, wanted):
        found[what].append(tuple(row))
    return Stand(
        entries=[_key_row(number, scope, key, mark) for number, scope, key, _, _, mark in found["entry"]],
        accounts={Leaf(*place): number for number, *place, _ in found["account"]},
        months=frozenset(row[0] for row in found["month"]),
        programmes=frozenset(row[1] for row in found["programme"]),
    )


def _asked(uow: UnitOfWork, statements: dict[str, str], wanted: dict[str, Sequence[Any]]) -> list[Row]:
    values = {"community": uow.community_id, "asked": _WRITTEN.encode(wanted)}
    return driver.ask(uow.connection, statements[uow.engine_name], values)


def _key_row(entry_id: int, scope: str, key: str, mark: bytes) -> KeyRow:
    return KeyRow(entry_id=entry_id, idem_scope=scope, idem_key=key, fingerprint=mark)
