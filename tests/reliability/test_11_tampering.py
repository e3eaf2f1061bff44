"""Reliability test 11: whatever the owner of a file changes, takes out, swaps or adds, verify sees and says where."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.exc import DataError, IntegrityError

from ledger import checks, models
from ledger.checks import Verdict, verify
from ledger.checks.total_checks import check_foreign_keys, check_guards, check_invariants, check_shapes
from ledger.database.unit_of_work import Head, ReadUnit, read_for_verify
from tests.communities.small_community import SLUG
from tests.databases import Filling
from tests.ledger.checks.tampering import TABLES, all_values, guards_dropped, unchecked
from tests.ledger.checks.test_verify import fill
from tests.reliability.conftest import Tell

Share = Callable[[int, int], int]
Row = dict[str, Any]
NUMBER = {"journal_entry": "entry_id", "posting": "entry_id", "entry_text": "entry_id", "seal": "seq", "act": "act_id"}
"""Tables whose rows belong to one number in the chain, which a finding has to name."""
WHOLE = 250


def small(engine: Engine) -> None:
    fill(engine, 24)


def large(engine: Engine) -> None:
    fill(engine, WHOLE)


@dataclass
class Forger:
    """Owns the database, with the guards out of the way; every forgery is looked at and then undone."""

    engine: Engine
    connection: Connection
    reading: ReadUnit
    forged: int = 0

    def verdict(self, anchor: tuple[int, str] | None = None) -> Verdict:
        head = self.connection.execute(select(models.chain_head.c.seq, models.chain_head.c.hash)).one_or_none()
        self.reading.head = Head(head[0], bytes(head[1])) if head else Head(0, b"")
        return verify(self.reading, anchor)

    def found(self, *statements: Any, anchor: tuple[int, str] | None = None) -> list[checks.Finding] | None:
        """Say what verify finds after these statements; None where the database does not take them."""
        self.connection.exec_driver_sql("SAVEPOINT forged")
        try:
            for statement in statements:
                self.connection.execute(statement)
            self.forged += 1
            return [one for one in self.verdict(anchor).findings if one.check != "guards"]
        except (IntegrityError, DataError):
            return None
        finally:  # released too: PostgreSQL would keep every one of thousands
            self.connection.exec_driver_sql("ROLLBACK TO SAVEPOINT forged")
            self.connection.exec_driver_sql("RELEASE SAVEPOINT forged")

    def rows(self, name: str) -> list[Row]:
        return [dict(row) for row in self.connection.execute(table(name).select()).mappings()]


def table(name: str) -> Table:
    found: Table = getattr(models, name)
    return found


def at(name: str, row: Row) -> Any:
    """Give the condition that finds one row."""
    return [column == row[column.name] for column in table(name).primary_key]


@contextmanager
def forging(engine: Engine) -> Iterator[Forger]:
    guards_dropped(engine)
    with read_for_verify(engine, SLUG) as known, unchecked(engine) as connection:
        reading = ReadUnit(connection, known.community_id, known.uid, known.slug, known.head)
        yield Forger(engine, connection, reading)


def drawn(rows: list[Row], chance: random.Random, most: int) -> list[Row]:
    return rows if len(rows) <= most else chance.sample(rows, most)


def named(found: list[checks.Finding], name: str, row: Row) -> bool:
    """Whether a finding names the row's number, where it belongs to one; what follows from it may stand elsewhere."""
    return name not in NUMBER or row[NUMBER[name]] in {one.seq for one in found}


def some(chance: random.Random, most: int) -> list[str]:
    """Give every table, or a few where little is asked for."""
    return TABLES if most > 1 else chance.sample(TABLES, 6)


def changed(forger: Forger, chance: random.Random, most: int) -> Iterator[str]:
    """Change every column of the rows drawn; give what was not seen, or not named."""
    for name in some(chance, most):
        for row in drawn(forger.rows(name), chance, most):
            for column, value in all_values(name, row):
                found = forger.found(table(name).update().where(*at(name, row)).values({column: value}))
                is_key = column in table(name).primary_key.columns
                if found is not None and (not found or not (is_key or named(found, name, row))):
                    yield f"{name}.{column} of {row} became {value!r}: {found}"


def deleted(forger: Forger, chance: random.Random, most: int) -> Iterator[str]:
    """Take each row drawn out."""
    for name in some(chance, most):
        for row in drawn(forger.rows(name), chance, most):
            found = forger.found(table(name).delete().where(*at(name, row)))
            if found is not None and (not found or not named(found, name, row)):
                yield f"{name} without {row}: {found}"


def swapped(forger: Forger, chance: random.Random, most: int) -> Iterator[str]:
    """Let two rows of the chain change places."""
    for name in ("journal_entry", "seal"):
        rows, key = forger.rows(name), NUMBER[name]
        for _ in range(most):
            one, other = sorted(chance.sample(rows, 2), key=lambda row: int(row[key]))
            moves = [(one[key], 10**6), (other[key], one[key]), (10**6, other[key])]
            column = table(name).c[key]
            found = forger.found(*(table(name).update().where(column == a).values({key: b}) for a, b in moves))
            if found is not None and (not found or min(f.seq for f in found if f.seq) != one[key]):
                yield f"{name} {one[key]} and {other[key]}: {found}"


def added(forger: Forger, chance: random.Random, most: int) -> Iterator[str]:
    """Add a balanced pair of lines to an entry, and to the balances what they move."""
    line, balance = models.posting, models.balance
    for row in drawn([row for row in forger.rows("posting") if row["line"] == 1], chance, most):
        pair = [row | {"line": 8, "amount": 70}, row | {"line": 9, "amount": -70}]
        found = forger.found(line.insert().values(pair))
        raised = balance.update().where(balance.c.account_id == row["account_id"]).values(posted=balance.c.posted + 70)
        alone = forger.found(line.insert().values([pair[0]]), raised)
        for seen in (found, alone):
            if not seen or not named(seen, "posting", row):
                yield f"a line more in {row['entry_id']}: {seen}"


def cut(forger: Forger, chance: random.Random, most: int) -> Iterator[str]:
    """Cut the tail off, with balances and head as they were: only a head that somebody kept can tell."""
    head = forger.verdict().head
    anchor = (head.seq, head.hash.hex()[:16])
    for seq in chance.sample(range(head.seq // 2, head.seq), min(most, head.seq // 2)):
        found = forger.found(*cutting(forger, seq), anchor=anchor)
        if not found or found[0].seq is None or "anchor" not in {one.check for one in found}:
            yield f"cut after {seq}: {found}"


def cutting(forger: Forger, seq: int) -> Iterator[Any]:
    """Give statements that take everything after a number out and set the balances right again."""
    for name, column in NUMBER.items():
        yield table(name).delete().where(table(name).c[column] > seq)
    for name in ("register_row", "party_text"):
        yield table(name).delete().where(table(name).c.act_id > seq)
    head, seal, balance, line = models.chain_head, models.seal, models.balance, models.posting
    yield head.update().values(seq=seq, hash=select(seal.c.hash).where(seal.c.seq == seq).scalar_subquery())
    mine = line.c.account_id == balance.c.account_id
    yield balance.update().values(
        posted=select(func.coalesce(func.sum(line.c.amount), 0)).where(mine).scalar_subquery(),
        last_entry=select(func.coalesce(func.max(line.c.entry_id), 0)).where(mine).scalar_subquery(),
    )


FORGERIES = (changed, deleted, swapped, added, cut)
BESIDE = (check_guards, check_invariants, check_foreign_keys, check_shapes)
"""Not missed here: the first two look at no row that was forged, the others see what another sees, too."""


@pytest.mark.parametrize("forgery", FORGERIES, ids=lambda forgery: forgery.__name__)
def test_reliability_11_every_forgery_is_seen_and_its_place_named(
    own_filled: Callable[[Filling], Engine],
    forgery: Callable[[Forger, random.Random, int], Iterator[str]],
    seeded: random.Random,
    share: Share,
    tell: Tell,
) -> None:
    rows, filling = share(1, 10**6), (small, large)[share(0, 1)]
    with forging(own_filled(filling)) as forger:
        assert [str(one) for one in forger.verdict().findings if one.check != "guards"] == []
        most = rows if forgery in (changed, deleted) else min(rows, 500)
        assert list(forgery(forger, seeded, most)) == []
        tell(f"{forgery.__name__}: {forger.forged:,} forgeries, all found, their numbers named")


@pytest.mark.slow
@pytest.mark.parametrize("check", [one for one in checks.CHECKS if one not in BESIDE], ids=lambda check: check.__name__)
def test_reliability_11_fails_without_a_check(
    own_filled: Callable[[Filling], Engine],
    check: Callable[..., Any],
    seeded: random.Random,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(checks, "CHECKS", tuple(one for one in checks.CHECKS if one is not check))
    with forging(own_filled(small)) as forger:
        assert any(missed for forgery in FORGERIES for missed in forgery(forger, seeded, 8))
