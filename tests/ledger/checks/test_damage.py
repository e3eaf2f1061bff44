"""verify on books whose rows were damaged, moved, added or taken away: findings, and never a crash."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import Engine, text

from ledger.checks import Verdict, verify
from ledger.core.errors import ChainBroken
from ledger.database.unit_of_work import read_books, read_for_verify, write_books
from ledger.models.sqlite_authorizer import without_authorizer
from tests.communities.small_community import SLUG
from tests.databases import Filling
from tests.ledger.checks.tampering import guards_dropped, unchecked
from tests.ledger.checks.test_verify import fill

FAR = 2**62
UNHURRIED = pytest.mark.unhurried


def few(engine: Engine) -> None:
    fill(engine, 20)


def few_unguarded(engine: Engine) -> None:
    few(engine)
    guards_dropped(engine)


@pytest.fixture
def books(own_filled: Callable[[Filling], Engine]) -> Engine:
    engine = own_filled(few)
    guards_dropped(engine)
    return engine


@pytest.fixture
def file(sqlite_filled: Callable[[Filling], Engine]) -> Engine:
    """The same in a file, for what only the owner of a file can do."""
    return sqlite_filled(few_unguarded)


def damaged(engine: Engine, *statements: str) -> Verdict:
    """What verify says after these statements, run behind the back of guards, keys and conditions."""
    with unchecked(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    with read_for_verify(engine, SLUG) as unit:
        return verify(unit)


def found(verdict: Verdict) -> list[tuple[str, int | None]]:
    return [(one.check, one.seq) for one in verdict.findings if one.check != "guards"]


def copied(engine: Engine, table: str, number: int, **other: object) -> str:
    """The statement that adds a row of an entry again under another number."""
    with engine.connect() as connection:
        row = connection.execute(text(f"SELECT * FROM {table} LIMIT 1")).mappings().one()
    columns = ", ".join(row.keys())
    values = ", ".join(str(other[name]) if name in other else name for name in row)
    return f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table} WHERE entry_id = {number}"


@pytest.mark.unhurried
@pytest.mark.parametrize(("table", "column"), [("seal", "seq"), ("journal_entry", "entry_id"), ("act", "act_id")])
def test_a_number_far_beyond_the_others_is_found_at_once(file: Engine, table: str, column: str) -> None:
    with file.connect() as connection:
        last = connection.scalar(text(f"SELECT max({column}) FROM {table}"))
    verdict = damaged(file, f"UPDATE {table} SET {column} = {FAR} WHERE {column} = {last}")
    assert found(verdict)[0][1] == last
    assert len(found(verdict)) < 20


def test_several_numbers_that_are_missing_are_named_by_their_first(books: Engine) -> None:
    verdict = damaged(
        books,
        "DELETE FROM seal WHERE seq BETWEEN 6 AND 9",
        "DELETE FROM journal_entry WHERE entry_id BETWEEN 6 AND 9",
        "DELETE FROM posting WHERE entry_id BETWEEN 6 AND 9",
        "DELETE FROM entry_text WHERE entry_id BETWEEN 6 AND 9",
    )
    assert [one for one in found(verdict) if one[0] == "links"] == [("links", 6), ("links", 10)]


@pytest.mark.unhurried
@pytest.mark.parametrize("number", [0, -3])
def test_an_entry_before_the_first_number_is_found(file: Engine, number: int) -> None:
    statements = [
        copied(file, "journal_entry", 6, entry_id=number, idem_key="'again'"),
        copied(file, "posting", 6, entry_id=number),
        copied(file, "entry_text", 6, entry_id=number),
    ]
    assert ("links", number) in found(damaged(file, *statements))


def test_balanced_lines_that_belong_to_no_entry_are_found(books: Engine) -> None:
    verdict = damaged(
        books,
        copied(books, "posting", 6, entry_id=9000),
        "UPDATE balance SET posted = (SELECT sum(amount) FROM posting WHERE posting.account_id = balance.account_id)"
        " WHERE account_id IN (SELECT account_id FROM posting WHERE entry_id = 9000)",
        "UPDATE balance SET last_entry = 9000, last_move = 0"
        " WHERE account_id IN (SELECT account_id FROM posting WHERE entry_id = 9000)",
    )
    assert ("entries", 9000) in found(verdict)


@pytest.mark.unhurried
def test_books_without_their_head_are_checked_but_not_read_or_written(books: Engine) -> None:
    verdict = damaged(books, "DELETE FROM chain_head")
    assert [check for check, _ in found(verdict)] == ["links"]
    with pytest.raises(ChainBroken), read_books(books, SLUG):
        pass
    with pytest.raises(ChainBroken), write_books(books, SLUG):
        pass


def test_a_tail_cut_off_is_found_at_its_first_number(books: Engine) -> None:
    verdict = damaged(
        books,
        "DELETE FROM seal WHERE seq > 20",
        "DELETE FROM act WHERE act_id > 20",
        "DELETE FROM entry_text WHERE entry_id > 20",
        "DELETE FROM posting WHERE entry_id > 20",
        "DELETE FROM journal_entry WHERE entry_id > 20",
        "UPDATE chain_head SET seq = 20, hash = (SELECT hash FROM seal WHERE seq = 20)",
    )
    assert "balances" in {check for check, _ in found(verdict)}


@pytest.mark.unhurried
def test_two_rows_that_changed_places_are_found_at_the_first(books: Engine) -> None:
    verdict = damaged(
        books,
        "UPDATE journal_entry SET entry_id = 8000 WHERE entry_id = 7",
        "UPDATE journal_entry SET entry_id = 7 WHERE entry_id = 8",
        "UPDATE journal_entry SET entry_id = 8 WHERE entry_id = 8000",
    )
    assert found(verdict)[0] == ("links", 7)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE posting SET amount = 9223372036854775807 WHERE entry_id > 5",
        "UPDATE posting SET amount = -9223372036854775807 WHERE entry_id = 6 AND line = 1",
        "UPDATE entry_text SET body = CAST(X'C3FF41' AS TEXT) WHERE entry_id = 6",
        "UPDATE party_text SET body = CAST(X'C3FF41' AS TEXT) WHERE party_id = 2",
        "UPDATE register_row SET body = CAST(X'C3FF41' AS TEXT)",
        "UPDATE act SET facts = '[1]'",
        "UPDATE act SET facts = replace(hex(zeroblob(50000)), '00', '[')",
        'UPDATE act SET facts = \'{"opens":{"party":[[1,[2]]]},"names":[[1,"name"],5],"registers":7}\'',
        "UPDATE seal SET hash = X'', prev_hash = X'', digest = X''",
        "UPDATE chain_head SET hash = X'', seq = -9",
        "DELETE FROM party WHERE party_id = 0",
        "DELETE FROM party",
        "DELETE FROM account",
        "DELETE FROM seal",
        "DELETE FROM act",
        "DELETE FROM posting",
        "DELETE FROM journal_entry",
        "DELETE FROM balance",
        "UPDATE period SET period_id = -period_id",
        "UPDATE journal_entry SET effective_on = '0000-99-99' WHERE entry_id = 6",
    ],
)
def test_whatever_stands_in_the_file_is_a_finding_and_no_crash(file: Engine, statement: str) -> None:
    assert found(damaged(file, statement))


@pytest.mark.parametrize(
    "value", ["NULL", "'word'", *(pytest.param(one, marks=UNHURRIED) for one in ("X'00'", "1e999"))]
)
@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("posting", "amount"),
        ("seal", "hash"),
        ("act", "facts"),
        ("act", "kind"),
        ("entry_text", "mac"),
        ("unit", "scale"),
    ],
)
def test_a_value_of_another_sort_is_found_and_no_crash(file: Engine, table: str, column: str, value: str) -> None:
    loosened(file, table)
    verdict = damaged(file, f"UPDATE {table} SET {column} = {value}")
    assert found(verdict)
    assert value != "NULL" or "shapes" in {check for check, _ in found(verdict)}


def test_a_value_that_no_column_holds_is_named_with_its_list_and_number(file: Engine) -> None:
    for table in ("seal", "unit"):
        loosened(file, table)
    verdict = damaged(
        file,
        "UPDATE seal SET hash = NULL WHERE seq = 6",
        "UPDATE entry_text SET body = CAST(X'C3FF41' AS TEXT) WHERE entry_id = 8",
        "UPDATE unit SET scale = 'word' WHERE code = 'NV'",
    )
    shape = "The list “{}” holds a value that its column cannot hold."
    assert [f"{one.seq} {one.says}" for one in verdict.findings if one.check == "shapes"] == [
        f"6 {shape.format('seal')}",
        f"8 {shape.format('entry_text')}",
        f"None {shape.format('unit')}",
    ]
    assert {one.seq for one in verdict.findings if one.check == "links"} == {6, 7, 8}
    numbers = [one.seq for one in verdict.findings if one.seq is not None]
    assert numbers == sorted(numbers) != sorted(numbers, reverse=True)
    assert (verdict.entries, verdict.postings, verdict.journal) == (20, 40, None)


def test_a_check_that_cannot_go_on_is_named_and_the_others_go_on(file: Engine) -> None:
    verdict = damaged(file, "UPDATE party_text SET body = CAST(X'C3FF41' AS TEXT) WHERE party_id = 2")
    stopped = [f"{one.check}: {one.says}" for one in verdict.findings if one.seq is None and one.check != "guards"]
    assert "links: The check of “links” met a value that it cannot reckon with." in stopped
    assert {one.check for one in verdict.findings if one.seq == 1} == {"names", "shapes"}
    assert [one.seq for one in verdict.findings if one.seq is None] == [one.seq for one in verdict.findings][2:]


def loosened(engine: Engine, table: str) -> None:
    """Make the columns of a table take anything, the way the owner of an SQLite file can."""
    with engine.connect() as connection, without_authorizer(connection):
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA writable_schema=ON")
        driver.execute(
            "UPDATE sqlite_master SET sql = replace(replace(sql, 'STRICT, ', ''), ' NOT NULL,', ',') WHERE name = ?",
            (table,),
        )
        driver.execute("PRAGMA writable_schema=RESET")
    engine.dispose()
