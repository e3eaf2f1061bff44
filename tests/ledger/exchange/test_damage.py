"""Damaged files: whatever is broken in them, nothing crashes and nothing is half taken."""

from __future__ import annotations

import itertools
import json
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.database.unit_of_work import read_books
from ledger.exchange.imports.journal import import_journal
from ledger.journal import queries
from tests.ledger.exchange.files import SLUG, Files, found, hours, posting

FEW = 20
LINES = [
    hours("K1"),
    hours("K2", corrects="K1", about="2026-03-04"),
    hours("K3", postings=[posting(5, quantity=[2.5, "kg", "stated"], programme="GARDEN"), posting(-5)]),
]
VALUES: st.SearchStrategy[Any] = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(max_size=5)
    | st.just([])
    | st.just({})
)


@st.composite
def damaged(draw: st.DrawFn) -> list[bytes]:
    """A journal with one thing broken: a value, a name, some bytes, or the order of the lines."""
    lines = json.loads(json.dumps(LINES))
    target = draw(st.sampled_from(lines))
    inner = draw(st.sampled_from([target, *target["postings"]]))
    name = draw(st.sampled_from(sorted(inner)))
    how = draw(st.sampled_from(["value", "name", "missing", "bytes", "order"]))
    if how == "value":
        inner[name] = draw(VALUES)
    elif how == "name":
        inner[draw(st.text(max_size=5))] = inner.pop(name)
    elif how == "missing":
        del inner[name]
    raw = [json.dumps(line).encode() for line in lines]
    if how == "order":
        raw = draw(st.permutations(raw))
    elif how == "bytes":
        place, cut = draw(st.integers(0, 2)), draw(st.integers(0, 300))
        raw[place] = raw[place][:cut] + draw(st.binary(max_size=3)).replace(b"\n", b"") + raw[place][cut + 1 :]
    return raw


def count(engine: Engine) -> int:
    with read_books(engine, SLUG) as unit:
        return len(queries.entries(unit).entries)


@settings(max_examples=FEW)
@given(data=st.data())
def test_a_damaged_journal_is_taken_whole_or_not_at_all(sqlite_files: Files, data: st.DataObject) -> None:
    taken = 0
    path = sqlite_files.folder / "damaged.jsonl"
    before = count(sqlite_files.engine)
    for _ in range(5):
        path.write_bytes(b"\n".join(data.draw(damaged())))
        outcome = import_journal(sqlite_files.engine, SLUG, path)
        taken += outcome.posted
        assert outcome.ok or outcome.posted == 0
        assert all(1 <= (refused.line or 0) <= 3 and str(refused.error) for refused in outcome.refused)
    assert count(sqlite_files.engine) == before + taken
    with read_books(sqlite_files.engine, SLUG) as unit:
        assert verify(unit).findings == ()


COMMUNITIES = itertools.count(1)
"""The same lines may be drawn twice."""


@settings(max_examples=FEW)
@given(raw=damaged())
def test_a_damaged_journal_taken_in_parts_says_what_became_of_each_line(
    sqlite_engine: Engine, tmp_path: Path, raw: list[bytes]
) -> None:
    slug = f"w{next(COMMUNITIES)}"
    found(sqlite_engine, slug)
    path = tmp_path / "damaged.jsonl"
    path.write_bytes(b"\n".join(raw))
    outcome = import_journal(sqlite_engine, slug, path, partial=True)
    assert outcome.read == outcome.posted + outcome.already + len(outcome.refused)
    with read_books(sqlite_engine, slug) as unit:
        assert len(queries.entries(unit).entries) == outcome.posted
        assert verify(unit).findings == ()
