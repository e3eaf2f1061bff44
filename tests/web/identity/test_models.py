"""The tables of identity are those that the migrations make, and refer to people who exist."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, insert

import migrations
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import read_transaction, write_transaction
from web.models.identity import Login, Membership, now
from web.models.jobs import Job


def test_models_equal_migrations(engine: Engine) -> None:
    ours = set(Job.metadata.tables)
    with read_transaction(engine) as connection:
        options = {"include_name": lambda name, kind, _parents: kind != "table" or name in ours, "compare_type": True}
        found = compare_metadata(MigrationContext.configure(connection, opts=options), Job.metadata)
    assert [difference for difference in found if "foreign" not in str(difference)] == []


def test_the_tables_go_and_come_back(own_engine: Engine) -> None:
    migrations.downgrade(own_engine, "0001_create_books")
    migrations.upgrade(own_engine)
    with write_transaction(own_engine) as connection:
        row = {"user_name": "ana", "user_key": "ana", "active": True, "fs_uniquifier": "x", "created_at": now()}
        connection.execute(insert(Login).values(row))
    assert migrations.is_current(own_engine)


def test_a_membership_names_somebody_who_exists(engine: Engine) -> None:
    row = {"community_id": 1, "party_id": 2, "login_id": 3, "since": now()}
    with pytest.raises(LedgerError), write_transaction(engine) as connection:
        connection.execute(insert(Membership).values(row))
