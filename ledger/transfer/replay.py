"""Replay: a community's links written again in another database, in order, by the same steps as at first.

Nothing is put aside: the guards that stand there see every entry and act come in, and refuse what they would refuse
of anybody. Words that were erased go in as a blank, which the act that erased them then takes out again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from ledger import models
from ledger.chain import hashing
from ledger.chain.record_acts import IDENTITIES
from ledger.database.unit_of_work import ReadUnit, set_community
from ledger.transfer.chunks import ENTRY_PARTS, Chunk, Row, act_parts, read_chunks

BLANK = {"body": "…", "salt": bytes(32), "erased_act": None}
Progress = Callable[[float], None]


def replay(reading: ReadUnit, connection: Connection, number: int, progress: Progress = lambda _: None) -> None:
    """Write the whole community again under a number of its own, within the caller's transaction."""
    there = _There(connection, number)
    _found(reading, there)
    there.write(models.agreement, _all(reading, models.agreement))
    for span in read_chunks(reading):
        for run in insert_groups(span):
            if run[0]["subject"] == hashing.ENTRY:
                _entries(there, span, run)
            else:
                _act(there, span, run[0])
        progress(span.seals[-1]["seq"] / reading.at)
    there.write(models.agreement_move, _all(reading, models.agreement_move))


class _There:
    """The destination: a connection that holds a transaction, and the number that the community has there."""

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection, self.number = connection, number

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert rows, as this community's."""
        mine = [row | {"community_id": self.number} for row in rows]
        if mine:
            self.connection.execute(insert(table), mine)

    def end_holds(self, holds: list[int], values: dict[str, Any]) -> None:
        """End holds, all in one way."""
        table = models.hold
        here = (table.c.community_id == self.number, table.c.hold_id.in_(holds))
        self.connection.execute(update(table).where(*here).values(values))


def _found(reading: ReadUnit, there: _There) -> None:
    """The community itself under its lasting name; PostgreSQL makes the head with it, SQLite cannot."""
    set_community(there.connection, there.number)
    there.write(models.community, [{"uid": reading.uid, "slug": reading.slug}])
    head = select(models.chain_head.c.seq).where(models.chain_head.c.community_id == there.number)
    if there.connection.scalar(head) is None:
        there.write(models.chain_head, [{"hash": hashing.genesis_hash(reading.uid)}])


def _all(reading: ReadUnit, table: Table) -> Iterator[Row]:
    query = select(table).where(table.c.community_id == reading.community_id).order_by(*table.primary_key)
    yield from (dict(row) for row in reading.connection.execute(query).mappings())


def insert_groups(span: Chunk) -> Iterator[list[Row]]:
    """Links that go in together: entries that follow one another and settle nothing; each act alone."""
    run: list[Row] = []
    for seal in span.seals:
        joins = seal["subject"] == hashing.ENTRY and seal["seq"] not in span.settled
        if run and not joins:
            yield run
            run = []
        if joins:
            run.append(seal)
        else:
            yield [seal]
    if run:
        yield run


def _entries(there: _There, span: Chunk, run: list[Row]) -> None:
    for table, _ in ENTRY_PARTS:
        there.write(table, [_whole(row) for seal in run for row in span.of(table, seal["seq"])])
    for seal in run:
        if seal["seq"] in span.settled:
            there.end_holds(span.settled[seal["seq"]], {"state": "settled", "entry_id": seal["seq"]})
    there.write(models.seal, run)


def _act(there: _There, span: Chunk, seal: Row) -> None:
    row, facts = span.act(seal["seq"])
    opened = {table: _opened(facts, table, columns) for table, columns in IDENTITIES.items()}
    there.write(models.party, opened.pop("party"))  # the act may be entered by someone it opens
    there.write(models.act, [row])
    for table, rows in opened.items():
        there.write(getattr(models, table), rows)
    for part, _ in act_parts():
        there.write(part, [_whole(one) for one in span.of(part, seal["seq"])])
    _holds(there, row, facts)
    there.write(models.seal, [seal])


def _opened(facts: dict[str, Any], table: str, columns: tuple[str, ...]) -> list[Row]:
    return [dict(zip(columns, values, strict=True)) for values in facts.get("opens", {}).get(table, [])]


def _holds(there: _There, row: Row, facts: dict[str, Any]) -> None:
    """Room that the act kept, and room that it gave back; what an entry settled ended with the entry."""
    columns = ("hold_id", "account_id", "amount", "entered_by", "expires_at")
    kept = [dict(zip(columns, values, strict=True)) for values in facts.get("holds", [])]
    there.write(models.hold, [one | {"recorded_at": row["recorded_at"]} for one in kept])
    for number, state, entry_id in facts.get("ended", []):
        if entry_id is None:
            there.end_holds([number], {"state": state})


def _whole(row: Row) -> Row:
    return row | BLANK if "body" in row and "erased_act" in row and row["body"] is None else row
