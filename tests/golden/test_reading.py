"""Willow's files, imported into the books and read back, make the same dataset as the files themselves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from sqlalchemy import Engine, event

from ledger.chain.record_acts import NewIdentities, record
from ledger.core.drafts import BARTER, OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books, write_transaction
from ledger.exchange.imports.journal import import_journal
from ledger.exchange.imports.registers import import_registers
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.posting import post
from ledger.registers import communities, policies
from reports.data.columns import month_columns
from reports.data.dataset import Dataset
from reports.data.load_dataset import load_dataset
from reports.data.registers import Registers
from reports.data.rows import BROUGHT_FORWARD, DatasetRow
from reports.indicators.workload import treasury_spread
from reports.measures.aggregates import cash
from reports.measures.barter_trades import trades
from reports.render.json_export import figures_json
from reports.workbook import make_workbook
from tests.databases import Filling
from tests.golden.test_figures import FILES
from tests.golden.willow import HERE, numbered, willow

MARCH, DECEMBER = Month(2026, 3), Month(2026, 12)


def bring(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        communities.create(connection, "willow", "Willow", "EUR", "Europe/Athens")
    import_journal(engine, "willow", HERE / "willow.jsonl")
    import_registers(engine, "willow", HERE / "willow-registers.json")


@pytest.fixture
def imported(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(bring)


def test_the_year_read_from_the_books_is_the_year_of_the_files(imported: Engine) -> None:
    with read_books(imported, "willow") as books:
        found = load_dataset(books, DECEMBER, annual=True)
    wanted = numbered({name: number for number, name in found.names.items() if number != 0})
    assert bare(found) == bare(wanted)
    assert listed(found.registers) == listed(wanted.registers)


@pytest.mark.parametrize(("name", "month"), [("2026-03", MARCH), ("2026", DECEMBER)])
def test_a_report_read_from_the_books_has_the_golden_figures(imported: Engine, name: str, month: Month) -> None:
    with read_books(imported, "willow") as books:
        found = load_dataset(books, month, annual=name == "2026")
    assert figures_json(make_workbook(found, FILES[name])) == figures_json(make_workbook(willow(), FILES[name]))


def bare(books: Dataset) -> list[DatasetRow]:
    """Rows with the place of their entry instead of its number, which counts acts too."""
    places = {seq: place for place, seq in enumerate(dict.fromkeys(row.seq for row in books.rows))}
    return [row._replace(seq=places[row.seq]) for row in books.rows]


def listed(registers: Registers) -> dict[str, Any]:
    """The lists with their items in one order, where the order means nothing."""
    found = {field.name: getattr(registers, field.name) for field in fields(registers)}
    return {name: sorted(map(repr, rows)) if isinstance(rows, tuple) else rows for name, rows in found.items()}


@pytest.mark.parametrize("month", [Month(2028, 1), Month(2028, 5), Month(2031, 1)], ids=str)
def test_later_years_read_with_sums_brought_forward_as_with_every_row(imported: Engine, month: Month) -> None:
    with read_books(imported, "willow") as books:
        found = load_dataset(books, month)
    assert len(found.rows) < len(willow().rows)
    columns = month_columns(month)
    assert figures_json(make_workbook(found, columns)) == figures_json(make_workbook(willow(), columns))


def test_a_report_read_at_an_earlier_number_shows_the_books_as_they_were(imported: Engine) -> None:
    with read_books(imported, "willow") as books:
        before = load_dataset(books, MARCH).head.seq
    with write_books(imported, "willow") as unit:
        policies.set_values(unit, {"privacy.k_members": 3}, entered_by=communities.OPERATOR)
    with read_books(imported, "willow") as books:
        assert load_dataset(books, MARCH).min_people == 3
    with read_books(imported, "willow", at=before) as books:
        assert load_dataset(books, MARCH).min_people == 5


def test_a_dataset_is_read_in_few_queries(imported: Engine) -> None:
    asked: list[str] = []
    with read_books(imported, "willow") as books:
        event.listen(books.connection, "before_cursor_execute", lambda *call: asked.append(call[2]))
        load_dataset(books, MARCH)
    assert len([query for query in asked if query.startswith("SELECT")]) <= 19


def test_a_trade_that_stays_open_for_years_is_brought_forward_by_itself(imported: Engine) -> None:
    lines = [PostingDraft(AccountKey("B2000", "NV", "BAR", owner), amount) for owner, amount in ((2, 700), (3, -700))]
    lent = EntryDraft(kind="barter-leg", family=BARTER, effective_on=MARCH.last, postings=tuple(lines), document="t-9")
    with write_books(imported, "willow") as unit:
        post(unit, lent, Actors(communities.OPERATOR), Key(FORM, "t-9"))
    with read_books(imported, "willow") as books:
        found = load_dataset(books, Month(2029, 1))
    open_trades = [trade for trade in trades(found, Month(2029, 1).last) if trade.is_open]
    assert [(trade.document, trade.left) for trade in open_trades] == [("t-9", 700)]
    assert all(row.kind != BROUGHT_FORWARD for lines in found.entries.values() for row in lines)


def test_a_line_or_fund_that_nobody_described_still_counts(engine: Engine) -> None:
    with write_transaction(engine) as connection:
        communities.create(connection, "lane", "Lane", "EUR", "Europe/Athens")
    with write_books(engine, "lane") as unit:
        record(
            unit, entered_by=communities.OPERATOR, opens=NewIdentities(funds=["ODD"], chart_lines=[("9999", "ASSET")])
        )
        leaves = (AccountKey("1000", "EUR", "ODD"), AccountKey("9999", "EUR", "ODD"))
        lines = tuple(PostingDraft(leaf, amount) for leaf, amount in zip(leaves, (500, -500), strict=True))
        draft = EntryDraft(kind="journal", family=OTHER, effective_on=MARCH.last, postings=lines)
        post(unit, draft, Actors(communities.OPERATOR), Key(FORM, "odd"))
    with read_books(engine, "lane") as books:
        found = load_dataset(books, MARCH)
    assert found.began == MARCH.last
    assert cash(found, MARCH.last) == 500
    assert treasury_spread(found, MARCH.span).value == 1
