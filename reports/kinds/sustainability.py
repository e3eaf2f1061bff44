"""The monthly sustainability report: people, time, resources, work and care, and what the assembly makes of it."""

from __future__ import annotations

from ledger.core.messages import N_
from reports.kinds.base import Report, monthly
from reports.pages import care, checks, month, resources, together
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Story


def story(sheet: Sheet, speech: Speech) -> Story:
    """The pages, in the order of the meeting."""
    return (
        *month.page(sheet, speech),
        *together.page(sheet, speech),
        *resources.page(sheet, speech),
        *care.page(sheet, speech),
        *resources.unmeasured(sheet, speech),
        *checks.what_we_change(sheet, speech),
    )


REPORT = Report(
    slug="sustainability",
    title=N_("Sustainability report"),
    summary=N_("People, time, money and planet: what we shared, used and learned."),
    letter="S",
    collect=monthly("sustainability"),
    story=story,
)
