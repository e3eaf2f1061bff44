"""What whoever keeps the books should know of their running: books that are read-only, work that did not succeed."""

from __future__ import annotations

from collections.abc import Iterable

from ledger.core.messages import N_
from ledger.database.book_status import MOVED, MOVING, READ_ONLY, BookStatus
from web.i18n.translation import gettext
from web.jobs import queue
from web.jobs.kinds import all_job_kinds
from web.models.jobs import FAILED
from web.pages.desk.desk_context import DeskContext
from web.shared.components import ActionItem, StatusBadge
from web.shared.posting_table import recorded_at_text

STOPPED = {
    READ_ONLY: N_("The books are read-only"),
    MOVING: N_("The books are moving to another place"),
    MOVED: N_("The books are kept in another place now"),
}


def unfinished(desk: DeskContext) -> Iterable[ActionItem]:
    """Work beside the screens that did not succeed when it was last due."""
    for job in queue.latest_outcomes(desk.books.connection, desk.visitor.slug):
        if job.state == FAILED and job.kind in all_job_kinds():
            yield ActionItem(
                title=gettext("This did not succeed: %(job)s", job=gettext(all_job_kinds()[job.kind].title)),
                chip=StatusBadge(gettext("for %(period)s", period=job.period), "ask"),
                text=gettext("Whoever runs the server finds the reason in its log, and by: hourstead run-due"),
            )


def stopped(desk: DeskContext) -> Iterable[ActionItem]:
    """Books that cannot be written in, and why."""
    found = desk.visitor.book_status
    if not found.is_open:
        yield ActionItem(
            title=gettext(STOPPED[found.state]),
            chip=StatusBadge(gettext("since %(moment)s", moment=recorded_at_text(str(found.since))), "ask"),
            text=_why(found),
        )


def _why(found: BookStatus) -> str:
    if found.state != READ_ONLY:
        return found.about
    check, _, number = found.about.partition(":")
    if not number:
        return gettext("A check found something: %(check)s. Whoever runs the server looks into it.", check=check)
    return gettext(
        "A check found that number %(number)s does not hold: %(check)s. Whoever runs the server looks into it.",
        number=number,
        check=check,
    )
