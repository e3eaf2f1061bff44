"""The monthly budget report: plan and actual, funds, emergency fund, forecast, checks, sign-off."""

from __future__ import annotations

from ledger.core.messages import N_
from reports.kinds.base import Report, monthly
from reports.language.localizer import Localizer
from reports.pages import checks_sign_off, emergency, figure_tables, forecast, funds, plan, summary
from reports.pages.page_snippets import has_begun
from reports.story.elements import Story
from reports.workbook import Workbook


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """The pages in the order of the meeting's agenda."""
    return (
        *summary.story(workbook, localizer),
        *(_of_entries(workbook, localizer) if has_begun(workbook) else ()),
        *figure_tables.story(workbook, localizer),
        *checks_sign_off.story(workbook, localizer),
    )


def _of_entries(workbook: Workbook, localizer: Localizer) -> Story:
    """The pages that need entries; left out before the books begin."""
    return (
        *plan.costs_story(workbook, localizer),
        *plan.income_story(workbook, localizer),
        *funds.story(workbook, localizer),
        *emergency.story(workbook, localizer),
        *forecast.story(workbook, localizer),
    )


REPORT = Report(
    slug="budget-review",
    title=N_("Monthly budget report"),
    summary=N_("Plan and actual, funds, the emergency fund and the forecast, with room to sign."),
    letter="B",
    collect=monthly("budget-review"),
    story=story,
)
