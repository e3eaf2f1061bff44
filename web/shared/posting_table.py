"""The lines of an entry as a table: account, fund, what for, debit and credit, a total for each unit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from flask import url_for

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import AccountKey, Quantity
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Cell, Column, Table, TextOrCell, single_group
from web.shared.labels import Labels


class TableLine(Protocol):
    """One line, posted or yet to be."""

    @property
    def leaf(self) -> AccountKey:
        """The account it is on."""

    @property
    def amount(self) -> int:
        """Minor units, debit positive."""

    @property
    def programme(self) -> str | None:
        """The programme it is for."""

    @property
    def quantity(self) -> Quantity | None:
        """How much of a thing it is about."""


def lines_table(
    lines: Sequence[TableLine], labels: Labels, caption: str, slug: str = "", *, plainly: bool = False
) -> Table:
    """The lines under a caption; with a community's short name each account leads to its page.

    Plainly, the two sides stand in members' words.
    """
    named = (gettext("Goes to"), gettext("Comes from")) if plainly else (gettext("Debit"), gettext("Credit"))
    sides = [Column(label=name, numeric=True) for name in named]
    columns = [Column(label=gettext("Account")), Column(label=gettext("Fund")), Column(label=gettext("For")), *sides]
    units = dict.fromkeys(line.leaf.unit for line in lines)
    return Table(
        caption=caption,
        columns=columns,
        groups=single_group([_row(line, labels, slug) for line in lines]),
        totals=[_total(lines, unit) for unit in units],
    )


def _row(line: TableLine, labels: Labels, slug: str) -> list[TextOrCell]:
    leaf = line.leaf
    href = AccountView(slug=slug, leaf=leaf).link() if slug else None
    return [
        Cell(text=labels.account(leaf), href=href),
        labels.fund(leaf.fund),
        _purpose(line, labels),
        formats.amount(line.amount, leaf.unit) if line.amount > 0 else "",
        formats.amount(-line.amount, leaf.unit) if line.amount < 0 else "",
    ]


def _purpose(line: TableLine, labels: Labels) -> str:
    measured = formats.quantity(line.quantity.milli, line.quantity.unit) if line.quantity else ""
    return ", ".join(part for part in (labels.programme(line.programme), measured) if part)


def _total(lines: Sequence[TableLine], unit: str) -> list[TextOrCell]:
    total = formats.amount(total_debits(lines, unit), unit)
    names = {MINUTES: gettext("Total, hours"), BARTER_VALUE: gettext("Total, barter values")}
    return [names.get(unit) or gettext("Total, %(unit)s", unit=unit), "", "", total, total]


def total_debits(lines: Sequence[TableLine], unit: str) -> int:
    """How much an entry moves in a unit: the sum of its debits."""
    return sum(max(line.amount, 0) for line in lines if line.leaf.unit == unit)


def amounts_text(lines: Sequence[TableLine]) -> str:
    """How much an entry moves, in each of its units."""
    units = dict.fromkeys(line.leaf.unit for line in lines)
    return formats.names(formats.amount_with_unit(total_debits(lines, unit), unit) for unit in units)


def recorded_at_text(instant: str) -> str:
    """When something was written down, from the database's instant."""
    return formats.moment(dt.datetime.fromisoformat(instant))


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """Which account is shown, as of which day (None: now), and whether it is one of several owners'."""

    slug: str
    leaf: AccountKey
    on: dt.date | None = None
    is_shared: bool = False

    def link(self, **more: str) -> str:
        """The page of this account, or another of its pages."""
        named = {"owner": str(self.leaf.owner)} if self.leaf.owner or self.is_shared else {}
        return self._at(named | more)

    def of_all(self) -> str:
        """The page of all who have such an account; nothing where it is the community's own."""
        return self._at({}) if self.is_shared else ""

    def _at(self, asked: dict[str, str]) -> str:
        asked = ({"at": self.on.isoformat()} if self.on else {}) | asked
        return url_for("accounts.show", slug=self.slug, chart=self.leaf.chart, fund=self.leaf.fund, **asked)  # type: ignore[arg-type]
