"""Restricted funds: the amount left and the time left to spend it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from ledger.core.messages import N_
from reports.data.dataset import Dataset
from reports.indicators.registry import BUDGET_REVIEW, MONEY, ColumnScope, FigureVariant, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value
from reports.language.value_formats import NameInSentence
from reports.measures.aggregates import fund_net_assets
from reports.measures.grants import months_to, next_deadline


def restricted_funds(dataset: Dataset, day: dt.date) -> Sequence[FigureVariant]:
    """One figure for each restricted fund open by a day: its code is the slug suffix, its name is in the title."""
    return [
        FigureVariant(f"-{fund.code.lower()}", {"fund": NameInSentence(fund.name)}, (fund.code,))
        for fund in dataset.money_funds
        if fund.class_ == "restricted" and (fund.opened or dt.date.min) <= day
    ]


@point_indicator(
    "restricted-left",
    MONEY,
    N_("Left of the %(fund)s"),
    (BUDGET_REVIEW,),
    fills=ColumnScope.THIS_YEAR,
    variants=restricted_funds,
)
def restricted_left(dataset: Dataset, day: dt.date, fund: str) -> FigureValue:
    """Net assets of the fund: received + interest - costs - transfers; minor units, may be below 0."""
    return figure_value(fund_net_assets(dataset, day, fund))


@point_indicator(
    "grant-months-left",
    "months",
    N_("Months until the %(fund)s must be spent"),
    (BUDGET_REVIEW,),
    fills=ColumnScope.THIS_YEAR,
    variants=restricted_funds,
)
def grant_months_left(dataset: Dataset, day: dt.date, fund: str) -> FigureValue:
    """Calendar months from the day to the earliest deadline of a grant with money left; never below 0.

    NOT_SET where no grant of the fund has a deadline.
    """
    deadline = next_deadline(dataset, day, fund)
    return no_value(Reason.NOT_SET) if deadline is None else figure_value(months_to(day, deadline))
