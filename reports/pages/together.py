"""Time together: who gave and received as figures and bands, hours by programme, and barter; never a ranking."""

from __future__ import annotations

from typing import cast

from ledger.amounts import MINUTES
from ledger.messages import N_
from reports.pages.every_figure import table
from reports.pages.parts import months_to_date, programme_name, sentence, to_date
from reports.pictures import Bars, Mark
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Chart, Column, Element, Lead, PageBreak, Row, Section, Story, Table, Title

NO_PROGRAMME = "none"
TIME = (
    "active-members active-rate exchanges hours-given hours-received partner-hours-given partner-hours-received "
    "exchanges-per-active exchange-length-median exchange-length-mean velocity two-way-members giving-balance-bands "
    "top-fifth-share pot pot-months"
).split()
BARTER = "trades-closed trade-legs trade-chains barter-value".split()


def page(sheet: Sheet, speech: Speech) -> Story:
    """Hours by programme with their table, then the figures of the time bank and of barter."""
    return (
        PageBreak(),
        Title(text=speech.text(N_("Time together"))),
        Lead(sentence(sheet, speech, "time")),
        *_programmes(sheet, speech),
        PageBreak(),
        Title(text=speech.text(N_("The time bank in figures"))),
        Lead(sentence(sheet, speech, "pot")),
        table(sheet, speech, [sheet.figures[slug] for slug in TIME], "time"),
        Section(speech.text(N_("Barter"))),
        table(sheet, speech, [sheet.figures[slug] for slug in BARTER], "barter"),
    )


def _programmes(sheet: Sheet, speech: Speech) -> tuple[Element, ...]:
    hours = cast(dict[str, int], to_date(sheet, "hours_by_programme"))
    if not hours:
        return ()
    named = [(_named(sheet, speech, code), minutes) for code, minutes in hours.items()]
    marks = tuple(Mark(name, minutes, speech.number(minutes, MINUTES).shown) for name, minutes in named)
    rows = tuple(Row(cells=(name, speech.number(minutes, MINUTES))) for name, minutes in named)
    total = Row(cells=(speech.text(N_("All hours given")), speech.number(sum(hours.values()), MINUTES)), role="total")
    most = max(marks, key=lambda mark: mark.value)
    alt = speech.text(N_("Most hours went to: %(name)s, %(hours)s."), name=most.name, hours=most.shown)
    title = speech.text(N_("Hours by programme, %(months)s"), months=months_to_date(sheet, speech))
    columns = (Column(head=speech.text(N_("Programme")), kind="name"), Column(head=speech.text(N_("Hours given"))))
    said = speech.text(N_("Hours without a programme are help from one member to another, at home or elsewhere."))
    listed = Table(slug="hours-by-programme", columns=columns, rows=rows, total=total, sentence=said)
    return (Section(title), Chart(picture=Bars(marks=marks), alt=alt), listed)


def _named(sheet: Sheet, speech: Speech, code: str) -> str:
    return speech.text(N_("No programme")) if code == NO_PROGRAMME else programme_name(sheet, speech, code)
