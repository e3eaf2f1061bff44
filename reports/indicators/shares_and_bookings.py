"""Prepaid sales of the co-op: farm shares, retreat places, and consignment goods."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from ledger.core.account_roles import CONSIGNORS, DEFERRED_SHARES
from ledger.core.messages import N_
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow
from reports.indicators.debts import older_part
from reports.indicators.registry import ANNUAL, MONEY, ColumnScope, point_indicator
from reports.language.figure import FigureValue, Reason, figure_value, no_value, percent
from reports.measures.aggregates import balance

PRINTED = (ANNUAL,)
SHARE_SOLD, SHARE_DELIVERED = "farm-share-sold", "farm-share-delivered"
BOOKED, CANCELLED, SCHOLARSHIP = "booking-paid", "booking-cancelled", "scholarship"


def _this_year(dataset: Dataset, day: dt.date, *kinds: str) -> list[DatasetRow]:
    return [row for row in dataset.rows.within(dataset.year_to(day)) if row.kind in kinds and row.live]


def _entries(dataset: Dataset, day: dt.date, kind: str) -> int:
    return len({row.seq for row in _this_year(dataset, day, kind)})


@point_indicator(
    "farm-shares-sold", "percent", N_("Farm shares sold, of those offered"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def farm_shares_sold(dataset: Dataset, day: dt.date) -> FigureValue:
    """Farm shares sold this year / shares offered; percent, NOT_SET without a number offered."""
    offered = dataset.registers.farm_shares_offered.get(dataset.year_of(day).first.year)
    return no_value(Reason.NOT_SET) if offered is None else percent(_entries(dataset, day, SHARE_SOLD), offered)


def _weeks(dataset: Dataset, day: dt.date, kind: str) -> Fraction:
    return sum((row.quantity for row in _this_year(dataset, day, kind)), Fraction(0))


@point_indicator(
    "farm-share-weeks", "percent", N_("Weeks delivered, of those promised"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def farm_share_weeks(dataset: Dataset, day: dt.date) -> FigureValue:
    """Weeks delivered / weeks sold this year; percent, DIV0 where none were sold."""
    return percent(_weeks(dataset, day, SHARE_DELIVERED), _weeks(dataset, day, SHARE_SOLD))


@point_indicator(
    "farm-share-deferred", MONEY, N_("Farm shares paid, not yet delivered"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def farm_share_deferred(dataset: Dataset, day: dt.date) -> FigureValue:
    """Prepayments for weeks not yet delivered; minor units."""
    return figure_value(-balance(dataset, day, DEFERRED_SHARES))


@point_indicator("places-filled", "percent", N_("Places filled"), PRINTED, fills=ColumnScope.THIS_YEAR)
def places_filled(_: Dataset, __: dt.date) -> FigureValue:
    """Places booked / places offered. Places offered are not recorded yet, so NO_DATA."""
    return no_value(Reason.NO_DATA)


def _booked(dataset: Dataset, day: dt.date) -> int:
    return len({row.document or str(row.seq) for row in _this_year(dataset, day, BOOKED, SCHOLARSHIP)})


@point_indicator("bookings-cancelled", "percent", N_("Bookings cancelled"), PRINTED, fills=ColumnScope.THIS_YEAR)
def bookings_cancelled(dataset: Dataset, day: dt.date) -> FigureValue:
    """Bookings cancelled this year / bookings made, including scholarships; percent, DIV0 without bookings."""
    return percent(_entries(dataset, day, CANCELLED), _booked(dataset, day))


@point_indicator(
    "solidarity-places", "percent", N_("Solidarity places, of places booked"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def solidarity_places(dataset: Dataset, day: dt.date) -> FigureValue:
    """Places given as scholarships this year / bookings made; percent, DIV0 without bookings."""
    return percent(_entries(dataset, day, SCHOLARSHIP), _booked(dataset, day))


@point_indicator(
    "consignor-overdue", MONEY, N_("Owed to consignors for over 30 days"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def consignor_overdue(dataset: Dataset, day: dt.date) -> FigureValue:
    """Payables to consignors older than 30 days; minor units, target 0."""
    return figure_value(older_part(dataset.account_rows(CONSIGNORS).until(day), day - dt.timedelta(30), sign=-1))
