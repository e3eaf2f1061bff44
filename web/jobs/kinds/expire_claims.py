"""Expires claims and proposals past their time by the community's policy, and releases their holds."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine

from ledger.core.messages import N_
from ledger.database import book_status
from ledger.database.unit_of_work import read_books, read_transaction, write_books
from ledger.registers import communities
from ledger.workflow import holds
from web.jobs.kinds import HOURLY, JobKind
from web.jobs.queue import Task
from web.settings import Settings


def about(engine: Engine, _settings: Settings) -> Iterable[str]:
    """Every community whose books are open."""
    with read_transaction(engine) as connection:
        slugs = communities.slugs(connection)
    return [slug for slug in slugs if _is_open(engine, slug)]


def _is_open(engine: Engine, slug: str) -> bool:
    with read_books(engine, slug) as books:
        return book_status.read_status(books.connection, books.community_id).is_open


def run(engine: Engine, _settings: Settings, task: Task) -> str:
    """Expire what is past its time, by the database's clock."""
    with write_books(engine, task.about) as books:
        return f"lapsed: {holds.expire_due(books)}"


KIND = JobKind("lapse", N_("Letting go what waited too long"), HOURLY, about, run)
