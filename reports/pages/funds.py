"""Funds: what each held, what moved it, what moved between them, and money that is bound to a purpose."""

from __future__ import annotations

from typing import cast

from ledger.core.messages import N_
from reports.language.localizer import Localizer, spreadsheet_value
from reports.measures.grants import GrantLine
from reports.pages.figure_groups import BOUND
from reports.pages.figure_tables import families_table
from reports.pages.page_snippets import fund_name, report_month, sentence, table_of_month
from reports.story.chart_specs import ChartLabel, FundFlow, FundMove
from reports.story.elements import (
    Cell,
    Chart,
    Column,
    Element,
    Fact,
    Facts,
    Lead,
    PageBreak,
    Section,
    Story,
    Table,
    TableRow,
    Title,
)
from reports.tables.funds import FundMovement, FundsTable, FundTransfer, LoansTable, Movement
from reports.workbook import Workbook

CLASS_WORDS = {
    "unrestricted-general": N_("free to use"),
    "unrestricted-designated": N_("set aside by us"),
    "restricted": N_("only for its purpose"),
    "endowment": N_("kept for good"),
    "co-op": N_("owned by its members"),
}


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The funds' page."""
    table = cast(FundsTable, table_of_month(sheet, "funds"))
    worth = speech.number(table.total.close, sheet.books.currency).shown
    return (
        PageBreak(),
        Title(text=speech.text(N_("Funds"))),
        Lead(speech.text(N_("Together our funds are worth %(amount)s."), amount=worth)),
        _movements(sheet, speech, table),
        *_rest(sheet, speech, _flow(sheet, speech, table)),
    )


def _rest(sheet: Workbook, speech: Localizer, flow: tuple[Element, ...]) -> tuple[Element, ...]:
    """The picture with the grants; where nothing moved between funds, the grants with the places."""
    grants, places = _grants(sheet, speech), _places(sheet, speech)
    return (*places, *flow, *grants) if flow else (*grants, *places)


def _movements(sheet: Workbook, speech: Localizer, table: FundsTable) -> Table:
    first, last = sheet.columns.period.first, sheet.columns.end
    heads = (N_("Came in"), N_("Went out"), N_("Moved"), N_("To members"))
    columns = (
        Column(head=speech.text(N_("Fund")), kind="name"),
        Column(head=speech.day(first)),
        *(Column(head=speech.text(head)) for head in heads),
        Column(head=speech.day(last), kind="result"),
    )
    rows = tuple(_row(sheet, speech, row) for row in table.rows)
    total = TableRow(cells=(speech.text(N_("All funds")), *_cells(sheet, speech, table.total)), role="total")
    said = sentence(sheet, speech, "funds")
    return Table(slug="funds", columns=columns, rows=rows, total=total, sentence=said)


def _standing(sheet: Workbook, speech: Localizer) -> str:
    found = [message for name, message in sheet.sentences.items() if name.startswith("restricted_")]
    return " ".join(speech.text(message) for message in found)


def _row(sheet: Workbook, speech: Localizer, row: FundMovement) -> TableRow:
    words = CLASS_WORDS.get(row.class_, row.class_)
    return TableRow(cells=(row.name or row.fund, *_cells(sheet, speech, row)), sub=speech.text(words))


def _cells(sheet: Workbook, speech: Localizer, row: Movement) -> tuple[Cell, ...]:
    unit = sheet.books.currency
    moves = (row.income, row.costs, row.transfers, row.members)
    shown = (speech.signed(move, unit) if move else speech.or_nothing(0, unit) for move in moves)
    return (speech.number(row.open, unit), *shown, speech.number(row.close, unit))


def _flow(sheet: Workbook, speech: Localizer, table: FundsTable) -> tuple[Element, ...]:
    unit, month = sheet.books.currency, sheet.columns.period
    transfers = cast(list[FundTransfer], sheet.tables["fund_transfers"])
    loans = cast(LoansTable, sheet.tables["fund_loans"])
    moved = _summed(sheet, speech, [(t.from_, t.to, t.amount) for t in transfers if t.from_ and t.date in month])
    lent = _summed(sheet, speech, [(loan.from_, loan.to, loan.amount) for loan in loans.made if loan.to])
    if not moved and not lent:
        return ()
    names = {move.source for move in (*moved, *lent)} | {move.target for move in (*moved, *lent)}
    marks = tuple(
        ChartLabel(row.name or row.fund, spreadsheet_value(row.close, unit), speech.number(row.close, unit).shown)
        for row in table.rows
        if (row.name or row.fund) in names
    )
    picture = FundFlow(
        funds=marks,
        moved=moved,
        lent=lent,
        fund_word=speech.text(N_("Fund, and what it holds")),
        moved_word=speech.text(N_("Moved for good")),
        lent_word=speech.text(N_("Lent, comes back")),
    )
    title = speech.text(N_("Between our own funds in %(month)s"), month=speech.span(report_month(sheet).span))
    return (Section(title), Chart(picture=picture, alt=_flow_words(speech, moved, lent)))


def _summed(sheet: Workbook, speech: Localizer, moves: list[tuple[str, str | None, int]]) -> tuple[FundMove, ...]:
    unit, sums = sheet.books.currency, dict[tuple[str, str], int]()
    for source, target, amount in moves:
        pair = (fund_name(sheet, source), fund_name(sheet, target))
        sums[pair] = sums.get(pair, 0) + amount
    return tuple(
        FundMove(source, target, spreadsheet_value(amount, unit), speech.number(amount, unit).shown)
        for (source, target), amount in sums.items()
        if amount > 0
    )


def _flow_words(speech: Localizer, moved: tuple[FundMove, ...], lent: tuple[FundMove, ...]) -> str:
    gave, loan = N_("%(source)s gave %(target)s %(amount)s."), N_("%(source)s lent %(target)s %(amount)s.")
    said = [(gave, move) for move in moved] + [(loan, move) for move in lent]
    return " ".join(speech.text(w, source=m.source, target=m.target, amount=m.shown) for w, m in said)


def _grants(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    lines = cast(tuple[GrantLine, ...], sheet.tables["restricted"])
    if not lines:
        return ()
    heads = (N_("Received"), N_("Spent"), N_("Moved"), N_("Left"), N_("Not ours yet"))
    columns = (
        Column(head=speech.text(N_("Bound to a purpose")), kind="name"),
        *(Column(head=speech.text(head)) for head in heads),
        Column(head=speech.text(N_("Months to go"))),
    )
    rows = tuple(_grant(sheet, speech, line) for line in lines)
    words = N_("Of all this %(left)s is left; %(waiting)s more is ours when its condition is met.")
    sums = {"left": sum(line.left for line in lines), "waiting": sum(line.conditional_held for line in lines)}
    unit = sheet.books.currency
    said = speech.text(words, **{name: speech.number(amount, unit).shown for name, amount in sums.items()})
    table = Table(slug="restricted", columns=columns, rows=rows, sentence=said)
    left = families_table(sheet, speech, BOUND, "figures-bound", _standing(sheet, speech))
    return (Section(speech.text(N_("Grants and appeals"))), table, *((left,) if left.rows else ()))


def _grant(sheet: Workbook, speech: Localizer, line: GrantLine) -> TableRow:
    unit = sheet.books.currency
    amounts = (line.received, line.costs, line.transfers, line.left, line.conditional_held)
    months = "" if line.months_left is None else speech.number(line.months_left, "count")
    shown = tuple(speech.number(amount, unit) for amount in amounts)
    return TableRow(cells=(fund_name(sheet, line.fund), *shown, months), sub=line.funder or line.document or "")


def _places(sheet: Workbook, speech: Localizer) -> tuple[Element, ...]:
    """Where the money lies: each bank account, cash box and processor, over all its funds."""
    held, unit = cast(dict[str, int], sheet.tables["cash_by_place"]), sheet.books.currency
    names = {place.code: place.name for place in sheet.books.registers.places}
    if not held:
        return ()
    facts = tuple(Fact(name=names[code], value=speech.number(amount, unit)) for code, amount in held.items())
    words = N_("In these places together: %(amount)s.")
    said = speech.text(words, amount=speech.number(sum(held.values()), unit).shown)
    return (Section(speech.text(N_("Where the money lies"))), Facts(slug="places", facts=facts, sentence=said))
