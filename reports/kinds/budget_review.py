"""The monthly budget review for the assembly: plan and actual, funds, emergency fund, forecast, checks, sign-off."""

from __future__ import annotations

from ledger.core.messages import N_
from reports.kinds.base import Report, monthly
from reports.language.localizer import Localizer
from reports.pages import checks_sign_off, emergency, figure_tables, forecast, funds, plan, summary
from reports.pages.page_snippets import has_begun
from reports.story.elements import Story
from reports.workbook import Workbook


def story(sheet: Workbook, speech: Localizer) -> Story:
    """The pages, in the order of the meeting."""
    return (
        *summary.story(sheet, speech),
        *(_of_entries(sheet, speech) if has_begun(sheet) else ()),
        *figure_tables.story(sheet, speech),
        *checks_sign_off.story(sheet, speech),
    )


def _of_entries(sheet: Workbook, speech: Localizer) -> Story:
    """The pages that add up entries; before the first one there is nothing to add up."""
    return (
        *plan.costs_story(sheet, speech),
        *plan.income_story(sheet, speech),
        *funds.story(sheet, speech),
        *emergency.story(sheet, speech),
        *forecast.story(sheet, speech),
    )


REPORT = Report(
    slug="budget-review",
    title=N_("Monthly budget report"),
    summary=N_("Plan and actual, funds, the emergency fund and the forecast, with room to sign."),
    letter="B",
    collect=monthly("budget-review"),
    story=story,
)
