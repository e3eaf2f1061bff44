"""The `record` act: adds accounts, funds, parties, months, names, register rows and holds, for verify to replay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, astuple, dataclass
from typing import Any

from sqlalchemy import Table, func, insert, select, update

from ledger import models
from ledger.chain import hashing
from ledger.database.unit_of_work import WriteUnit

IDENTITIES: dict[str, tuple[str, ...]] = {
    "party": ("party_id", "kind"),
    "unit": ("code", "kind", "scale"),
    "fund": ("code",),
    "chart_line": ("code", "class"),
    "programme": ("code",),
    "decision": ("decision_id", "code"),
    "period": ("period_id",),
    "account": ("account_id", "chart", "unit", "fund", "owner_id"),
}
"""The columns of each identity table, as in the act's facts; tables in the order of their foreign keys."""
_ID_COLUMNS = {"party": "party_id", "decision": "decision_id", "account": "account_id", "hold": "hold_id"}


@dataclass(frozen=True, kw_only=True)
class NewIdentities:
    """The identities that a `record` act adds, as plain rows in the order of IDENTITIES."""

    parties: Sequence[tuple[int, str]] = ()
    units: Sequence[tuple[str, str, int]] = ()
    funds: Sequence[str] = ()
    chart_lines: Sequence[tuple[str, str]] = ()
    programmes: Sequence[str] = ()
    decisions: Sequence[tuple[int, str]] = ()
    periods: Sequence[int] = ()
    accounts: Sequence[tuple[int, str, str, str, int]] = ()

    def rows(self) -> dict[str, list[list[Any]]]:
        """The rows by table, without empty tables."""
        by_table: dict[str, list[list[Any]]] = {
            "party": [list(row) for row in self.parties],
            "unit": [list(row) for row in self.units],
            "fund": [[code] for code in self.funds],
            "chart_line": [list(row) for row in self.chart_lines],
            "programme": [[code] for code in self.programmes],
            "decision": [list(row) for row in self.decisions],
            "period": [[number] for number in self.periods],
            "account": [list(row) for row in self.accounts],
        }
        return {table: rows for table, rows in by_table.items() if rows}


@dataclass(frozen=True)
class NameRow:
    """An erasable name of a party: part `name`, or `user` for the sign-in name."""

    party_id: int
    part: str
    body: str


@dataclass(frozen=True)
class RegisterRow:
    """A new version of a register row; a body of None removes it."""

    register: str
    key: str
    body: dict[str, Any] | None

    @property
    def stored(self) -> str | None:
        """The body as the JSON text that is stored and hashed."""
        return None if self.body is None else hashing.canonical_facts(self.body)


@dataclass(frozen=True)
class HoldRow:
    """A hold: a reserved amount in an account, with the sign that its posting will have."""

    hold_id: int
    account_id: int
    amount: int
    entered_by: int
    expires_at: str | None = None


@dataclass(frozen=True)
class HoldEnd:
    """How a hold ended: settled by an entry, voided, or expired."""

    hold_id: int
    state: str
    entry_id: int | None = None


def next_id(uow: WriteUnit, table: str) -> int:
    """The next free id in the table `party`, `decision`, `account` or `hold`."""
    id_table: Table = getattr(models, table)
    column = id_table.c[_ID_COLUMNS[table]]
    highest = uow.connection.scalar(select(func.max(column)).where(id_table.c.community_id == uow.community_id))
    return 1 if highest is None else int(highest) + 1


def record(
    uow: WriteUnit,
    *,
    entered_by: int,
    opens: NewIdentities | None = None,
    names: Sequence[NameRow] = (),
    rows: Sequence[RegisterRow] = (),
    holds: Sequence[HoldRow] = (),
    ended: Sequence[HoldEnd] = (),
    decision_id: int | None = None,
) -> int | None:
    """Write one `record` act: new identities, names, register rows, holds and ended holds. None if all are empty.

    Gives the act's number. The act's facts contain the identities, the MACs of the names, the holds and a digest of the
    register rows, so that all these rows are bound into the chain.
    """
    opened = (opens or NewIdentities()).rows()
    if not (opened or names or rows or holds or ended):
        return None
    act_id = uow.head.seq + 1
    name_rows = [_name_row(uow, act_id, name) for name in names]
    facts = {
        "opens": opened,
        "names": [[row["party_id"], row["part"], row["mac"].hex()] for row in name_rows],
        "registers": registers_digest([(row.register, row.key, row.stored) for row in rows]),
        **_hold_facts(holds, ended),
    }
    _insert(uow, "party", opened.get("party", []))  # the act may be entered by someone it opens
    with hashing.recording_act(uow, "record", entered_by=entered_by, facts=facts, decision_id=decision_id):
        for table in IDENTITIES:
            if table != "party":
                _insert(uow, table, opened.get(table, []))
        _insert_rows(uow, models.party_text, name_rows)
        _insert_rows(uow, models.register_row, [_register_row(uow, act_id, row) for row in rows])
        _insert_rows(uow, models.hold, [_hold_row(uow, row) for row in holds])
        _end_holds(uow, ended)
    return act_id


def _hold_facts(holds: Sequence[HoldRow], ended: Sequence[HoldEnd]) -> dict[str, list[list[Any]]]:
    """The holds as facts; empty lists are left out."""
    lists = {"holds": [list(astuple(row)) for row in holds], "ended": [list(astuple(end)) for end in ended]}
    return {name: rows for name, rows in lists.items() if rows}


def _hold_row(uow: WriteUnit, row: HoldRow) -> dict[str, Any]:
    return {"community_id": uow.community_id, "recorded_at": uow.now, **asdict(row)}


def _end_holds(uow: WriteUnit, ended: Sequence[HoldEnd]) -> None:
    """End the holds that are not settled by an entry; those end when the entry is posted."""
    table = models.hold.c
    for state in sorted({end.state for end in ended if end.entry_id is None}):
        hold_ids = [end.hold_id for end in ended if end.state == state]
        conditions = (table.community_id == uow.community_id, table.hold_id.in_(hold_ids))
        uow.connection.execute(update(models.hold).where(*conditions).values(state=state))


def registers_digest(rows: Sequence[tuple[str, str, str | None]]) -> str | None:
    """SHA-256 in hex over register rows sorted by register and key; None for no rows."""
    return (
        hashing.sha256(hashing.canonical_json([list(row) for row in sorted(rows, key=lambda row: row[:2])])).hex()
        if rows
        else None
    )


def _insert(uow: WriteUnit, table: str, rows: list[list[Any]]) -> None:
    _insert_rows(
        uow,
        getattr(models, table),
        [{"community_id": uow.community_id, **dict(zip(IDENTITIES[table], row, strict=True))} for row in rows],
    )


def _insert_rows(uow: WriteUnit, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        uow.connection.execute(insert(table), rows)


def _name_row(uow: WriteUnit, act_id: int, name: NameRow) -> dict[str, Any]:
    salt = hashing.new_salt()
    return {
        "community_id": uow.community_id,
        "party_id": name.party_id,
        "part": name.part,
        "act_id": act_id,
        "mac": hashing.name_mac(salt, uow.uid, name.party_id, act_id, name.part, name.body),
        "salt": salt,
        "body": name.body,
    }


def _register_row(uow: WriteUnit, act_id: int, row: RegisterRow) -> dict[str, Any]:
    return {
        "community_id": uow.community_id,
        "register": row.register,
        "key": row.key,
        "act_id": act_id,
        "body": row.stored,
    }
