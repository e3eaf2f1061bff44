"""Governance: meetings, decisions, objections and their duration."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from fractions import Fraction

from ledger.core.messages import N_
from ledger.core.periods import Span
from ledger.registers.records import Assembly, Decision
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, BUDGET_REVIEW, SUSTAINABILITY, period_indicator, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent
from reports.measures.hours import median

PRINTED = (SUSTAINABILITY,)


def meetings(dataset: Dataset, span: Span) -> list[Assembly]:
    """The meetings of a span."""
    return [meeting for meeting in dataset.registers.assemblies if meeting.date in span]


def decided(dataset: Dataset, span: Span) -> list[Decision]:
    """The decisions of a span that are not private."""
    return [decision for decision in dataset.registers.decisions if decision.date in span and not decision.private]


@period_indicator("attendance", "percent", N_("Present, of those entitled"), PRINTED)
def attendance(dataset: Dataset, span: Span) -> FigureValue:
    """People present / people entitled, over all meetings; percent, DIV0 without a meeting."""
    held = meetings(dataset, span)
    return percent(sum(meeting.present for meeting in held), sum(meeting.entitled for meeting in held))


@period_indicator("quorum-met", "percent", N_("Meetings with a quorum"), PRINTED)
def quorum_met(dataset: Dataset, span: Span) -> FigureValue:
    """Meetings with a quorum (policy, 40 %) / all meetings; percent, DIV0 without a meeting."""
    share = Fraction(dataset.policy_number("gov.quorum_percent", 40), 100)
    held = meetings(dataset, span)
    return percent(sum(meeting.present >= meeting.entitled * share for meeting in held), len(held))


@period_indicator("decisions", "count", N_("Decisions"), PRINTED)
def decisions(dataset: Dataset, span: Span) -> FigureValue:
    """Number of decisions that are not private; the inputs count them by method."""
    public_decisions = decided(dataset, span)
    return FigureValue(len(public_decisions), inputs=Counter(decision.method for decision in public_decisions))


@period_indicator("objections-raised", "count", N_("Objections raised"), PRINTED)
def objections_raised(dataset: Dataset, span: Span) -> FigureValue:
    """Number of reasoned objections to the decisions of the span."""
    return figure_value(sum(decision.objections_raised for decision in decided(dataset, span)))


@period_indicator("objections-resolved", "count", N_("Objections resolved"), PRINTED)
def objections_resolved(dataset: Dataset, span: Span) -> FigureValue:
    """Number of objections integrated into the decisions of the span."""
    return figure_value(sum(decision.objections_resolved for decision in decided(dataset, span)))


@period_indicator("decision-days", "days", N_("Days from proposal to decision, median"), PRINTED)
def decision_days(dataset: Dataset, span: Span) -> FigureValue:
    """Median days from proposal to decision; NO_DATA without a decision with a dated proposal."""
    days = [(decision.date - decision.proposed).days for decision in decided(dataset, span) if decision.proposed]
    return figure_value(median(days), decisions=len(days)) if days else no_value(Reason.NO_DATA)


@period_indicator("speakers", "count", N_("People who spoke or proposed"), PRINTED)
def speakers(_: Dataset, __: Span) -> FigureValue:
    """Number of people who spoke or proposed. It is not recorded, so NO_DATA."""
    return no_value(Reason.NO_DATA)


@period_indicator("four-eyes-share", "percent", N_("Entries above the threshold with two approvals"), PRINTED)
def four_eyes_share(_: Dataset, __: Span) -> FigureValue:
    """Entries above the threshold with two approvals / all such entries. Not recorded yet, so NO_DATA."""
    return no_value(Reason.NO_DATA)


@period_indicator("approval-days", "days", N_("Days to approval, median"), PRINTED)
def approval_days(_: Dataset, __: Span) -> FigureValue:
    """Median days from request to approval. Not recorded yet, so NO_DATA."""
    return no_value(Reason.NO_DATA)


@point_indicator("decisions-past-review", "count", N_("Decisions past their review date"), (ANNUAL,))
def decisions_past_review(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of decisions past their review date without a review."""
    made = [decision for decision in dataset.registers.decisions if decision.date <= day]
    return figure_value(sum(d.review is not None and d.review < day < (d.reviewed or dt.date.max) for d in made))


@period_indicator("policy-exceptions", "count", N_("Exceptions to a policy"), (BUDGET_REVIEW,))
def policy_exceptions(dataset: Dataset, span: Span) -> FigureValue:
    """Number of policy exceptions in force on any day of the span."""
    exceptions = dataset.registers.exceptions
    return figure_value(
        sum(exception.from_ <= span.last and (exception.to or dt.date.max) >= span.first for exception in exceptions)
    )
