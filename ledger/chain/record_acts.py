"""Opening: what entries name (leaves, funds, people, months) enters the books by one act, for verify to replay."""

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
"""The columns of each identity table as the act's facts list them; tables in the order of their keys."""
_NUMBERS = {"party": "party_id", "decision": "decision_id", "account": "account_id", "hold": "hold_id"}


@dataclass(frozen=True, kw_only=True)
class NewIdentities:
    """Identities that a `record` act opens, as plain rows in the order of their columns."""

    parties: Sequence[tuple[int, str]] = ()
    units: Sequence[tuple[str, str, int]] = ()
    funds: Sequence[str] = ()
    chart_lines: Sequence[tuple[str, str]] = ()
    programmes: Sequence[str] = ()
    decisions: Sequence[tuple[int, str]] = ()
    periods: Sequence[int] = ()
    accounts: Sequence[tuple[int, str, str, str, int]] = ()

    def rows(self) -> dict[str, list[list[Any]]]:
        """By table, only those that open something."""
        every: dict[str, list[list[Any]]] = {
            "party": [list(row) for row in self.parties],
            "unit": [list(row) for row in self.units],
            "fund": [[code] for code in self.funds],
            "chart_line": [list(row) for row in self.chart_lines],
            "programme": [[code] for code in self.programmes],
            "decision": [list(row) for row in self.decisions],
            "period": [[number] for number in self.periods],
            "account": [list(row) for row in self.accounts],
        }
        return {table: rows for table, rows in every.items() if rows}


@dataclass(frozen=True)
class NameRow:
    """A name of a person or group (part `name`, or `user` for the name they sign in by), erasable."""

    party_id: int
    part: str
    body: str


@dataclass(frozen=True)
class RegisterRow:
    """One row of a register as it stands from now on; a body of None withdraws it."""

    register: str
    key: str
    body: dict[str, Any] | None

    @property
    def stored(self) -> str | None:
        """The body as it is stored and hashed."""
        return None if self.body is None else hashing.canonical_facts(self.body)


@dataclass(frozen=True)
class HoldRow:
    """Room reserved in an account for something that waits, with the sign its posting will have."""

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


def next_id(writing: WriteUnit, table: str) -> int:
    """The next free number of a party, decision, account or hold."""
    rows: Table = getattr(models, table)
    column = rows.c[_NUMBERS[table]]
    highest = writing.connection.scalar(select(func.max(column)).where(rows.c.community_id == writing.community_id))
    return 1 if highest is None else int(highest) + 1


def record(
    writing: WriteUnit,
    *,
    entered_by: int,
    opens: NewIdentities | None = None,
    names: Sequence[NameRow] = (),
    rows: Sequence[RegisterRow] = (),
    holds: Sequence[HoldRow] = (),
    ended: Sequence[HoldEnd] = (),
    decision_id: int | None = None,
) -> int | None:
    """Write one `record` act that opens identities, names people, changes registers; None when there is nothing to do.

    It also reserves room and gives it back. The act's facts spell out the identities, the names' MACs and the holds,
    and hold a digest of the register rows, so every one of these rows is bound into the chain.
    """
    opened = (opens or NewIdentities()).rows()
    if not (opened or names or rows or holds or ended):
        return None
    act_id = writing.head.seq + 1
    named = [_name_row(writing, act_id, name) for name in names]
    facts = {
        "opens": opened,
        "names": [[row["party_id"], row["part"], row["mac"].hex()] for row in named],
        "registers": registers_digest([(row.register, row.key, row.stored) for row in rows]),
        **_held(holds, ended),
    }
    _insert(writing, "party", opened.get("party", []))  # the act may be entered by someone it opens
    with hashing.recording_act(writing, "record", entered_by=entered_by, facts=facts, decision_id=decision_id):
        for table in IDENTITIES:
            if table != "party":
                _insert(writing, table, opened.get(table, []))
        _write(writing, models.party_text, named)
        _write(writing, models.register_row, [_register_row(writing, act_id, row) for row in rows])
        _write(writing, models.hold, [_hold_row(writing, row) for row in holds])
        _end(writing, ended)
    return act_id


def _held(holds: Sequence[HoldRow], ended: Sequence[HoldEnd]) -> dict[str, list[list[Any]]]:
    """The holds as facts; acts that touch none say nothing of them."""
    listed = {"holds": [list(astuple(row)) for row in holds], "ended": [list(astuple(end)) for end in ended]}
    return {name: rows for name, rows in listed.items() if rows}


def _hold_row(writing: WriteUnit, row: HoldRow) -> dict[str, Any]:
    return {"community_id": writing.community_id, "recorded_at": writing.now, **asdict(row)}


def _end(writing: WriteUnit, ended: Sequence[HoldEnd]) -> None:
    """Give the room back; what an entry settled ended with the entry."""
    table = models.hold.c
    for state in sorted({end.state for end in ended if end.entry_id is None}):
        numbers = [end.hold_id for end in ended if end.state == state]
        here = (table.community_id == writing.community_id, table.hold_id.in_(numbers))
        writing.connection.execute(update(models.hold).where(*here).values(state=state))


def registers_digest(rows: Sequence[tuple[str, str, str | None]]) -> str | None:
    """SHA-256, in hex, over register rows in order of register and key; None for none."""
    return (
        hashing.sha256(hashing.canonical_json([list(row) for row in sorted(rows, key=lambda row: row[:2])])).hex()
        if rows
        else None
    )


def _insert(writing: WriteUnit, table: str, rows: list[list[Any]]) -> None:
    _write(
        writing,
        getattr(models, table),
        [{"community_id": writing.community_id, **dict(zip(IDENTITIES[table], row, strict=True))} for row in rows],
    )


def _write(writing: WriteUnit, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        writing.connection.execute(insert(table), rows)


def _name_row(writing: WriteUnit, act_id: int, name: NameRow) -> dict[str, Any]:
    salt = hashing.new_salt()
    return {
        "community_id": writing.community_id,
        "party_id": name.party_id,
        "part": name.part,
        "act_id": act_id,
        "mac": hashing.name_mac(salt, writing.uid, name.party_id, act_id, name.part, name.body),
        "salt": salt,
        "body": name.body,
    }


def _register_row(writing: WriteUnit, act_id: int, row: RegisterRow) -> dict[str, Any]:
    return {
        "community_id": writing.community_id,
        "register": row.register,
        "key": row.key,
        "act_id": act_id,
        "body": row.stored,
    }
