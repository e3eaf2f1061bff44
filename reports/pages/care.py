"""Work and care: load and rest, offices and their terms, meetings and decisions; roles, never persons."""

from __future__ import annotations

from typing import cast

from ledger.messages import N_
from reports.pages.every_figure import figures, says, table
from reports.pages.families import BARTER, MEETINGS, RESOURCES, TIME, WORK, others
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Body, Element, Fact, Facts, Lead, PageBreak, Section, Story, Title
from reports.tables.meeting import EndingRole, OverdueRole


def page(sheet: Sheet, speech: Speech) -> Story:
    """Load, offices and decisions in figures, and the offices that wait for someone."""
    return (
        PageBreak(),
        Title(text=speech.text(N_("Work and care"))),
        Lead(speech.text(N_("Work is shared when nobody carries it alone and everybody rests."))),
        figures(sheet, speech, WORK, "work", _roles(sheet, speech)),
        PageBreak(),
        Title(text=speech.text(N_("Meetings and decisions"))),
        Lead(speech.text(N_("How we decide, and how many come."))),
        figures(sheet, speech, MEETINGS, "meetings", _meetings(sheet, speech)),
        Section(speech.text(N_("Offices"))),
        *_offices(sheet, speech),
        *_others(sheet, speech),
    )


def _roles(sheet: Sheet, speech: Speech) -> str:
    words = N_("Within their term are %(within)s of all roles; %(learned)s have someone learning them.")
    roles = {"within": ("roles-within-term", "end"), "learned": ("roles-with-trainee", "end")}
    return says(sheet, speech, words, **roles)


def _meetings(sheet: Sheet, speech: Speech) -> str:
    words = N_("%(months)s: %(share)s of those entitled were present. Decisions taken: %(count)s.")
    return says(sheet, speech, words, share=("attendance", "ytd"), count=("decisions", "ytd"))


def _others(sheet: Sheet, speech: Speech) -> tuple[Element, ...]:
    rest = others(sheet.figures, (*TIME, *BARTER, *RESOURCES, *WORK, *MEETINGS))
    if not rest:
        return ()
    return (Section(speech.text(N_("Other figures"))), table(sheet, speech, [("", rest)], "other-figures"))


def _offices(sheet: Sheet, speech: Speech) -> tuple[Element, ...]:
    if not sheet.books.registers.roles:
        return (Body(speech.text(N_("No office is in the register yet."))),)
    overdue = cast(list[OverdueRole], sheet.tables["roles_overdue"])
    ending = cast(list[EndingRole], sheet.tables["roles_ending_in_90_days"])
    over, ends = speech.text(N_("term over since")), speech.text(N_("term ends on"))
    facts = [Fact(name=_office(sheet, row), value=speech.day(row.ended), sub=over) for row in overdue]
    facts += [Fact(name=_office(sheet, row), value=speech.day(row.ends), sub=ends) for row in ending]
    if not facts:
        return (Body(speech.text(N_("Every office is held within its term, and none ends in the next 90 days."))),)
    words = N_("Terms that are over: %(over)s. Terms that end in 90 days: %(ending)s.")
    said = speech.text(words, over=len(overdue), ending=len(ending))
    return (Facts(slug="offices", facts=tuple(facts), sentence=said),)


def _office(sheet: Sheet, row: OverdueRole | EndingRole) -> str:
    """An office with what it is for, by its name."""
    registers = sheet.books.registers
    scope = registers.programmes.get(row.scope or "") or registers.funds.get(row.scope or "")
    named = scope.name if scope else row.scope
    return f"{row.role} ({named})" if named else row.role
