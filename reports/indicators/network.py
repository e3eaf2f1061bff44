"""The exchange network: pairs, partners and groups. Only counts are shown, never names."""

from __future__ import annotations

from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset
from reports.indicators.registry import ANNUAL, period_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent, ratio
from reports.measures.hours import (
    active_people,
    connected_groups,
    enrolled_people,
    exchange_links,
    exchange_partners,
    median,
)

PRINTED = (ANNUAL,)


@period_indicator("link-reciprocity", "ratio", N_("Links that go both ways"), PRINTED)
def link_reciprocity(dataset: Dataset, span: Span) -> FigureValue:
    """Pairs (giver, receiver) whose opposite also exists / all pairs; 0 to 1, DIV0 without pairs.

    A low value is fine: a time bank lives from circles, not pairs. Source: reciprocity of directed networks
    (Squartini).
    """
    pairs = exchange_links(dataset, span)
    return ratio(sum((taker, giver) in pairs for giver, taker in pairs), len(pairs))


@period_indicator("partners-median", "ratio", N_("Partners of an active member, median"), PRINTED)
def partners_median(dataset: Dataset, span: Span) -> FigureValue:
    """Median number of exchange partners of an active person; TOO_FEW below k active people."""
    people = len(active_people(dataset, span))
    if people < dataset.min_people or not people:
        return no_value(Reason.TOO_FEW)
    return figure_value(median([len(others) for others in exchange_partners(dataset, span).values()]), active=people)


@period_indicator("link-density", "percent", N_("Links there are, of links possible"), PRINTED)
def link_density(dataset: Dataset, span: Span) -> FigureValue:
    """Pairs / n (n - 1) over n members; percent, DIV0 below two members. It falls as a community grows."""
    people = len(enrolled_people(dataset, span))
    return percent(len(exchange_links(dataset, span)), people * (people - 1))


@period_indicator("largest-group", "percent", N_("Active members in the largest group"), PRINTED)
def largest_group(dataset: Dataset, span: Span) -> FigureValue:
    """People in the largest connected group / active people; percent, DIV0 without active people."""
    partners = exchange_partners(dataset, span)
    return percent(max((len(group) for group in connected_groups(partners)), default=0), len(partners))
