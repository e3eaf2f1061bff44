"""Checks and sign-off: what adds up, what needs a word, and room for pens."""

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


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The last page."""
    rows = _rows(sheet, speech)
    is_open = sum(cast(Status, row.cells[2]).is_open for row in rows)
    values = {"count": len(rows) - is_open, "all": len(rows)}
    lead = speech.text(N_("%(count)s of %(all)s checks hold."), **values)
    columns = (Column(head="", kind="words"), Column(head=""), Column(head="", kind="status"))
    said = _said(sheet, speech)
    return (
        PageBreak(),
        Title(text=speech.text(N_("Checks and sign-off"))),
        Lead(f"{lead} {_open_words(speech, is_open)}".strip()),
        Table(slug="checks", columns=columns, rows=rows, sentence=said),
        Section(speech.text(N_("Sign-off"))),
        sign_off(sheet, speech),
    )


def _open_words(speech: Localizer, count: int) -> str:
    if not count:
        return ""
    return speech.text(
        make_counted_message("%(count)s needs a word at the assembly.", "%(count)s need a word at the assembly.", count)
    )


def _rows(sheet: Workbook, speech: Localizer) -> tuple[TableRow, ...]:
    found, money = cast(Checks, sheet.tables["checks"]), sheet.books.currency
    below = [fund_name(sheet, code) for code in found.restricted_below_zero]
    balanced = found.entries_read - found.entries_out_of_balance
    counted = speech.text(N_("%(balanced)s of %(all)s"), balanced=balanced, all=found.entries_read)
    named = speech.text(N_("Bound funds below nought: %(names)s"), names=", ".join(below) or speech.text(N_("none")))
    lines: tuple[tuple[str, Cell, bool], ...] = (
        (
            speech.text(N_("Every entry adds up to nought, in each unit and fund")),
            counted,
            balanced < found.entries_read,
        ),
        (
            speech.text(N_("Hours of all members, partners and the pot together")),
            speech.number(found.time_sum, MINUTES),
            found.time_sum != 0,
        ),
        (speech.text(N_("Barter, all together")), speech.number(found.barter_sum, "NV"), found.barter_sum != 0),
        (speech.text(N_("Money of unknown origin")), speech.number(found.suspense, money), found.suspense != 0),
        (speech.text(N_("Card money, barter and bulk buying in transit")), speech.number(found.clearing, money), False),
        (
            speech.text(N_("Lent between funds, less what is owed between funds")),
            speech.number(found.due_from_less_due_to_funds, money),
            found.due_from_less_due_to_funds != 0,
        ),
        (
            speech.text(N_("Moved between funds, in less out")),
            speech.number(found.transfers_net, money),
            found.transfers_net != 0,
        ),
        (named, speech.number(len(below), "count"), bool(below)),
        _places(sheet, speech),
    )
    return tuple(TableRow(cells=(name, value, _status(speech, is_open))) for name, value, is_open in lines)


def _places(sheet: Workbook, speech: Localizer) -> tuple[str, Cell, bool]:
    """Bank accounts and cash boxes that moved this month and were not matched with their statements since."""
    behind = [place.name for place in sheet.books.registers.places if _is_behind(sheet, place)]
    named = ", ".join(behind) or speech.text(N_("none"))
    words = speech.text(N_("Not matched with a statement: %(places)s"), places=named)
    return words, speech.number(len(behind), "count"), bool(behind)


def _is_behind(sheet: Workbook, place: Place) -> bool:
    matched = [done.to for done in sheet.books.registers.reconciliations if done.place == place.code]
    return _moved(sheet, place.account) and not any(sheet.columns.end <= day for day in matched)


def _moved(sheet: Workbook, account: str) -> bool:
    return any(row.family != "opening" for row in sheet.books.of(account).within(sheet.columns.period))


def _status(speech: Localizer, is_open: bool) -> Status:
    return Status(speech.text(N_("talk about it")) if is_open else speech.text(N_("holds")), is_open)


def _said(sheet: Workbook, speech: Localizer) -> str:
    exceptions = [
        e
        for e in sheet.books.registers.exceptions
        if e.from_ <= sheet.columns.end and (e.to is None or e.to >= sheet.columns.period.first)
    ]
    if not exceptions:
        return speech.text(N_("No policy was set aside this month."))
    return speech.text(N_("Set aside this month: %(why)s."), why="; ".join(e.why for e in exceptions))


def sign_off(sheet: Workbook, speech: Localizer) -> SignOff:
    """Who prepared, who checked, who saw it; and how to check the books oneself."""
    pen = tuple(speech.text(words) for words in (N_("Name"), N_("Term ends"), N_("Date and signature")))
    seen = tuple(speech.text(words) for words in (N_("Number"), N_("Date"), N_("Signed for the assembly")))
    signers = (
        Signer(act=speech.text(N_("Prepared by")), who=speech.text(N_("treasurer")), lines=pen),
        Signer(act=speech.text(N_("Checked by")), who=speech.text(N_("someone who is not treasurer")), lines=pen),
        Signer(act=speech.text(N_("Seen by the assembly")), who=speech.text(N_("decision number")), lines=seen),
    )
    entry = sheet.books.head.seq
    check = speech.text(
        N_("Scan the square, or ask for a check. The mark of the books up to entry %(entry)s must read:"), entry=entry
    )
    return SignOff(
        signers=signers,
        remarks=speech.text(N_("Objections and remarks")),
        check=(Strong(speech.text(N_("Check these books yourself."))), f" {check}"),
        note=_imported(sheet, speech),
    )


def _imported(sheet: Workbook, speech: Localizer) -> str:
    rows = sheet.books.rows.within(sheet.columns.period)
    every, imported = {row.seq for row in rows}, {row.seq for row in rows if row.imported}
    late = cast(Checks, sheet.tables["checks"]).late_entries
    words = N_("Entries of the month: %(all)s. Imported: %(imported)s. About an earlier, closed month: %(late)s.")
    return speech.text(words, all=len(every), imported=len(imported), late=late)


_BLANK_LINES = 3


def reflection_story(sheet: Workbook, speech: Localizer) -> Story:
    """The last page of the sustainability report."""
    saw, change = speech.text(N_("What we saw")), speech.text(N_("What we change"))
    rows = tuple(
        (WritingLine(saw if n == 0 else ""), WritingLine(change if n == 0 else "")) for n in range(_BLANK_LINES)
    )
    return (
        PageBreak(),
        Title(text=speech.text(N_("What we saw, what we change"))),
        Lead(speech.text(N_("Figures begin a talk; they do not end it."))),
        Form(rows),
        Body(speech.text(N_("Write what the figures do not say."))),
        Section(speech.text(N_("Sign-off"))),
        sign_off(sheet, speech),
    )
