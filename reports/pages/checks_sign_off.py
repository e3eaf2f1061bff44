"""The page with checks and sign-off, and the reflection page."""

from __future__ import annotations

from typing import cast

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_, make_counted_message
from ledger.registers.records import Place
from reports.language.localizer import Localizer
from reports.pages.page_snippets import fund_name
from reports.story.elements import (
    Body,
    Cell,
    Column,
    Form,
    Lead,
    PageBreak,
    Section,
    Signer,
    SignOff,
    Status,
    Story,
    Strong,
    Table,
    TableRow,
    Title,
    WritingLine,
)
from reports.tables.trial_balance import Checks
from reports.workbook import Workbook


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The last page."""
    rows = _rows(workbook, localizer)
    is_open = sum(cast(Status, row.cells[2]).is_open for row in rows)
    values = {"count": len(rows) - is_open, "all": len(rows)}
    lead = localizer.text(N_("%(count)s of %(all)s checks hold."), **values)
    columns = (Column(head="", kind="words"), Column(head=""), Column(head="", kind="status"))
    exceptions = _said(workbook, localizer)
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Checks and sign-off"))),
        Lead(f"{lead} {_open_words(localizer, is_open)}".strip()),
        Table(slug="checks", columns=columns, rows=rows, sentence=exceptions),
        Section(localizer.text(N_("Sign-off"))),
        sign_off(workbook, localizer),
    )


def _open_words(localizer: Localizer, count: int) -> str:
    if not count:
        return ""
    return localizer.text(
        make_counted_message("%(count)s needs a word at the assembly.", "%(count)s need a word at the assembly.", count)
    )


def _rows(workbook: Workbook, localizer: Localizer) -> tuple[TableRow, ...]:
    checks, money = cast(Checks, workbook.tables["checks"]), workbook.dataset.currency
    below = [fund_name(workbook, code) for code in checks.restricted_below_zero]
    balanced = checks.entries_read - checks.entries_out_of_balance
    counted = localizer.text(N_("%(balanced)s of %(all)s"), balanced=balanced, all=checks.entries_read)
    named = localizer.text(
        N_("Bound funds below nought: %(names)s"), names=", ".join(below) or localizer.text(N_("none"))
    )
    lines: tuple[tuple[str, Cell, bool], ...] = (
        (
            localizer.text(N_("Every entry adds up to nought, in each unit and fund")),
            counted,
            balanced < checks.entries_read,
        ),
        (
            localizer.text(N_("Hours of all members, partners and the pot together")),
            localizer.number(checks.time_sum, MINUTES),
            checks.time_sum != 0,
        ),
        (localizer.text(N_("Barter, all together")), localizer.number(checks.barter_sum, "NV"), checks.barter_sum != 0),
        (localizer.text(N_("Money of unknown origin")), localizer.number(checks.suspense, money), checks.suspense != 0),
        (
            localizer.text(N_("Card money, barter and bulk buying in transit")),
            localizer.number(checks.clearing, money),
            False,
        ),
        (
            localizer.text(N_("Lent between funds, less what is owed between funds")),
            localizer.number(checks.due_from_less_due_to_funds, money),
            checks.due_from_less_due_to_funds != 0,
        ),
        (
            localizer.text(N_("Moved between funds, in less out")),
            localizer.number(checks.transfers_net, money),
            checks.transfers_net != 0,
        ),
        (named, localizer.number(len(below), "count"), bool(below)),
        _places(workbook, localizer),
    )
    return tuple(TableRow(cells=(name, value, _status(localizer, is_open))) for name, value, is_open in lines)


def _places(workbook: Workbook, localizer: Localizer) -> tuple[str, Cell, bool]:
    """Places with movements in the period and no reconciliation dated at its end or later."""
    unmatched = [place.name for place in workbook.dataset.registers.places if _is_behind(workbook, place)]
    names = ", ".join(unmatched) or localizer.text(N_("none"))
    text = localizer.text(N_("Not matched with a statement: %(places)s"), places=names)
    return text, localizer.number(len(unmatched), "count"), bool(unmatched)


def _is_behind(workbook: Workbook, place: Place) -> bool:
    matched = [done.to for done in workbook.dataset.registers.reconciliations if done.place == place.code]
    return _moved(workbook, place.account) and not any(workbook.columns.end <= day for day in matched)


def _moved(workbook: Workbook, account: str) -> bool:
    return any(
        row.family != "opening" for row in workbook.dataset.account_rows(account).within(workbook.columns.period)
    )


def _status(localizer: Localizer, is_open: bool) -> Status:
    return Status(localizer.text(N_("talk about it")) if is_open else localizer.text(N_("holds")), is_open)


def _said(workbook: Workbook, localizer: Localizer) -> str:
    exceptions = [
        e
        for e in workbook.dataset.registers.exceptions
        if e.from_ <= workbook.columns.end and (e.to is None or e.to >= workbook.columns.period.first)
    ]
    if not exceptions:
        return localizer.text(N_("No policy was set aside this month."))
    return localizer.text(N_("Set aside this month: %(why)s."), why="; ".join(e.why for e in exceptions))


def sign_off(workbook: Workbook, localizer: Localizer) -> SignOff:
    """The sign-off: prepared, checked, seen by the assembly; and how to check the books."""
    signature_lines = tuple(localizer.text(words) for words in (N_("Name"), N_("Term ends"), N_("Date and signature")))
    assembly_lines = tuple(localizer.text(words) for words in (N_("Number"), N_("Date"), N_("Signed for the assembly")))
    signers = (
        Signer(act=localizer.text(N_("Prepared by")), who=localizer.text(N_("treasurer")), lines=signature_lines),
        Signer(
            act=localizer.text(N_("Checked by")),
            who=localizer.text(N_("someone who is not treasurer")),
            lines=signature_lines,
        ),
        Signer(
            act=localizer.text(N_("Seen by the assembly")),
            who=localizer.text(N_("decision number")),
            lines=assembly_lines,
        ),
    )
    entry = workbook.dataset.head.seq
    check = localizer.text(
        N_("Scan the square, or ask for a check. The mark of the books up to entry %(entry)s must read:"), entry=entry
    )
    return SignOff(
        signers=signers,
        remarks=localizer.text(N_("Objections and remarks")),
        check=(Strong(localizer.text(N_("Check these books yourself."))), f" {check}"),
        note=_imported(workbook, localizer),
    )


def _imported(workbook: Workbook, localizer: Localizer) -> str:
    rows = workbook.dataset.rows.within(workbook.columns.period)
    every, imported = {row.seq for row in rows}, {row.seq for row in rows if row.imported}
    late = cast(Checks, workbook.tables["checks"]).late_entries
    template = N_("Entries of the month: %(all)s. Imported: %(imported)s. About an earlier, closed month: %(late)s.")
    return localizer.text(template, all=len(every), imported=len(imported), late=late)


_BLANK_LINES = 3


def reflection_story(workbook: Workbook, localizer: Localizer) -> Story:
    """The last page of the sustainability report: lines for conclusions, and the sign-off."""
    saw, change = localizer.text(N_("What we saw")), localizer.text(N_("What we change"))
    rows = tuple(
        (WritingLine(saw if n == 0 else ""), WritingLine(change if n == 0 else "")) for n in range(_BLANK_LINES)
    )
    return (
        PageBreak(),
        Title(text=localizer.text(N_("What we saw, what we change"))),
        Lead(localizer.text(N_("Figures begin a talk; they do not end it."))),
        Form(rows),
        Body(localizer.text(N_("Write what the figures do not say."))),
        Section(localizer.text(N_("Sign-off"))),
        sign_off(workbook, localizer),
    )
