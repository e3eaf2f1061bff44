"""What the co-op sold ahead: farm shares, retreat places, and goods held for others."""

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


def _this_year(books: Dataset, day: dt.date, *kinds: str) -> list[DatasetRow]:
    return [row for row in books.rows.within(books.year_to(day)) if row.kind in kinds and row.live]


def _entries(books: Dataset, day: dt.date, kind: str) -> int:
    return len({row.seq for row in _this_year(books, day, kind)})


@point_indicator(
    "farm-shares-sold", "percent", N_("Farm shares sold, of those offered"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def farm_shares_sold(books: Dataset, day: dt.date) -> FigureValue:
    """Shares sold this year / shares offered; percent. NOT_SET where no number was offered."""
    offered = books.registers.farm_shares_offered.get(books.year_of(day).first.year)
    return no_value(Reason.NOT_SET) if offered is None else percent(_entries(books, day, SHARE_SOLD), offered)


def _weeks(books: Dataset, day: dt.date, kind: str) -> Fraction:
    return sum((row.quantity for row in _this_year(books, day, kind)), Fraction(0))


@point_indicator(
    "farm-share-weeks", "percent", N_("Weeks delivered, of those promised"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def farm_share_weeks(books: Dataset, day: dt.date) -> FigureValue:
    """Weeks delivered / weeks sold this year; percent, DIV0 where none were sold."""
    return percent(_weeks(books, day, SHARE_DELIVERED), _weeks(books, day, SHARE_SOLD))


@point_indicator(
    "farm-share-deferred", MONEY, N_("Farm shares paid, not yet delivered"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def farm_share_deferred(books: Dataset, day: dt.date) -> FigureValue:
    """What buyers of shares have paid for weeks still to come; minor units."""
    return figure_value(-balance(books, day, DEFERRED_SHARES))


@point_indicator("places-filled", "percent", N_("Places filled"), PRINTED, fills=ColumnScope.THIS_YEAR)
def places_filled(_: Dataset, __: dt.date) -> FigureValue:
    """Places booked / places offered; the number of places offered is kept nowhere yet, so NO_DATA."""
    return no_value(Reason.NO_DATA)


def _booked(books: Dataset, day: dt.date) -> int:
    return len({row.document or str(row.seq) for row in _this_year(books, day, BOOKED, SCHOLARSHIP)})


@point_indicator("bookings-cancelled", "percent", N_("Bookings cancelled"), PRINTED, fills=ColumnScope.THIS_YEAR)
def bookings_cancelled(books: Dataset, day: dt.date) -> FigureValue:
    """Bookings cancelled this year / bookings made, scholarships among them; percent, DIV0 without bookings."""
    return percent(_entries(books, day, CANCELLED), _booked(books, day))


@point_indicator(
    "solidarity-places", "percent", N_("Solidarity places, of places booked"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def solidarity_places(books: Dataset, day: dt.date) -> FigureValue:
    """Places given as scholarships this year / bookings made; percent, DIV0 without bookings."""
    return percent(_entries(books, day, SCHOLARSHIP), _booked(books, day))


@point_indicator(
    "consignor-overdue", MONEY, N_("Owed to consignors for over 30 days"), PRINTED, fills=ColumnScope.THIS_YEAR
)
def consignor_overdue(books: Dataset, day: dt.date) -> FigureValue:
    """What is owed for over 30 days to people whose goods we sold; minor units, target 0."""
    return figure_value(older_part(books.of(CONSIGNORS).until(day), day - dt.timedelta(30), sign=-1))
