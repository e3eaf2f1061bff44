"""Books to attack: a small community, and a poster that lets a test spoil the rows before they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, event, insert, text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from ledger import models
from ledger.chain import hashing
from ledger.chain.record_acts import HoldRow, NameRow, NewIdentities, RegisterRow, record
from ledger.checks import verify
from ledger.core.periods import Month
from ledger.database.unit_of_work import WriteUnit, open_for_writing, read_books, set_community, write_transaction
from ledger.journal.snapshots import close_month
from ledger.models.sqlite_authorizer import without_authorizer

FOREIGN_KEY = "foreign key|FOREIGN KEY"
NOT_THIS_LOGIN = "permission denied|row-level security"
TIME, BANK, SALES, EMERGENCY = (1, 2, 3, 4), 10, 11, 12
ORDER = ("journal_entry", "entry_text", "posting", "seal")
KEYS, COMMUNITIES = count(1), count(1)

Row = dict[str, Any]
Rows = dict[str, list[Row]]
LEAVES = {
    **{number: ("T2000", "min", "TB", number + 1) for number in TIME},
    BANK: ("1000", "EUR", "GEN", 0),
    SALES: ("4110", "EUR", "GEN", 0),
    EMERGENCY: ("1000", "EUR", "EMF", 0),
}
OPENS = NewIdentities(
    parties=[(0, "community"), (1, "system"), *((party, "member") for party in (2, 3, 4, 5))],
    units=[("min", "time", 0), ("EUR", "money", 2)],
    funds=["TB", "GEN", "EMF"],
    chart_lines=[("T2000", "LIABILITY"), ("1000", "ASSET"), ("4110", "INCOME")],
    programmes=["GARDEN"],
    decisions=[(1, "A-01")],
    periods=[202600 + month for month in range(1, 13)],
    accounts=[(number, *leaf) for number, leaf in LEAVES.items()],
)
AGREE = "INSERT INTO agreement VALUES (:c, 1, 'claim', 'open', '{}', '2026-01-01T00:00:00.000Z')"
MOVE = (
    "INSERT INTO agreement_move (community_id, agreement_id, move_no, to_state, moved_by, moved_at, idem_scope, "
    "idem_key, fingerprint) VALUES (:c, 1, 1, 'open', 2, '2026-01-01T00:00:00.000Z', 'form', 'key', :print)"
)
HOLD = (
    "INSERT INTO hold (community_id, hold_id, account_id, amount, entered_by, recorded_at) "
    "VALUES (:c, :number, :account, :amount, 0, '2026-01-01T00:00:00.000Z')"
)


@dataclass(frozen=True)
class Entry:
    """An entry to post: lines of (account, amount, programme, quantity), and whatever its header says otherwise."""

    lines: tuple[tuple[Any, ...], ...]
    header: Mapping[str, Any] = field(default_factory=dict)


def entry(*lines: tuple[Any, ...], **header: Any) -> Entry:
    return Entry(lines, header)


@contextmanager
def switched(engine: Engine, pragma: str, usual: str) -> Iterator[Connection]:
    """Give a connection on which a switch of SQLite's is not where the books want it."""
    with engine.connect() as connection, without_authorizer(connection):
        driver: Any = connection.connection.driver_connection
        driver.execute(f"PRAGMA {pragma}")
        try:
            yield connection
        finally:
            connection.rollback()
            driver.execute(f"PRAGMA {usual}")


def refused(*signs: str) -> pytest.RaisesExc[IntegrityError | ProgrammingError]:
    """Say that the database refuses what follows, by one of these signs, or because the login may not do it at all."""
    return pytest.raises((IntegrityError, ProgrammingError), match="|".join((*signs, NOT_THIS_LOGIN)))


def _inside(connection: Connection) -> None:
    """Put whoever writes SQL of their own inside the community that the attack is about."""
    if "inside" in connection.get_execution_options():
        set_community(connection, connection.get_execution_options()["inside"])


class Books:
    """A community with one act (1) and two entries (2: 90 minutes, 3: 50 EUR), and a row in every table."""

    def __init__(self, engine: Engine) -> None:
        self.number = next(COMMUNITIES)
        if "inside" not in engine.get_execution_options() and not event.contains(engine, "begin", _inside):
            event.listen(engine, "begin", _inside)
        self.engine = engine.execution_options(inside=self.number)
        self.unsaid: set[str] = set()
        self.sqlite = engine.dialect.name == "sqlite"
        self.uid, self.slug = f"0192f0c4-7c1e-7b3a-9d52-{self.number:012x}", f"community-{self.number}"
        with write_transaction(self.engine) as connection:
            connection.execute(
                insert(models.community), {"community_id": self.number, "uid": self.uid, "slug": self.slug}
            )
            if self.sqlite:
                head = {"community_id": self.number, "hash": hashing.genesis_hash(self.uid)}
                connection.execute(insert(models.chain_head), head)
            unit = open_for_writing(connection, self.slug)
            rows = [RegisterRow("policy", "k", {"value": 5})]
            names = [NameRow(2, "name", "Ana"), NameRow(3, "name", "Bea")]
            record(unit, entered_by=0, opens=OPENS, names=names, rows=rows, holds=[HoldRow(1, 4, 5, 0)])
            self.run(AGREE, connection)
            self.run(MOVE, connection, print=b"f" * 32)
        self.post(entry((1, 90), (2, -90)), entry((BANK, 5000), (SALES, -5000)))

    @contextmanager
    def transaction(self, connection: Connection | None = None) -> Iterator[Connection]:
        """Begin one, or stay in the one that is open."""
        if connection is not None:
            yield connection
            return
        with self.engine.begin() as opened:
            yield opened

    def run(self, sql: str, connection: Connection | None = None, **values: Any) -> Any:
        """Run raw SQL in which :c is this community; give the rows, or how many it changed."""
        with self.transaction(connection) as opened:
            result = opened.execute(text(sql), {"c": self.number, **values})
            return [tuple(row) for row in result] if result.returns_rows else result.rowcount

    def insert(self, connection: Connection, table: str, rows: list[Row]) -> None:
        """Insert rows by one statement, as a batch does."""
        if rows:
            connection.execute(insert(getattr(models, table)).values(rows))

    def post(
        self,
        *entries: Entry,
        spoil: Callable[[Rows], object] | None = None,
        tables: tuple[str, ...] = ORDER,
        connection: Connection | None = None,
    ) -> int:
        """Write entries, well chained, after `spoil` had its way with their rows; give the last number."""
        with self.transaction(connection) as opened:
            unit = self.unit(opened)
            rows = self.rows(unit, entries)
            number = int(rows["seal"][-1]["seq"])
            if spoil:
                spoil(rows)
            for table in tables:
                self.insert(opened, table, rows[table])
        return number

    def unit(self, connection: Connection) -> WriteUnit:
        """Hold the head, as every honest writer does first."""
        return open_for_writing(connection, self.slug)

    def rows(self, unit: WriteUnit, entries: tuple[Entry, ...]) -> Rows:
        """Give the rows of entries, chained from the head."""
        made: Rows = {table: [] for table in ORDER}
        previous = unit.head.hash
        for seq, one in enumerate(entries, unit.head.seq + 1):
            header = self._header(unit, seq, one)
            salt = hashing.new_salt()
            mac = hashing.text_mac(salt, self.uid, seq, "narration", "Weeding")
            words = {"community_id": self.number, "entry_id": seq, "part": "narration", "mac": mac, "salt": salt}
            lines = [self._line(header, line, *values) for line, values in enumerate(one.lines, 1)]
            digest = hashing.entry_digest(self.uid, header, [("narration", mac)], lines, LEAVES)
            link = hashing.seal_row(unit, seq, hashing.ENTRY, digest, previous)
            previous = link["hash"]
            made["journal_entry"].append(header)
            made["entry_text"].append({**words, "body": "Weeding"})
            made["posting"] += lines
            made["seal"].append(link)
        return made

    def _header(self, unit: WriteUnit, seq: int, one: Entry) -> Row:
        day = one.header.get("effective_on", "2026-03-05")
        absent = "about_on on_behalf_of confirmed_by decision_id reverses corrects agreement_id document".split()
        return {
            "community_id": self.number,
            "entry_id": seq,
            "kind": "hours",
            "family": "exchange",
            "effective_on": day,
            "period_id": int(day[:4]) * 100 + int(day[5:7]),
            "recorded_at": unit.now,
            "entered_by": 2,
            **dict.fromkeys(absent),
            "privacy": "members",
            "idem_scope": "form",
            "idem_key": f"key-{next(KEYS)}",
            "fingerprint": hashing.sha256(b"request"),
            "facts": "{}",
            **one.header,
        }

    def _line(
        self,
        header: Row,
        line: int,
        account: int,
        amount: int,
        programme: str | None = None,
        quantity: tuple[int | None, str | None, str | None] = (None, None, None),
    ) -> Row:
        return {
            "community_id": self.number,
            "entry_id": header["entry_id"],
            "line": line,
            "account_id": account,
            "unit": LEAVES[account][1],
            "fund": LEAVES[account][2],
            "effective_on": header["effective_on"],
            "period_id": header["period_id"],
            "programme": programme,
            "amount": amount,
            **dict(zip(("quantity_milli", "quantity_unit", "method"), quantity, strict=True)),
        }

    @contextmanager
    def acting(
        self, kind: str, connection: Connection | None = None, facts: Mapping[str, Any] | None = None, **targets: int
    ) -> Iterator[tuple[Connection, int]]:
        """Write an act, run the block while it has no seal yet, then seal it."""
        with self.transaction(connection) as opened:
            unit = self.unit(opened)
            with hashing.recording_act(unit, kind, entered_by=2, facts=facts or {}, **targets) as number:
                yield opened, number

    def act(self, kind: str, facts: Mapping[str, Any] | None = None, **targets: int) -> int:
        """Write and seal an act; give its number."""
        with self.acting(kind, None, facts, **targets) as (_, number):
            return number

    def close(self, month: int) -> int:
        """Close a month as the books do, with its balances; give the number of the act."""
        with self.transaction() as opened:
            return close_month(self.unit(opened), Month.from_id(month), entered_by=2)

    def limit(self, account: int, floor: int | None, ceiling: int | None) -> int:
        return self.act("limits", {"floor": floor, "ceiling": ceiling}, account_id=account)

    def hold(self, account: int, amount: int, connection: Connection | None = None) -> None:
        """Keep room by hand, without an act that says so; `verify` finds that."""
        self.run(HOLD, connection, number=2, account=account, amount=amount)
        self.unsaid = {"holds", "balances"}

    def balance(self, account: int) -> int:
        sql = "SELECT posted FROM balance WHERE community_id = :c AND account_id = :account"
        return int(self.run(sql, account=account)[0][0])

    def findings(self) -> list[str]:
        """Say what `verify` finds in this community."""
        with read_books(self.engine, self.slug) as unit:
            return [f"{finding.check}: {finding.seq}" for finding in verify(unit).findings]
