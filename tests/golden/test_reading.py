"""Willow's files, imported into the books and read back, make the same dataset as the files themselves."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger import communities
from ledger.db import installing, reading
from ledger.exchange.journal_in import import_journal
from ledger.exchange.registers_in import import_registers
from ledger.periods import Month
from reports.dataset import Dataset
from reports.reading import load
from reports.registers import Registers
from reports.rows import Row
from reports.sheet import make_sheet
from reports.twin import figures_json
from tests.golden.test_figures import FILES
from tests.golden.willow import HERE, numbered, willow

MARCH, DECEMBER = Month(2026, 3), Month(2026, 12)


@pytest.fixture
def imported(engine: Engine) -> Engine:
    with installing(engine) as connection:
        communities.create(connection, "willow", "Willow", "EUR", "Europe/Athens")
    import_journal(engine, "willow", HERE / "willow.jsonl")
    import_registers(engine, "willow", HERE / "willow-registers.json")
    return engine


def test_the_year_read_from_the_books_is_the_year_of_the_files(imported: Engine) -> None:
    with reading(imported, "willow") as books:
        found = load(books, DECEMBER, annual=True)
    wanted = numbered({name: number for number, name in found.names.items() if number != 0})
    assert bare(found) == bare(wanted)
    assert listed(found.registers) == listed(wanted.registers)


@pytest.mark.parametrize(("name", "month"), [("2026-03", MARCH), ("2026", DECEMBER)])
def test_a_report_read_from_the_books_has_the_golden_figures(imported: Engine, name: str, month: Month) -> None:
    with reading(imported, "willow") as books:
        found = load(books, month, annual=name == "2026")
    assert figures_json(make_sheet(found, FILES[name])) == figures_json(make_sheet(willow(), FILES[name]))


def bare(books: Dataset) -> list[Row]:
    """Rows with the place of their entry instead of its number, which counts acts too."""
    places = {seq: place for place, seq in enumerate(dict.fromkeys(row.seq for row in books.rows))}
    return [row._replace(seq=places[row.seq]) for row in books.rows]


def listed(registers: Registers) -> dict[str, Any]:
    """The lists with their items in one order, where the order means nothing."""
    found = {field.name: getattr(registers, field.name) for field in fields(registers)}
    return {name: sorted(map(repr, rows)) if isinstance(rows, tuple) else rows for name, rows in found.items()}
