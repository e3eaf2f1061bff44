"""Replays a community's links into another database, in order.

No trigger is disabled: they check every entry and act as usual. An erased text is inserted as a placeholder, which the
act that erased it then erases again.
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

_PLACEHOLDER = {"body": "…", "salt": bytes(32), "erased_act": None}
Progress = Callable[[float], None]


def replay(uow: ReadUnit, connection: Connection, number: int, progress: Progress = lambda _: None) -> None:
    """Write the whole community under the local number `number`, within the caller's transaction."""
    destination = _Destination(connection, number)
    _create_community(uow, destination)
    destination.write(models.agreement, _all_rows(uow, models.agreement))
    for chunk in read_chunks(uow):
        for group in insert_groups(chunk):
            if group[0]["subject"] == hashing.ENTRY:
                _insert_entries(destination, chunk, group)
            else:
                _insert_act(destination, chunk, group[0])
        progress(chunk.seals[-1]["seq"] / uow.at)
    destination.write(models.agreement_move, _all_rows(uow, models.agreement_move))


class _Destination:
    """The target: a connection in a transaction, and the local number of the community there."""

    def __init__(self, connection: Connection, number: int) -> None:
        self.connection, self.number = connection, number

    def write(self, table: Table, rows: Iterable[Row]) -> None:
        """Insert rows with the community's local number."""
        own_rows = [row | {"community_id": self.number} for row in rows]
        if own_rows:
            self.connection.execute(insert(table), own_rows)

    def end_holds(self, hold_ids: list[int], values: dict[str, Any]) -> None:
        """Set the end state of holds."""
        table = models.hold
        conditions = (table.c.community_id == self.number, table.c.hold_id.in_(hold_ids))
        self.connection.execute(update(table).where(*conditions).values(values))


def _create_community(uow: ReadUnit, destination: _Destination) -> None:
    """Insert the community with its uid. PostgreSQL inserts the head by a trigger; on SQLite it is done here."""
    set_community(destination.connection, destination.number)
    destination.write(models.community, [{"uid": uow.uid, "slug": uow.slug}])
    head = select(models.chain_head.c.seq).where(models.chain_head.c.community_id == destination.number)
    if destination.connection.scalar(head) is None:
        destination.write(models.chain_head, [{"hash": hashing.genesis_hash(uow.uid)}])


def _all_rows(uow: ReadUnit, table: Table) -> Iterator[Row]:
    query = select(table).where(table.c.community_id == uow.community_id).order_by(*table.primary_key)
    yield from (dict(row) for row in uow.connection.execute(query).mappings())


def insert_groups(chunk: Chunk) -> Iterator[list[Row]]:
    """Links to insert together: consecutive entries that settle no hold; every other link alone."""
    group: list[Row] = []
    for seal in chunk.seals:
        is_groupable = seal["subject"] == hashing.ENTRY and seal["seq"] not in chunk.settled_holds
        if group and not is_groupable:
            yield group
            group = []
        if is_groupable:
            group.append(seal)
        else:
            yield [seal]
    if group:
        yield group


def _insert_entries(destination: _Destination, chunk: Chunk, group: list[Row]) -> None:
    for table, _ in ENTRY_PARTS:
        destination.write(table, [_with_placeholder(row) for seal in group for row in chunk.of(table, seal["seq"])])
    for seal in group:
        if seal["seq"] in chunk.settled_holds:
            destination.end_holds(chunk.settled_holds[seal["seq"]], {"state": "settled", "entry_id": seal["seq"]})
    destination.write(models.seal, group)


def _insert_act(destination: _Destination, chunk: Chunk, seal: Row) -> None:
    row, facts = chunk.act(seal["seq"])
    identities = {table: _identity_rows(facts, table, columns) for table, columns in IDENTITIES.items()}
    destination.write(models.party, identities.pop("party"))  # the act may be entered by someone it opens
    destination.write(models.act, [row])
    for table, rows in identities.items():
        destination.write(getattr(models, table), rows)
    for part, _ in act_parts():
        destination.write(part, [_with_placeholder(part_row) for part_row in chunk.of(part, seal["seq"])])
    _insert_holds(destination, row, facts)
    destination.write(models.seal, [seal])


def _identity_rows(facts: dict[str, Any], table: str, columns: tuple[str, ...]) -> list[Row]:
    return [dict(zip(columns, values, strict=True)) for values in facts.get("opens", {}).get(table, [])]


def _insert_holds(destination: _Destination, row: Row, facts: dict[str, Any]) -> None:
    """Insert the holds of the act and end those that it ended; holds settled by an entry end with the entry."""
    columns = ("hold_id", "account_id", "amount", "entered_by", "expires_at")
    holds = [dict(zip(columns, values, strict=True)) for values in facts.get("holds", [])]
    destination.write(models.hold, [hold | {"recorded_at": row["recorded_at"]} for hold in holds])
    for hold_id, state, entry_id in facts.get("ended", []):
        if entry_id is None:
            destination.end_holds([hold_id], {"state": state})


def _with_placeholder(row: Row) -> Row:
    return row | _PLACEHOLDER if "body" in row and "erased_act" in row and row["body"] is None else row
