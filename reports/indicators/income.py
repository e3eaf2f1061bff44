"""Sources of income: earned income, and dependence on the largest funder."""

from __future__ import annotations

from collections import Counter

from ledger.core.account_roles import BARTER_INCOME, DUES, INTEREST, TRADING_INCOME_PREFIX
from ledger.core.messages import N_
from ledger.core.periods import Span
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow
from reports.indicators.registry import BUDGET_REVIEW, SUSTAINABILITY, period_indicator
from reports.language.figure import FigureValue, percent
from reports.measures.aggregates import income

EARNED = (DUES, BARTER_INCOME, INTEREST)


@cached_on_dataset
def internal_sales(dataset: Dataset, span: Span) -> int:
    """Income of one fund that is a cost of another fund in the same entry. Sums over all funds count it twice."""
    earned: dict[int, Counter[str]] = {}
    paid: dict[int, Counter[str]] = {}
    for row in dataset.income.within(span):
        earned.setdefault(row.seq, Counter())[row.fund] -= row.amount
    for row in dataset.costs.within(span):
        paid.setdefault(row.seq, Counter())[row.fund] += row.amount
    return sum(
        max(0, min(value, sum(cost for other, cost in paid[seq].items() if other != fund)))
        for seq in earned.keys() & paid.keys()
        for fund, value in earned[seq].items()
    )


def income_base(dataset: Dataset, span: Span) -> int:
    """The denominator of income shares: income without gifts in kind, disposal gains and internal sales."""
    return income(dataset, span, lambda row: not row.chart.non_cash) - internal_sales(dataset, span)


def is_earned(row: DatasetRow) -> bool:
    """Whether income is earned: trading, dues, barter by the co-op, interest."""
    return row.account in EARNED or row.account.startswith(TRADING_INCOME_PREFIX)


@period_indicator("own-income-share", "percent", N_("Share of income that we earned"), (BUDGET_REVIEW, SUSTAINABILITY))
def own_income_share(dataset: Dataset, span: Span) -> FigureValue:
    """(Trading + dues + interest, without internal sales) / income base; percent, DIV0 without income."""
    own = income(dataset, span, is_earned) - internal_sales(dataset, span)
    return percent(own, income_base(dataset, span))


@period_indicator("largest-funder-share", "percent", N_("Share of the largest funder"), (BUDGET_REVIEW,))
def largest_funder_share(dataset: Dataset, span: Span) -> FigureValue:
    """Income from the largest funder / income base; percent, DIV0 without income.

    The funder is found by the document of a grant. Appeals have many donors and do not count.
    """
    funders = {grant.document: grant.funder for grant in dataset.registers.grants if grant.funder}
    given: Counter[str] = Counter()
    for row in dataset.income.within(span):
        if not row.chart.non_cash and row.document in funders:
            given[funders[row.document]] -= row.amount
    return percent(max(given.values(), default=0), income_base(dataset, span))
