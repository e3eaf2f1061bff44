"""Ledger tables: columns that fit, rows that stay whole, notes that stay with their row."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from reports.render.pdf.column_widths import column_edges, is_strong, text_of
from reports.render.pdf.tables import TableBlock, as_cards, facts_block, table_block
from reports.render.typography.errors import DoesNotFit
from reports.render.typography.style import LIVE_WIDTH, STANDARD
from reports.story.elements import Column, Fact, Facts, Number, Status, Table, TableRow
from tests.reports.pdf_reading import ledger_table, print_pdf, read_text
from tests.reports.sample_story import plan


def block(table: Table, wide: float = LIVE_WIDTH) -> TableBlock:
    return table_block(table, STANDARD, wide)


def figures(count: int, shown: str) -> Table:
    columns = (Column(head="Line", kind="name"), *(Column(head=f"C{n}") for n in range(count)))
    return Table(slug="wide", columns=columns, rows=(TableRow(cells=("Line", *[shown] * count)),), sentence="")


def test_eight_columns_of_the_budget_fit_the_page() -> None:
    table = next(element for element in plan() if isinstance(element, Table))
    assert block(table).plan.edges[-1].right == pytest.approx(LIVE_WIDTH)


def test_a_table_too_wide_for_the_page_becomes_cards_and_loses_nothing() -> None:
    found = block(figures(9, "1,234,567.00"))
    assert found.plan.heads.height == 0
    assert [len(row.cells) for row in found.rows] == [1] + [2] * 9


def test_cards_keep_heads_of_rows_notes_and_common_heads() -> None:
    columns = Column(head="Line", kind="name"), Column(head="Plan", group="Whole year"), Column(head="Left")
    rows = TableRow(cells=("Costs",), role="head"), TableRow(cells=("Farm", "1.00", ""), note="Real: a repair.")
    table = Table(slug="x", columns=columns, rows=rows, total=TableRow(cells=("All", "1.00", "2.00")), sentence="")
    cards = [(*map(text_of, row.cells), row.note) for row in as_cards(table).rows]
    assert cards == [
        ("Costs", ""),
        ("Farm", ""),
        ("Whole year: Plan", "1.00", "Real: a repair."),
        ("All", ""),
        ("Whole year: Plan", "1.00", ""),
        ("Left", "2.00", ""),
    ]


def test_a_figure_wider_than_the_page_is_refused_by_name() -> None:
    with pytest.raises(DoesNotFit, match="wide"):
        block(figures(1, "1,234,567.00" * 12))


def test_long_words_wrap_and_figures_never_do() -> None:
    table = replace(ledger_table(1, name="A very long name of a programme that will not fit at all " * 2), total=None)
    row = block(table).rows[0]
    assert len(row.cells[0]) > 1
    assert len(row.cells[1]) == 1


def test_columns_never_run_into_each_other() -> None:
    found = block(figures(6, "12,345.00")).plan.edges
    assert all(left.right < right.left for left, right in itertools.pairwise(found))


def test_a_table_parts_between_rows_and_leaves_two_on_either_side() -> None:
    whole = block(ledger_table(9))
    parts = whole.part(whole.height - 1)
    assert parts is not None
    first, rest = parts
    assert isinstance(first, TableBlock)
    assert isinstance(rest, TableBlock)
    assert (len(first.rows), len(rest.rows)) == (8, 2)
    assert not first.tail
    assert rest.tail


def test_a_short_table_does_not_part() -> None:
    whole = block(ledger_table(2))
    assert whole.part(whole.height - 1) is None
    assert whole.least() == whole.height


def test_a_head_of_rows_is_never_the_last_on_a_page() -> None:
    rows = (*ledger_table(3).rows, TableRow(cells=("Income",), role="head"), *ledger_table(6).rows)
    whole = block(replace(ledger_table(1), rows=rows))
    room = whole.plan.heads.height + sum(row.height for row in whole.rows[:4])
    parts = whole.part(room)
    assert parts is not None
    assert isinstance(parts[0], TableBlock)
    assert len(parts[0].rows) == 3


def test_subtotals_and_heads_of_rows_are_printed() -> None:
    rows = (
        TableRow(cells=("Income",), role="head"),
        TableRow(cells=("Sales", "1.00"), step=1),
        TableRow(cells=("All income", "1.00"), role="subtotal"),
    )
    said = read_text(print_pdf(replace(ledger_table(1), rows=rows)))
    assert said.index("Income") < said.index("Sales") < said.index("All income")


def test_the_note_of_a_row_stands_below_it() -> None:
    row = TableRow(cells=("Farm", "1.00"), note="Real: a repair paid in vegetables.")
    said = read_text(print_pdf(replace(ledger_table(1), rows=(row,)))).splitlines()
    assert said.index("Real: a repair paid in vegetables.") == said.index("Farm 1.00") + 1


def test_an_open_check_makes_its_row_stand_out() -> None:
    columns = Column(head="Check", kind="words"), Column(head="Value"), Column(head="", kind="status")
    row = TableRow(cells=("Funds below zero", "1", Status("talk about it", True)))
    assert [is_strong(column, row, place) for place, column in enumerate(columns)] == [True, False, True]


def test_cells_show_what_the_reader_sees() -> None:
    assert text_of(Number("−244.70", -24470)) == "−244.70"
    assert [text_of(Status("holds")), text_of(Status("talk", True))] == ["holds ✓", "→ talk"]


def test_facts_have_no_heads_and_no_outer_rules_where_they_are_narrow() -> None:
    facts = Facts(slug="facts", facts=(Fact(name="Farm", value="1.00", sub="more than planned"),))
    narrow = facts_block(facts, STANDARD, 240.0)
    assert narrow.plan.heads.height == 0
    assert not narrow.plan.has_rules
    assert facts_block(facts, STANDARD, LIVE_WIDTH).plan.has_rules


def test_words_share_the_room_that_figures_leave() -> None:
    columns = Column(head="Day", kind="words"), Column(head="What", kind="words"), Column(head="Change")
    rows = (TableRow(cells=("1 January", "word " * 60, "+1:30")),)
    found = column_edges("statement", columns, rows, STANDARD, LIVE_WIDTH)
    assert found[0].width < 70
    assert found[1].width > 300
