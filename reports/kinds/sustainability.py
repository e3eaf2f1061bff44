"""The monthly sustainability report: people, time, resources, work and care, and what the assembly makes of it."""

from __future__ import annotations

from ledger.core.messages import N_
from reports.kinds.base import Report, monthly
from reports.language.localizer import Localizer
from reports.pages import checks_sign_off, four_quarters, resources, time_and_barter, work_and_roles
from reports.story.elements import Story
from reports.workbook import Workbook


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The pages, in the order of the meeting."""
    return (
        *four_quarters.story(sheet, speech),
        *time_and_barter.story(sheet, speech),
        *resources.story(sheet, speech),
        *work_and_roles.story(sheet, speech),
        *resources.unmeasured_story(sheet, speech),
        *checks_sign_off.reflection_story(sheet, speech),
    )


REPORT = Report(
    slug="sustainability",
    title=N_("Sustainability report"),
    summary=N_("People, time, money and planet: what we shared, used and learned."),
    letter="S",
    collect=monthly("sustainability"),
    story=story,
)
