"""Barter: trades, items exchanged, agreed values, open trades and gifts."""

from __future__ import annotations

import datetime as dt

from ledger.core.drafts import BARTER
from ledger.core.messages import N_
from ledger.core.periods import Span
from ledger.kinds.barter.barter import Barter
from ledger.kinds.barter.legs import TOKEN
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators.registry import ANNUAL, SUSTAINABILITY, period_indicator, point_indicator
from reports.language.figure import FigureValue, figure_value, percent
from reports.measures.barter_trades import trades

SHOWN, YEARLY = (SUSTAINABILITY,), (ANNUAL,)
GIFT = "barter-gift"


def _legs(dataset: Dataset, span: Span) -> list[DatasetRow]:
    """The receiving lines of all items exchanged."""
    rows = dataset.barter.within(span)
    return [row for row in rows if row.live and row.family == BARTER and row.kind != GIFT and row.amount > 0]


def _value(dataset: Dataset, span: Span) -> int:
    """The agreed value of all items. Items without a value carry a token amount and are left out."""
    return sum(row.amount for row in _legs(dataset, span) if row.amount != TOKEN)


@period_indicator("trades-closed", "count", N_("Trades closed"), SHOWN)
def trades_closed(dataset: Dataset, span: Span) -> FigureValue:
    """Number of trades with all balances 0, by the day of their last entry."""
    return figure_value(sum(1 for trade in trades(dataset, span.last) if not trade.is_open and trade.last in span))


@period_indicator("trade-legs", "count", N_("Things that changed hands"), SHOWN)
def trade_legs(dataset: Dataset, span: Span) -> FigureValue:
    """Number of items delivered, without gifts of a difference."""
    return figure_value(len(_legs(dataset, span)))


@period_indicator("trade-chains", "count", N_("Chains of three or more"), SHOWN)
def trade_chains(dataset: Dataset, span: Span) -> FigureValue:
    """Number of entries that swap between three or more people."""
    people: dict[int, set[int]] = {}
    for row in dataset.barter.within(span):
        if row.live and row.kind == Barter.slug:
            people.setdefault(row.seq, set()).add(row.owner)
    return figure_value(sum(1 for owners in people.values() if len(owners) >= 3))


@period_indicator("barter-value", "NV", N_("Agreed value of what changed hands"), SHOWN)
def barter_value(dataset: Dataset, span: Span) -> FigureValue:
    """Sum of the agreed values of delivered items; hundredths of a barter value, never money."""
    return figure_value(_value(dataset, span))


@point_indicator("open-trades", "count", N_("Open trades older than 30 days"), YEARLY)
def open_trades(dataset: Dataset, day: dt.date) -> FigureValue:
    """Number of open trades whose first entry is older than the policy's days (30)."""
    by = day - dt.timedelta(dataset.policy_number("barter.open_days_warn", 30))
    return figure_value(sum(1 for trade in trades(dataset, day) if trade.is_open and trade.first < by))


@point_indicator("open-trade-value", "NV", N_("Value of open trades"), YEARLY)
def open_trade_value(dataset: Dataset, day: dt.date) -> FigureValue:
    """Sum of the values still owed in all open trades; hundredths of a barter value."""
    return figure_value(sum(trade.left for trade in trades(dataset, day)))


@period_indicator("gift-differences", "percent", N_("Differences given as a gift"), YEARLY)
def gift_differences(dataset: Dataset, span: Span) -> FigureValue:
    """Value written off as gifts / value traded; percent, DIV0 without trades."""
    gifts = sum(r.amount for r in dataset.barter.within(span) if r.kind == GIFT and r.live and r.amount > 0)
    return percent(gifts, _value(dataset, span))


@period_indicator("barter-kg", "kg", N_("Swapped by weight"), YEARLY)
def barter_kg(dataset: Dataset, span: Span) -> FigureValue:
    """Kilograms of items exchanged; other units are not included."""
    rows = [row for row in dataset.barter.within(span) if row.live and row.family == BARTER and row.kind != GIFT]
    return figure_value(sum(row.quantity for row in rows if row.quantity_unit == "kg"))
