"""What we saw and what we change: room for the assembly's own words, and the sign-off."""

from __future__ import annotations

from ledger.messages import N_
from reports.pages.checks import sign_off
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Blank, Body, Form, Lead, PageBreak, Section, Story, Title

LINES = 3


def page(sheet: Sheet, speech: Speech) -> Story:
    """The last page of the sustainability report."""
    saw, change = speech.text(N_("What we saw")), speech.text(N_("What we change"))
    rows = tuple((Blank(saw if n == 0 else ""), Blank(change if n == 0 else "")) for n in range(LINES))
    return (
        PageBreak(),
        Title(text=speech.text(N_("What we saw, what we change"))),
        Lead(speech.text(N_("Figures begin a talk; they do not end it."))),
        Form(rows),
        Body(speech.text(N_("Write what the figures do not say."))),
        Section(speech.text(N_("Sign-off"))),
        sign_off(sheet, speech),
    )
