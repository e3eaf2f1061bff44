"""Rules about days and durations."""

from __future__ import annotations

import datetime as dt

from ledger.core.errors import DayTooLate, DayTooOld, FieldWrong, LedgerError, PeriodClosed
from ledger.core.messages import N_, make_counted_message, make_message
from ledger.kinds.base import MEMBER
from ledger.kinds.fields import fields_of
from ledger.rules.proposal import Proposal


class MinutesUneven(LedgerError):
    """Hours are written down in steps of as many minutes as the community's policy says."""

    slug = "minutes-uneven"


def is_not_later_than_today(case: Proposal) -> None:
    """What has not happened yet is not written down as done; bookkeepers' own entries may be dated ahead."""
    if not case.kind.any_day and case.kind.day > case.books.today:
        raise DayTooLate(make_message("This day is still to come. Choose today or an earlier day."), "day")


def ends_the_year_that_it_closes(case: Proposal) -> None:
    """A year is closed on its last day."""
    if case.kind.closes_year and not case.books.ends_a_year(case.kind.day):
        raise FieldWrong("day", make_message("A financial year does not end on this day."))


def is_in_an_open_month(case: Proposal) -> None:
    """What an office writes down lies in a month that is open; a late fact names the day it is about.

    Members' hours and swaps are filed in the open month by themselves.
    """
    if MEMBER in case.kind.recorders or case.books.is_open(case.draft.effective_on):
        return
    words = N_("That month is closed. Choose a day in an open month, and write this day as the day it is about.")
    raise PeriodClosed(make_message(words), "day")


def is_not_too_long_ago(case: Proposal) -> None:
    """Members write hours and swaps down within the days that the policy gives."""
    days = case.books.policy("time.late_claim_days")
    if MEMBER not in case.kind.recorders or not isinstance(days, int):
        return
    if case.kind.day < case.books.today - dt.timedelta(days):
        raise DayTooOld(
            make_counted_message(
                "This is more than %(count)s day ago. Only the treasurer can still enter it.",
                "This is more than %(count)s days ago. Only the treasurer can still enter it.",
                days,
            ),
            "day",
        )


def counts_in_steps(case: Proposal) -> None:
    """Minutes are a multiple of the policy's step."""
    step = case.books.policy("time.unit_step_minutes")
    if not isinstance(step, int) or step <= 1:
        return
    for spec in fields_of(type(case.kind)):
        if spec.type == "duration" and getattr(case.kind, spec.name) % step:
            raise MinutesUneven(
                make_message("Here hours are counted in steps of %(step)s minutes.", step=step), spec.name
            )
