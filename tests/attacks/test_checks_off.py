"""SQLite's checks can be switched off on a connection; such a connection cannot write in the books."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest
from sqlalchemy import CheckConstraint, Engine
from sqlalchemy.exc import DBAPIError

from ledger import models
from ledger.models.sqlite_authorizer import without_authorizer
from tests.attacks.books import AGREE, HOLD, MOVE, ORDER, Books, Row, entry, refused, switched

FOREIGN = ("foreign_keys=OFF", "foreign_keys=ON")
CHECKS = ("ignore_check_constraints=ON", "ignore_check_constraints=OFF")
switches = pytest.mark.parametrize("switch", [FOREIGN, CHECKS], ids=["foreign keys", "conditions"])
HELP = entry((1, 5), (2, -5))


@switches
@pytest.mark.parametrize("tables", [ORDER, ORDER[:1]], ids=["whole", "unsealed"])
def test_no_entry_is_posted_unchecked(sqlite_books: Books, switch: tuple[str, str], tables: tuple[str, ...]) -> None:
    with switched(sqlite_books.engine, *switch) as connection, refused("checks-off"), connection.begin():
        sqlite_books.post(HELP, connection=connection, tables=tables)


@pytest.mark.parametrize("last", range(1, len(ORDER) + 1))
def test_conditions_switched_off_half_way_are_noticed(sqlite_books: Books, last: int) -> None:
    with switched(sqlite_books.engine, CHECKS[1], CHECKS[1]) as connection, refused("checks-off"), connection.begin():
        unit = sqlite_books.unit(connection)
        rows = sqlite_books.rows(unit, (HELP,))
        for place, table in enumerate(ORDER, 1):
            if place == last:
                connection.exec_driver_sql(f"PRAGMA {CHECKS[0]}")
            sqlite_books.insert(connection, table, rows[table])


WRONG: list[tuple[str, Row]] = [
    ("posting", {"line": 0}),
    ("posting", {"amount": 0}),
    ("posting", {"amount": 10**15 + 1}),
    ("posting", {"quantity_milli": 10**15 + 1, "quantity_unit": "kWh", "method": "metered"}),
    ("posting", {"quantity_milli": 1, "quantity_unit": "", "method": "metered"}),
    ("posting", {"quantity_milli": 1, "quantity_unit": "kWh", "method": "guessed"}),
    ("posting", {"quantity_milli": 1}),
    ("posting", {"quantity_milli": 1, "quantity_unit": "kWh"}),
    ("posting", {"period_id": 202602}),
    ("entry_text", {"part": "joke"}),
    ("entry_text", {"mac": b"short"}),
    ("entry_text", {"salt": b"short"}),
    ("entry_text", {"salt": None}),
    ("entry_text", {"erased_act": 1}),
]


@pytest.mark.parametrize(("table", "wrong"), WRONG)
def test_no_wrong_line_slips_in_while_conditions_are_off(sqlite_books: Books, table: str, wrong: Row) -> None:
    with switched(sqlite_books.engine, CHECKS[1], CHECKS[1]) as connection, refused("checks-off"), connection.begin():
        rows = sqlite_books.rows(sqlite_books.unit(connection), (HELP,))
        rows[table][0] |= wrong
        for each in ORDER:
            connection.exec_driver_sql(f"PRAGMA {CHECKS[0 if each == table else 1]}")
            sqlite_books.insert(connection, each, rows[each])


@pytest.mark.parametrize("table", ["posting", "entry_text"])
def test_a_guard_that_repeats_conditions_repeats_all_of_them(sqlite_books: Books, table: str) -> None:
    rules = [one for one in models.metadata.tables[table].constraints if isinstance(one, CheckConstraint)]
    said = "SELECT sql FROM sqlite_master WHERE name = ?"
    with sqlite_books.engine.connect() as connection:
        ((guard,),) = connection.exec_driver_sql(said, (f"{table}_insert",)).all()
        ((whole,),) = connection.exec_driver_sql(said, (table,)).all()
    here = [str(rule.sqltext) for rule in rules if str(rule.sqltext) in whole]
    assert len(here) == whole.count("CHECK")
    assert [words for words in here if one_by_one(words) not in guard.replace("NEW.", "")] == []


def one_by_one(words: str) -> str:
    """Write a list behind IN as the guards do, value by value."""
    return re.sub(
        r"(\w+) IN \(([^)]*)\)", lambda m: f"({' OR '.join(f'{m[1]} = {v}' for v in m[2].split(', '))})", words
    )


ROWS: dict[str, Row] = {
    "party": {"party_id": 9, "kind": "member"},
    "unit": {"code": "X", "kind": "time", "scale": 0},
    "fund": {"code": "X"},
    "chart_line": {"code": "X", "class": "ASSET"},
    "programme": {"code": "X"},
    "decision": {"decision_id": 9, "code": "X"},
    "account": {"account_id": 99, "chart": "X", "unit": "X", "fund": "X", "owner_id": 77},
    "period": {"period_id": 203001},
    "period_balance": {"act_id": 9, "account_id": 1, "opening": 0, "movement": 1, "closing": 1},
    "period_movement": {"act_id": 9, "account_id": 1, "programme": "X", "movement": 1},
    "standing": {"standing_no": 1, "state": "open", "about": "", "since": "2026-01-01T00:00:00.000Z"},
    "act": {"act_id": 9, "kind": "x", "entered_by": 0, "recorded_at": "2026-01-01T00:00:00.000Z"},
}


@switches
@pytest.mark.parametrize("table", ROWS)
def test_no_row_is_added_unchecked(sqlite_books: Books, switch: tuple[str, str], table: str) -> None:
    with switched(sqlite_books.engine, *switch) as connection, refused("checks-off"), connection.begin():
        sqlite_books.insert(connection, table, [{"community_id": sqlite_books.number, **ROWS[table]}])


UNCHECKED = {
    "an agreement": AGREE.replace(":c, 1", ":c, 2"),
    "a move": MOVE.replace("1, 1, 'open'", "1, 2, 'open'"),
    "a hold": HOLD,
    "a community": "INSERT INTO community VALUES (99999, 'X', 'x')",
    "a head": "INSERT INTO chain_head (community_id, hash) VALUES (99999, zeroblob(32))",
    "a slug": "UPDATE community SET slug = '' WHERE community_id = :c",
    "a state": "UPDATE agreement SET state = '' WHERE community_id = :c",
    "an end": "UPDATE hold SET state = 'gone' WHERE community_id = :c",
}


@switches
@pytest.mark.parametrize("sql", UNCHECKED.values(), ids=UNCHECKED.keys())
def test_nothing_else_is_written_unchecked(sqlite_books: Books, switch: tuple[str, str], sql: str) -> None:
    values: dict[str, Any] = {"number": 2, "account": 99, "amount": 5, "print": b"f" * 32}
    with switched(sqlite_books.engine, *switch) as connection, refused("checks-off"), connection.begin():
        sqlite_books.run(sql, connection, **{name: value for name, value in values.items() if f":{name}" in sql})


def test_every_table_is_tried(sqlite_field: Engine) -> None:
    tried = {*ROWS, *ORDER, "agreement", "agreement_move", "hold", "community", "chain_head"}
    assert models.metadata.tables.keys() - tried == {"balance", "register_row", "party_text"}


def test_a_swallowed_condition_does_not_pass_a_limit(sqlite_books: Books) -> None:
    sqlite_books.limit(1, -100, 100)
    with refused("over-limit"), sqlite_books.engine.begin() as connection:
        rows = sqlite_books.rows(sqlite_books.unit(connection), (entry((1, 50), (2, -50)),))
        for table in ORDER[:3]:
            sqlite_books.insert(connection, table, rows[table])
        names = ", ".join(rows["seal"][0])
        values = ", ".join(f":{name}" for name in rows["seal"][0])
        sqlite_books.run(f"INSERT OR IGNORE INTO seal ({names}) VALUES ({values})", connection, **rows["seal"][0])


def test_a_swallowed_condition_does_not_set_limits_that_cross(sqlite_books: Books) -> None:
    act = (
        "INSERT OR IGNORE INTO act (community_id, act_id, kind, account_id, entered_by, recorded_at, facts) "
        "VALUES (:c, 4, 'limits', 1, 0, '2026-01-01T00:00:00.000Z', :facts)"
    )
    with refused("limits-guard"):
        sqlite_books.run(act, facts='{"ceiling":1,"floor":2}')


REBUILT = {
    "a trigger goes": "DROP TRIGGER posting_frozen",
    "a table goes": "DROP TABLE posting",
    "a table is called otherwise": "ALTER TABLE posting RENAME TO other",
    "an index goes": "DROP INDEX hold_open",
    "a trigger more": "CREATE TRIGGER more BEFORE INSERT ON seal BEGIN SELECT RAISE(IGNORE); END",
    "a table that hides another": "CREATE TEMPORARY TABLE seal (community_id INTEGER, seq INTEGER)",
    "another file": "ATTACH ':memory:' AS other",
    "no foreign keys": f"PRAGMA {FOREIGN[0]}",
    "no conditions": f"PRAGMA {CHECKS[0]}",
    "no triggers within triggers": "PRAGMA recursive_triggers = 0",
    "the schema as rows": "PRAGMA writable_schema = ON",
    "another schema number": "PRAGMA schema_version = 7",
    "written when it is written": "PRAGMA synchronous = OFF",
    "the schema by hand": "DELETE FROM sqlite_master",
}


@pytest.mark.parametrize("sql", REBUILT.values(), ids=REBUILT.keys())
def test_a_connection_to_the_books_rebuilds_nothing(sqlite_books: Books, sql: str) -> None:
    with sqlite_books.engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        with pytest.raises(sqlite3.DatabaseError, match=r"not authorized|may not be modified"):
            driver.execute(sql)
        with pytest.raises(DBAPIError, match=r"not authorized|may not be modified"), connection.begin():
            connection.exec_driver_sql(sql)
        sqlite_books.post(HELP, connection=connection)
        connection.commit()
    assert sqlite_books.balance(1) == 95


def test_the_bolts_are_drawn_for_a_migration_only(sqlite_books: Books) -> None:
    drop = REBUILT["a trigger goes"]
    with sqlite_books.engine.connect() as connection:
        with without_authorizer(connection):
            connection.exec_driver_sql(drop)
            connection.rollback()
        with pytest.raises(DBAPIError, match="not authorized"):
            connection.exec_driver_sql(drop)
