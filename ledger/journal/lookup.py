"""What drafts name: entries by key, accounts, months and programmes, all looked up by one question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypedDict

from ledger.core.drafts import AccountKey
from ledger.database import raw_sql
from ledger.database.raw_sql import Row
from ledger.database.unit_of_work import UnitOfWork
from ledger.database.write_statements import JSON_ENCODER

Wanted = dict[str, Sequence[Any]]
"""What is asked for: keys, leaves, months and programmes, in this order."""


class KeyRow(TypedDict):
    """An entry by its key, with what tells a repeat from another deed."""

    entry_id: int
    idem_scope: str
    idem_key: str
    fingerprint: bytes


@dataclass(frozen=True)
class Existing:
    """What stands of what drafts name: entries by key and channel, accounts, months (open or closed), programmes."""

    entries: Sequence[KeyRow]
    accounts: dict[AccountKey, int]
    months: frozenset[int]
    programmes: frozenset[str]


def find_keys(uow: UnitOfWork, keys: Sequence[tuple[str, str]]) -> list[KeyRow]:
    """The entries under some keys (key, channel), each with its number and its fingerprint."""
    return [_key_row(*row) for row in _asked(uow, _KEYS, {"keys": keys})]


def find_existing(
    uow: UnitOfWork,
    keys: Sequence[tuple[str, str]],
    leaves: Iterable[AccountKey],
    months: Iterable[int],
    programmes: Iterable[str],
) -> Existing:
    """What stands in the books of all this, by one question."""
    named = [(leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf in leaves]
    wanted: Wanted = {"keys": keys, "leaves": named, "months": list(months), "programmes": list(programmes)}
    found: dict[str, list[Row]] = {"entry": [], "account": [], "month": [], "programme": []}
    for what, *row in (_asked_apart if sum(map(len, wanted.values())) <= _FEW else _asked_at_once)(uow, wanted):
        found[what].append(tuple(row))
    return Existing(
        entries=[_key_row(number, scope, key, mark) for number, scope, key, _, _, mark in found["entry"]],
        accounts={AccountKey(*place): number for number, *place, _ in found["account"]},
        months=frozenset(row[0] for row in found["month"]),
        programmes=frozenset(row[1] for row in found["programme"]),
    )


def _asked_at_once(uow: UnitOfWork, wanted: Wanted) -> list[Row]:
    return _asked(uow, _NAMED, wanted)


def _asked(uow: UnitOfWork, statements: dict[str, str], wanted: Wanted) -> list[Row]:
    values = {"community": uow.community_id, "asked": JSON_ENCODER.encode(wanted)}
    return raw_sql.fetch_rows(uow.connection, statements[uow.engine_name], values)


def _asked_apart(uow: UnitOfWork, wanted: Wanted) -> list[Row]:
    """The same for one entry, each thing by a part of its own: half the work where there are few."""
    values: list[Any] = []
    for several in wanted.values():
        for one in several:
            values += [*one, uow.community_id] if isinstance(one, tuple) else [one, uow.community_id]
    return raw_sql.fetch_rows(uow.connection, _apart(uow.engine_name, tuple(map(len, wanted.values()))), values)


@cache
def _apart(engine_name: str, counts: tuple[int, ...]) -> str:
    parts = [part for part, count in zip(_PARTS, counts, strict=True) for _ in range(count)]
    return raw_sql.with_placeholders(engine_name, " UNION ALL ".join(parts))


_FEW = 12
_PARTS = (
    """SELECT 'entry', e.entry_id, e.idem_scope, e.idem_key, NULL, CAST(NULL AS bigint), e.fingerprint
FROM journal_entry AS e WHERE e.idem_key = ? AND e.idem_scope = ? AND e.community_id = ?""",
    """SELECT 'account', a.account_id, a.chart, a.unit, a.fund, a.owner_id, NULL FROM account AS a
WHERE a.chart = ? AND a.unit = ? AND a.fund = ? AND a.owner_id = ? AND a.community_id = ?""",
    """SELECT 'month', p.period_id, NULL, NULL, NULL, NULL, NULL FROM period AS p
WHERE p.period_id = ? AND p.community_id = ?""",
    """SELECT 'programme', NULL, g.code, NULL, NULL, NULL, NULL FROM programme AS g
WHERE g.code = ? AND g.community_id = ?""",
)
"""What names a key, an account, a month, a programme."""


def _key_row(entry_id: int, scope: str, key: str, mark: bytes) -> KeyRow:
    return KeyRow(entry_id=entry_id, idem_scope=scope, idem_key=key, fingerprint=mark)


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
