"""Runs migrations on the connection that `migrations.upgrade` and `migrations.downgrade` hand over."""

from __future__ import annotations

from alembic import context
from alembic.util import CommandError

connection = context.config.attributes.get("connection")
if connection is None:
    raise CommandError(
        "Migrate with `hourstead init`, or with migrations.upgrade(engine) and migrations.downgrade(engine, step)."
    )
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
