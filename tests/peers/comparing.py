"""Ours beside the peers, round by round: python-accounting on SQLite, django-hordak on PostgreSQL."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from ledger.database import raw_sql
from ledger.database.unit_of_work import ReadUnit, read_books
from ledger.journal import balances
from ledger.journal.account_history import history
from tests.peers import HERE, Peer, Took, peer
from tests.peers.peer_loop import spent
from web.bench import history as invented
from web.bench.fixtures import BANK, BATCH, SLUG, Bench, time_account
from web.bench.measuring import Measurement, Requirement


@dataclass(frozen=True, kw_only=True)
class Rival:
    """The same deed here and there, how often each does it in a round, and how many times as quick ours must be."""

    slug: str
    title: str
    deed: str
    ours: Callable[[int], object]
    theirs: int = 1
    times: int = 100
    wall: float | None = None
    cpu: float | None = None
    looks: bool = False


def compare(bench: Bench, python: Path, entries: int, rounds: int, place: Path) -> list[Measurement]:
    """Measure what the peer of this engine can do too, run by its own Python; its files go into `place`."""
    with _peer(bench, python, entries, place) as other:
        return [found for rival in _rivals(bench) for found in _measured(rival, other, bench, rounds)]


@contextmanager
def _peer(bench: Bench, python: Path, entries: int, place: Path) -> Iterator[Peer]:
    if bench.engine.dialect.name == "sqlite":
        with peer(python, HERE / "accounting_books.py", str(place / "accounting.db")) as other:
            yield other
        return
    invented.write_journal(place / "history.jsonl", entries)
    url = bench.engine.url
    asked = dict(url.query)
    where = {
        "NAME": url.database,
        "USER": url.username,
        "PASSWORD": url.password or "",
        "HOST": url.host or asked.get("host", ""),
        "PORT": str(url.port or ""),
    }
    with peer(python, HERE / "hordak_books.py", str(place / "history.jsonl"), json.dumps(where)) as other:
        yield other


def _rivals(bench: Bench) -> list[Rival]:
    single = partial(_singly, bench)
    if bench.engine.dialect.name == "sqlite":
        title = "P3: posts, each for itself, over python-accounting"
        return [Rival(slug="accounting", title=title, deed="single", ours=single, theirs=10, cpu=20)]
    batch = partial(_together, bench)
    posts = [
        Rival(
            slug="hordak", title="P5: posts, each for itself", deed="single", ours=single, theirs=25, wall=1.5, cpu=2
        ),
        Rival(slug="hordak-bulk", title="P7: a thousand at once", deed="bulk", ours=batch, theirs=BATCH, wall=1.5),
        Rival(slug="hordak-loop", title="P7: a thousand in a loop", deed="loop", ours=batch, theirs=BATCH, wall=8),
    ]
    looks = [
        ("statement", "R6: a page of 50 lines", lambda books: history(books, time_account(bench.people[0])), 500),
        ("bank", "R6: what the bank holds", lambda books: balances.balance_of(books, BANK), 200),
        ("trial", "R6: the trial balance", balances.trial_balance, 500),
    ]
    for slug, title, look, least in looks:
        ours = partial(_look, bench, look)
        posts.append(Rival(slug=f"hordak-{slug}", title=title, deed=slug, ours=ours, times=20, wall=least, looks=True))
    return posts


def _measured(rival: Rival, other: Peer, bench: Bench, rounds: int) -> Iterator[Measurement]:
    """Both in turn; a rate for what is posted, a time for what is looked up."""
    backend = _backend(bench)
    times = BATCH if rival.theirs == BATCH else rival.times
    rival.ours(times)
    ours, theirs = list[Took](), list[Took]()
    for _ in range(rounds):
        theirs.append(other.does(rival.deed, rival.theirs))
        wall, cpu = time.perf_counter(), spent(backend)
        rival.ours(times)
        ours.append(Took(time.perf_counter() - wall, spent(backend) - cpu))
    for clock, least in (("wall", rival.wall), ("cpu", rival.cpu)):
        if least is not None:
            mine = [getattr(took, clock) / times for took in ours]
            others = [getattr(took, clock) / rival.theirs for took in theirs]
            yield Measurement(
                slug=f"{rival.slug}-{clock}",
                title=f"{rival.title}, {'the clock' if clock == 'wall' else 'the processor'}",
                unit="ms" if rival.looks else "per second",
                rounds=_shown(mine, rival),
                limits=_shown(others, rival),
                must=Requirement(share=least),
            )


def _shown(seconds: Sequence[float], rival: Rival) -> tuple[float, ...]:
    return tuple(1000 * each if rival.looks else 1 / max(each, 1e-9) for each in seconds)


def _backend(bench: Bench) -> int | None:
    """The database's process that serves us; there is one, for we do one thing at a time."""
    if bench.engine.dialect.name == "sqlite":
        return None
    with bench.engine.connect() as connection:
        return int(raw_sql.fetch_rows(connection, "SELECT pg_backend_pid()")[0][0])


def _singly(bench: Bench, times: int) -> None:
    for draft in bench.drafts(times):
        bench.post([draft])


def _together(bench: Bench, times: int) -> None:
    bench.post(bench.drafts(times))


def _look(bench: Bench, look: Callable[[ReadUnit], object], times: int) -> None:
    with read_books(bench.engine, SLUG) as books:
        for _ in range(times):
            look(books)
