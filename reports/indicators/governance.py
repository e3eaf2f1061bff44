"""How the community decides: meetings, decisions and objections, and how long things take."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction

from ledger.core.messages import N_
from ledger.core.periods import Span
from ledger.registers.records import Assembly, Decision
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, BUDGET_REVIEW, SUSTAINABILITY, flow, stock
from reports.language.figure import Outcome, Reason, missing, number, percent
from reports.measures.hours import middle

PRINTED = (SUSTAINABILITY,)


def meetings(books: Dataset, span: Span) -> list[Assembly]:
    """The meetings of a span."""
    return [meeting for meeting in books.registers.assemblies if meeting.date in span]


def decided(books: Dataset, span: Span) -> list[Decision]:
    """The decisions of a span that are not private."""
    return [decision for decision in books.registers.decisions if decision.date in span and not decision.private]


@flow("attendance", "percent", N_("Present, of those entitled"), PRINTED)
def attendance(books: Dataset, span: Span) -> Outcome:
    """People present / people entitled, over all meetings; percent, DIV0 without a meeting."""
    held = meetings(books, span)
    return percent(sum(meeting.present for meeting in held), sum(meeting.entitled for meeting in held))


@flow("quorum-met", "percent", N_("Meetings with a quorum"), PRINTED)
def quorum_met(books: Dataset, span: Span) -> Outcome:
    """Meetings at which the policy's share of those entitled (40 %) was present / all; percent, DIV0 without any."""
    share = Fraction(books.policy_number("gov.quorum_percent", 40), 100)
    held = meetings(books, span)
    return percent(sum(meeting.present >= meeting.entitled * share for meeting in held), len(held))


@flow("decisions", "count", N_("Decisions"), PRINTED)
def decisions(books: Dataset, span: Span) -> Outcome:
    """Count of decisions that are not private, by method in the inputs."""
    found = decided(books, span)
    return Outcome(len(found), inputs=Counter(decision.method for decision in found))


@flow("objections-raised", "count", N_("Objections raised"), PRINTED)
def objections_raised(books: Dataset, span: Span) -> Outcome:
    """Count of reasoned objections to the decisions of the span."""
    return number(sum(decision.objections_raised for decision in decided(books, span)))


@flow("objections-resolved", "count", N_("Objections resolved"), PRINTED)
def objections_resolved(books: Dataset, span: Span) -> Outcome:
    """Count of objections that were taken into the decisions of the span."""
    return number(sum(decision.objections_resolved for decision in decided(books, span)))


@flow("decision-days", "days", N_("Days from proposal to decision, median"), PRINTED)
def decision_days(books: Dataset, span: Span) -> Outcome:
    """Median days from proposal to decision; NO_DATA without a decision whose proposal has a day."""
    days = [(decision.date - decision.proposed).days for decision in decided(books, span) if decision.proposed]
    return number(middle(days), decisions=len(days)) if days else missing(Reason.NO_DATA)


@flow("speakers", "count", N_("People who spoke or proposed"), PRINTED)
def speakers(_: Dataset, __: Span) -> Outcome:
    """Count of different people who spoke or proposed; nobody writes that down, so NO_DATA."""
    return missing(Reason.NO_DATA)


@flow("four-eyes-share", "percent", N_("Entries above the threshold with two approvals"), PRINTED)
def four_eyes_share(_: Dataset, __: Span) -> Outcome:
    """Entries above the threshold that two people approved / all such; approvals are not kept yet, so NO_DATA."""
    return missing(Reason.NO_DATA)


@flow("approval-days", "days", N_("Days to approval, median"), PRINTED)
def approval_days(_: Dataset, __: Span) -> Outcome:
    """Median days from a request to its approval; approvals are not kept yet, so NO_DATA."""
    return missing(Reason.NO_DATA)


@stock("decisions-past-review", "count", N_("Decisions past their review date"), (ANNUAL,))
def decisions_past_review(books: Dataset, day: dt.date) -> Outcome:
    """Count of decisions whose day of review has gone by without one."""
    made = [decision for decision in books.registers.decisions if decision.date <= day]
    return number(sum(d.review is not None and d.review < day < (d.reviewed or dt.date.max) for d in made))


@flow("policy-exceptions", "count", N_("Exceptions to a policy"), (BUDGET_REVIEW,))
def policy_exceptions(books: Dataset, span: Span) -> Outcome:
    """Count of exceptions to a policy that ran on any day of the span."""
    found = books.registers.exceptions
    return number(sum(made.from_ <= span.last and (made.to or dt.date.max) >= span.first for made in found))
