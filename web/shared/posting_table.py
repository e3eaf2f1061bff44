"""The lines of an entry as a table: account, fund, purpose, debit and credit, with a total for each unit."""

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
    """One line of an entry, posted or not."""

    @property
    def leaf(self) -> AccountKey:
        """Its account."""

    @property
    def amount(self) -> int:
        """Minor units, debit positive."""

    @property
    def programme(self) -> str | None:
        """Its programme."""

    @property
    def quantity(self) -> Quantity | None:
        """The measured quantity, if any."""


def lines_table(
    lines: Sequence[TableLine], labels: Labels, caption: str, slug: str = "", *, plainly: bool = False
) -> Table:
    """The table of an entry's lines; with a `slug` each account is a link to its page.

    `plainly` heads the two sides in members' words in place of debit and credit.
    """
    headings = (gettext("Goes to"), gettext("Comes from")) if plainly else (gettext("Debit"), gettext("Credit"))
    amount_columns = [Column(label=name, numeric=True) for name in headings]
    columns = [
        Column(label=gettext("Account")),
        Column(label=gettext("Fund")),
        Column(label=gettext("For")),
        *amount_columns,
    ]
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
    quantity = formats.quantity(line.quantity.milli, line.quantity.unit) if line.quantity else ""
    return ", ".join(part for part in (labels.programme(line.programme), quantity) if part)


def _total(lines: Sequence[TableLine], unit: str) -> list[TextOrCell]:
    total = formats.amount(total_debits(lines, unit), unit)
    names = {MINUTES: gettext("Total, hours"), BARTER_VALUE: gettext("Total, barter values")}
    return [names.get(unit) or gettext("Total, %(unit)s", unit=unit), "", "", total, total]


def total_debits(lines: Sequence[TableLine], unit: str) -> int:
    """The sum of an entry's debits in a unit, in minor units."""
    return sum(max(line.amount, 0) for line in lines if line.leaf.unit == unit)


def amounts_text(lines: Sequence[TableLine]) -> str:
    """The sums of an entry's debits, in each of its units."""
    units = dict.fromkeys(line.leaf.unit for line in lines)
    return formats.names(formats.amount_with_unit(total_debits(lines, unit), unit) for unit in units)


def recorded_at_text(recorded_at: str) -> str:
    """A recorded time for people, from the ISO text that the database stores."""
    return formats.moment(dt.datetime.fromisoformat(recorded_at))


@dataclass(frozen=True, kw_only=True)
class AccountView:
    """An account, the day of its balance (None for now), and whether the chart line has accounts of several owners."""

    slug: str
    leaf: AccountKey
    on: dt.date | None = None
    is_shared: bool = False

    def link(self, **parameters: str) -> str:
        """The address of this account, or with `more` parameters of another of its pages."""
        owner = {"owner": str(self.leaf.owner)} if self.leaf.owner or self.is_shared else {}
        return self._address(owner | parameters)

    def all_owners_link(self) -> str:
        """The address of the accounts of all owners; empty if the account is the community's own."""
        return self._address({}) if self.is_shared else ""

    def _address(self, parameters: dict[str, str]) -> str:
        parameters = ({"at": self.on.isoformat()} if self.on else {}) | parameters
        return url_for("accounts.show", slug=self.slug, chart=self.leaf.chart, fund=self.leaf.fund, **parameters)  # type: ignore[arg-type]
