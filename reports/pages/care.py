"""Work and care: load and rest, offices and their terms, meetings and decisions; roles, never persons."""

from __future__ import annotations

from typing import cast

from ledger.messages import N_
from reports.pages.every_figure import table
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Body, Element, Fact, Facts, Lead, PageBreak, Section, Story, Title
from reports.tables.meeting import EndingRole, OverdueRole

WORK = "weekly-load-median weekly-load-p90 rest-weeks programmes-on-few care-share training-per-member".split()
OFFICES = "roles-within-term roles-with-trainee days-since-rotation".split()
MEETINGS = (
    "attendance quorum-met decisions objections-raised objections-resolved decision-days speakers four-eyes-share "
    "approval-days"
).split()
REST = "own-income-share months-of-cover scholarships requests-answered survey-response".split()


def page(sheet: Sheet, speech: Speech) -> Story:
    """Load, offices and decisions in figures, and the offices that wait for someone."""
    return (
        PageBreak(),
        Title(text=speech.text(N_("Work and care"))),
        Lead(speech.text(N_("Work is shared when nobody carries it alone and everybody rests."))),
        table(sheet, speech, [sheet.figures[slug] for slug in (*WORK, *OFFICES)], "work"),
        Section(speech.text(N_("Offices"))),
        *_offices(sheet, speech),
        PageBreak(),
        Title(text=speech.text(N_("Meetings and decisions"))),
        Lead(speech.text(N_("How we decide, and how many come."))),
        table(sheet, speech, [sheet.figures[slug] for slug in (*MEETINGS, *REST)], "meetings"),
    )


def _offices(sheet: Sheet, speech: Speech) -> tuple[Element, ...]:
    overdue = cast(list[OverdueRole], sheet.tables["roles_overdue"])
    ending = cast(list[EndingRole], sheet.tables["roles_ending_in_90_days"])
    over, ends = speech.text(N_("term over since")), speech.text(N_("term ends on"))
    facts = [Fact(name=_office(row), value=speech.day(row.ended), sub=over) for row in overdue]
    facts += [Fact(name=_office(row), value=speech.day(row.ends), sub=ends) for row in ending]
    if not facts:
        return (Body(speech.text(N_("Every office is held within its term, and none ends in the next 90 days."))),)
    said = speech.text(N_("These offices wait for someone. Learning one beside its holder is how it changes hands."))
    return (Facts(slug="offices", facts=tuple(facts), sentence=said),)


def _office(row: OverdueRole | EndingRole) -> str:
    return f"{row.role} ({row.scope})" if row.scope else row.role
