"""The funds page: movements, transfers and loans, grants, places."""

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


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The funds page."""
    table = cast(FundsTable, table_of_month(workbook, "funds"))
    worth = localizer.number(table.total.close, workbook.dataset.currency).shown
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Funds"))),
        Lead(localizer.text(N_("Together our funds are worth %(amount)s."), amount=worth)),
        _movements(workbook, localizer, table),
        *_rest(workbook, localizer, _flow(workbook, localizer, table)),
    )


def _rest(workbook: Workbook, localizer: Localizer, flow: tuple[Element, ...]) -> tuple[Element, ...]:
    """The rest of the page. Without a chart the grants come first, so that the page is filled."""
    grants, places = _grants(workbook, localizer), _places(workbook, localizer)
    return (*places, *flow, *grants) if flow else (*grants, *places)


def _movements(workbook: Workbook, localizer: Localizer, table: FundsTable) -> Table:
    first, last = workbook.columns.period.first, workbook.columns.end
    heads = (N_("Came in"), N_("Went out"), N_("Moved"), N_("To members"))
    columns = (
        Column(head=localizer.text(N_("Fund")), kind="name"),
        Column(head=localizer.day(first)),
        *(Column(head=localizer.text(head)) for head in heads),
        Column(head=localizer.day(last), kind="result"),
    )
    rows = tuple(_row(workbook, localizer, row) for row in table.rows)
    total = TableRow(cells=(localizer.text(N_("All funds")), *_cells(workbook, localizer, table.total)), role="total")
    holdings = sentence(workbook, localizer, "funds")
    return Table(slug="funds", columns=columns, rows=rows, total=total, sentence=holdings)


def _standing(workbook: Workbook, localizer: Localizer) -> str:
    messages = [message for name, message in workbook.sentences.items() if name.startswith("restricted_")]
    return " ".join(localizer.text(message) for message in messages)


def _row(workbook: Workbook, localizer: Localizer, row: FundMovement) -> TableRow:
    text = CLASS_WORDS.get(row.class_, row.class_)
    return TableRow(cells=(row.name or row.fund, *_cells(workbook, localizer, row)), sub=localizer.text(text))


def _cells(workbook: Workbook, localizer: Localizer, row: Movement) -> tuple[Cell, ...]:
    unit = workbook.dataset.currency
    moves = (row.income, row.costs, row.transfers, row.members)
    amounts = (localizer.signed(move, unit) if move else localizer.number_or_dash(0, unit) for move in moves)
    return (localizer.number(row.open, unit), *amounts, localizer.number(row.close, unit))


def _flow(workbook: Workbook, localizer: Localizer, table: FundsTable) -> tuple[Element, ...]:
    unit, month = workbook.dataset.currency, workbook.columns.period
    transfers = cast(list[FundTransfer], workbook.tables["fund_transfers"])
    loans = cast(LoansTable, workbook.tables["fund_loans"])
    moved = _summed(workbook, localizer, [(t.from_, t.to, t.amount) for t in transfers if t.from_ and t.date in month])
    lent = _summed(workbook, localizer, [(loan.from_, loan.to, loan.amount) for loan in loans.made if loan.to])
    if not moved and not lent:
        return ()
    names = {move.source for move in (*moved, *lent)} | {move.target for move in (*moved, *lent)}
    marks = tuple(
        ChartLabel(row.name or row.fund, spreadsheet_value(row.close, unit), localizer.number(row.close, unit).shown)
        for row in table.rows
        if (row.name or row.fund) in names
    )
    picture = FundFlow(
        funds=marks,
        moved=moved,
        lent=lent,
        fund_word=localizer.text(N_("Fund, and what it holds")),
        moved_word=localizer.text(N_("Moved for good")),
        lent_word=localizer.text(N_("Lent, comes back")),
    )
    title = localizer.text(N_("Between our own funds in %(month)s"), month=localizer.span(report_month(workbook).span))
    return (Section(title), Chart(picture=picture, alt=_flow_words(localizer, moved, lent)))


def _summed(workbook: Workbook, localizer: Localizer, moves: list[tuple[str, str | None, int]]) -> tuple[FundMove, ...]:
    unit, sums = workbook.dataset.currency, dict[tuple[str, str], int]()
    for source, target, amount in moves:
        pair = (fund_name(workbook, source), fund_name(workbook, target))
        sums[pair] = sums.get(pair, 0) + amount
    return tuple(
        FundMove(source, target, spreadsheet_value(amount, unit), localizer.number(amount, unit).shown)
        for (source, target), amount in sums.items()
        if amount > 0
    )


def _flow_words(localizer: Localizer, moved: tuple[FundMove, ...], lent: tuple[FundMove, ...]) -> str:
    gave, loan = N_("%(source)s gave %(target)s %(amount)s."), N_("%(source)s lent %(target)s %(amount)s.")
    lines = [(gave, move) for move in moved] + [(loan, move) for move in lent]
    return " ".join(localizer.text(w, source=m.source, target=m.target, amount=m.shown) for w, m in lines)


def _grants(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    lines = cast(tuple[GrantLine, ...], workbook.tables["restricted"])
    if not lines:
        return ()
    heads = (N_("Received"), N_("Spent"), N_("Moved"), N_("Left"), N_("Not ours yet"))
    columns = (
        Column(head=localizer.text(N_("Bound to a purpose")), kind="name"),
        *(Column(head=localizer.text(head)) for head in heads),
        Column(head=localizer.text(N_("Months to go"))),
    )
    rows = tuple(_grant(workbook, localizer, line) for line in lines)
    template = N_("Of all this %(left)s is left; %(waiting)s more is ours when its condition is met.")
    sums = {"left": sum(line.left for line in lines), "waiting": sum(line.conditional_held for line in lines)}
    unit = workbook.dataset.currency
    total_left = localizer.text(
        template, **{name: localizer.number(amount, unit).shown for name, amount in sums.items()}
    )
    table = Table(slug="restricted", columns=columns, rows=rows, sentence=total_left)
    left = families_table(workbook, localizer, BOUND, "figures-bound", _standing(workbook, localizer))
    return (Section(localizer.text(N_("Grants and appeals"))), table, *((left,) if left.rows else ()))


def _grant(workbook: Workbook, localizer: Localizer, line: GrantLine) -> TableRow:
    unit = workbook.dataset.currency
    amounts = (line.received, line.costs, line.transfers, line.left, line.conditional_held)
    months = "" if line.months_left is None else localizer.number(line.months_left, "count")
    cells = tuple(localizer.number(amount, unit) for amount in amounts)
    return TableRow(cells=(fund_name(workbook, line.fund), *cells, months), sub=line.funder or line.document or "")


def _places(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    """Cash in each bank account, cash box and payment processor, over all its funds."""
    by_place, unit = cast(dict[str, int], workbook.tables["cash_by_place"]), workbook.dataset.currency
    names = {place.code: place.name for place in workbook.dataset.registers.places}
    if not by_place:
        return ()
    facts = tuple(Fact(name=names[code], value=localizer.number(amount, unit)) for code, amount in by_place.items())
    template = N_("In these places together: %(amount)s.")
    total = localizer.text(template, amount=localizer.number(sum(by_place.values()), unit).shown)
    return (Section(localizer.text(N_("Where the money lies"))), Facts(slug="places", facts=facts, sentence=total))
