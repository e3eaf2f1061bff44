"""The monthly sustainability report: people, time, resources, work and care, and room for conclusions."""

from __future__ import annotations

from ledger.core.messages import N_
from reports.kinds.base import Report, monthly
from reports.language.localizer import Localizer
from reports.pages import checks_sign_off, four_quarters, resources, time_and_barter, work_and_roles
from reports.story.elements import Story
from reports.workbook import Workbook


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The pages in the order of the meeting's agenda."""
    return (
        *four_quarters.story(workbook, localizer),
        *time_and_barter.story(workbook, localizer),
        *resources.story(workbook, localizer),
        *work_and_roles.story(workbook, localizer),
        *resources.unmeasured_story(workbook, localizer),
        *checks_sign_off.reflection_story(workbook, localizer),
    )


REPORT = Report(
    slug="sustainability",
    title=N_("Sustainability report"),
    summary=N_("People, time, money and planet: what we shared, used and learned."),
    letter="S",
    collect=monthly("sustainability"),
    story=story,
)
