"""Up, down and up again on books that are in use; all of a step or nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, inspect
from sqlalchemy.exc import DBAPIError

import migrations
from ledger.models import metadata, triggers
from tests.attacks.books import Books

Make = Callable[[str], Engine]


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def guards_of(engine: Engine) -> frozenset[str]:
    with engine.connect() as connection:
        return triggers.active(connection)


def assert_guarded(engine: Engine) -> None:
    assert guards_of(engine) == triggers.expected(engine.dialect.name)


def test_an_empty_database_is_brought_up_and_says_so(empty_url: str, make: Make) -> None:
    engine = make(empty_url)
    assert (migrations.current_step(engine), migrations.is_current(engine)) == (None, False)
    migrations.upgrade(engine)
    assert (migrations.current_step(engine), migrations.is_current(engine)) == (
        migrations.steps().get_current_head(),
        True,
    )
    assert metadata.tables.keys() <= tables(engine)


def test_books_in_use_go_down_to_nothing_and_up_again(own_engine: Engine) -> None:
    for _ in range(2):
        assert Books(own_engine).findings() == []
        migrations.downgrade(own_engine, "base")
        assert tables(own_engine) <= {"alembic_version"}
        migrations.upgrade(own_engine)
        assert_guarded(own_engine)


def test_each_step_goes_down_and_up_with_the_books_in_use(own_engine: Engine) -> None:
    books = Books(own_engine)
    for step in list(migrations.steps().walk_revisions())[:-1]:
        above = guards_of(own_engine)
        migrations.downgrade(own_engine, str(step.down_revision))
        below = guards_of(own_engine)
        migrations.upgrade(own_engine, step.revision)
        assert guards_of(own_engine) == above >= below
        migrations.downgrade(own_engine, str(step.down_revision))
        assert guards_of(own_engine) == below
    migrations.upgrade(own_engine)
    assert_guarded(own_engine)
    assert books.findings() == []


def test_going_down_leaves_no_function_behind(own_postgresql: Engine) -> None:
    migrations.downgrade(own_postgresql, "base")
    with own_postgresql.connect() as connection:
        left = "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        assert connection.exec_driver_sql(left).all() == []


def test_bringing_up_what_is_up_changes_nothing(own_engine: Engine) -> None:
    books = Books(own_engine)
    migrations.upgrade(own_engine)
    assert books.findings() == []
    assert_guarded(own_engine)


def test_a_step_that_fails_half_way_leaves_nothing(empty_url: str, make: Make) -> None:
    engine = make(empty_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE posting (in_the_way INTEGER)")
    with pytest.raises(DBAPIError, match="already exists"):
        migrations.upgrade(engine)
    assert tables(engine) == {"posting"}
    assert migrations.current_step(engine) is None


def test_two_that_bring_it_up_at_once_bring_it_up_once(empty_url: str, make: Make) -> None:
    engines = [make(empty_url), make(empty_url)]
    with ThreadPoolExecutor(2) as crowd:
        list(crowd.map(migrations.upgrade, engines))
    assert migrations.is_current(engines[0])
    assert_guarded(engines[0])
