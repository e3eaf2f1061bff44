"""What whoever keeps the books should know of their running: books that are read-only, work that did not succeed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ledger.messages import N_
from ledger.standing import MOVED, MOVING, READ_ONLY, Standing
from web.i18n import gettext
from web.parts import Chip, Step
from web.views.lines import written_on

if TYPE_CHECKING:
    from web.views.needs import Desk

STOPPED = {
    READ_ONLY: N_("The books are read-only"),
    MOVING: N_("The books are moving to another place"),
    MOVED: N_("The books are kept in another place now"),
}


def stopped(desk: Desk) -> Iterable[Step]:
    """Books that cannot be written in, and why."""
    found = desk.visitor.standing
    if not found.is_open:
        yield Step(
            title=gettext(STOPPED[found.state]),
            chip=Chip(gettext("since %(moment)s", moment=written_on(str(found.since))), "ask"),
            text=_why(found),
        )


def _why(found: Standing) -> str:
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
