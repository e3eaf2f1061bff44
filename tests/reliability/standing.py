"""What stands in a database, by plain SQL: no acknowledged entry lost, none twice, none half there."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine

from tests.reliability.onlooker import rows

HALF = (
    "SELECT e.entry_id FROM journal_entry e LEFT JOIN seal s ON s.community_id = e.community_id AND s.seq = e.entry_id "
    "WHERE s.seq IS NULL OR 2 > (SELECT count(*) FROM posting p WHERE p.community_id = e.community_id "
    "AND p.entry_id = e.entry_id) OR 0 <> (SELECT sum(p.amount) FROM posting p WHERE "
    "p.community_id = e.community_id AND p.entry_id = e.entry_id)"
)
LOOSE = (
    "SELECT 'line', p.entry_id FROM posting p LEFT JOIN seal s ON s.community_id = p.community_id "
    "AND s.seq = p.entry_id WHERE s.seq IS NULL UNION ALL SELECT 'words', t.entry_id FROM entry_text t "
    "LEFT JOIN seal s ON s.community_id = t.community_id AND s.seq = t.entry_id WHERE s.seq IS NULL"
)
LINKS = (
    "SELECT h.seq, count(*), max(s.seq) FROM chain_head h JOIN seal s ON s.community_id = h.community_id "
    "GROUP BY h.community_id, h.seq"
)


def entries(engine: Engine) -> dict[str, int]:
    """Give the number of every entry by its key."""
    found = rows(engine, "SELECT idem_key, entry_id FROM journal_entry")
    there: dict[str, int] = dict(found)
    assert len(there) == len(found), "one key stands twice"
    return there


def lost(engine: Engine, acknowledged: Mapping[str, int]) -> list[str]:
    """Name the acknowledged keys that the books do not hold under the number that was said."""
    there = entries(engine)
    return [
        f"{key}: {there.get(key)}, not {number}" for key, number in acknowledged.items() if there.get(key) != number
    ]


def halves(engine: Engine) -> list[str]:
    """Name what is there in part only."""
    found = [f"entry {number}" for (number,) in rows(engine, HALF)]
    found += [f"{what} of {number}" for what, number in rows(engine, LOOSE)]
    for head, count, last in rows(engine, LINKS):
        if not head == count == last:
            found.append(f"head {head}, {count} links, last {last}")
    return found
