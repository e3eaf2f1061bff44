"""Reliability test 13: a backup taken while many write comes back elsewhere, whole, with a head that was committed."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from time import monotonic

import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import read_books
from tests.communities import small_community
from tests.communities.small_community import SLUG
from tests.reliability import standing
from tests.reliability.conftest import Tell
from tests.reliability.crowd import Crowd
from tests.reliability.market import BALANCES, POSTED, Market, read
from tests.reliability.onlooker import rows
from web.backup import create, restore
from web.backup import rows as kept_rows

Share = Callable[[int, int], int]
Make = Callable[[str], Engine]


def check_drill(engine: Engine, target: Engine, folder: Path, size: int, chance: random.Random) -> tuple[float, float]:
    """Fill books, back them up while four write on, restore them; give the seconds that either took."""
    small_community.create(engine)
    market = Market(engine, chance)
    while market.entries < size:
        market.trade(min(size, 1000))
    crowd, path = Crowd(engine), folder / "kept.backup"
    known: dict[str, int] = {}

    def take() -> tuple[create.BackupResult, float]:
        known.update(crowd.said)
        begun = monotonic()
        return create.create_backup(engine, folder, path), monotonic() - begun

    ((made, taking),) = crowd.disturbed(1, take, 10, others=market.entries)
    begun = monotonic()
    done = restore.restore(target, folder, path)
    restoring = monotonic() - begun
    head = made.communities[0]
    assert done.ok
    assert done.communities[0].head.hash.hex() == head["hash"]
    assert rows(engine, f"SELECT hash FROM seal WHERE seq = {head['seq']}")[0][0].hex() == head["hash"]
    assert standing.lost(target, known) == []
    assert standing.halves(target) == []
    assert read(target, BALANCES) == read(target, POSTED)
    with read_books(target, SLUG) as books:
        assert verify(books).findings == ()
    return taking, restoring


def test_reliability_13_a_backup_under_load_comes_back_whole(
    engine: Engine,
    empty_url: str,
    make: Make,
    seeded: random.Random,
    share: Share,
    tmp_path: Path,
    tell: Tell,
) -> None:
    size = share(50, 100_000)
    target = make(empty_url)
    taking, restoring = check_drill(engine, target, tmp_path, size, seeded)
    tell(
        f"{engine.dialect.name} to {target.dialect.name}: {size:,} entries and those of four who wrote meanwhile, "
        f"taken in {taking:.0f} s, restored and verified in {restoring:.0f} s"
    )


@pytest.mark.slow
@pytest.mark.parametrize("table", ["posting", "seal", "entry_text", "balance"])
def test_reliability_13_fails_when_a_row_is_left_out(
    engine: Engine,
    empty_url: str,
    make: Make,
    seeded: random.Random,
    tmp_path: Path,
    table: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    honest = kept_rows.table_lines
    monkeypatch.setattr(
        kept_rows,
        "table_lines",
        lambda connection, shape, *rest: list(honest(connection, shape, *rest))[: -1 if shape.name == table else None],
    )
    with pytest.raises((AssertionError, LedgerError)):
        check_drill(engine, make(empty_url), tmp_path, 20, seeded)
