"""Accounts on screen: the trial balance, and what moved one account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ledger.core.amounts import BARTER_VALUE, MINUTES
from ledger.core.drafts import AccountKey
from ledger.core.messages import N_
from ledger.journal.balances import BalanceRow
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Cell, Column, Group, Option, Table
from web.shared.labels import Labels
from web.shared.posting_table import AccountView

CLASSES = {
    "asset": N_("What there is"),
    "liability": N_("What is promised or owed"),
    "equity": N_("Funds and transfers"),
    "income": N_("Came in"),
    "expense": N_("Went out"),
}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which part of the trial balance is asked for."""

    unit: str
    fund: str = ""
    on: dt.date | None = None


def unit_name(unit: str) -> str:
    """A unit as the treasurer knows it."""
    names = {MINUTES: gettext("Hours"), BARTER_VALUE: gettext("Trade values")}
    return names.get(unit) or gettext("Money (%(currency)s)", currency=unit)


def unit_options(units: Iterable[str]) -> list[Option]:
    """The units of the books."""
    return [Option(value=unit, label=unit_name(unit)) for unit in units]


def trial_balance(rows: Sequence[BalanceRow], wanted: Wanted, labels: Labels, slug: str) -> Table:
    """The trial balance of one unit, by class, with both sides' totals; they are equal, or the books are broken."""
    shown = [row for row in rows if row.leaf.unit == wanted.unit and wanted.fund in ("", row.leaf.fund)]
    shown.sort(key=lambda row: (_class(row, labels), row.leaf.chart, row.leaf.fund, row.leaf.owner))
    groups = [
        Group(heading=_class_name(kind), rows=[_row(row, labels, wanted, slug) for row in some])
        for kind, some in groupby(_by_account(shown), key=lambda row: _class(row, labels))
    ]
    debit, credit = (sum(max(sign * row.balance, 0) for row in _by_account(shown)) for sign in (1, -1))
    left, right = formats.amount(debit, wanted.unit), formats.amount(credit, wanted.unit)
    columns = [
        Column(label=gettext("Account")),
        Column(label=gettext("Fund")),
        Column(label=gettext("Debit"), numeric=True),
        Column(label=gettext("Credit"), numeric=True),
    ]
    return Table(
        caption=gettext("Trial balance, %(unit)s", unit=unit_name(wanted.unit)),
        columns=columns,
        groups=groups,
        totals=[[gettext("Total"), "", left, right]],
        sentence=_sentence(debit, credit, wanted.unit),
    )


def _by_account(rows: Sequence[BalanceRow]) -> list[BalanceRow]:
    """One line for each chart line and fund; whose it is stays on the account's own page."""
    found: dict[tuple[str, str], BalanceRow] = {}
    for row in rows:
        key = (row.leaf.chart, row.leaf.fund)
        first = found.get(key)
        leaf = AccountKey(row.leaf.chart, row.leaf.unit, row.leaf.fund)
        found[key] = replace(row, leaf=leaf, balance=row.balance + (first.balance if first else 0))
    return list(found.values())


def _class(row: BalanceRow, labels: Labels) -> int:
    account = labels.accounts.get(row.leaf.chart)
    return list(CLASSES).index(account.kind) if account and account.kind in CLASSES else len(CLASSES)


def _class_name(place: int) -> str:
    return gettext(list(CLASSES.values())[place]) if place < len(CLASSES) else ""


def _row(row: BalanceRow, labels: Labels, wanted: Wanted, slug: str) -> list[str | Cell]:
    href = AccountView(slug=slug, leaf=row.leaf, on=wanted.on).link()
    debit = formats.amount(row.balance, wanted.unit) if row.balance > 0 else ""
    credit = formats.amount(-row.balance, wanted.unit) if row.balance < 0 else ""
    return [Cell(text=labels.chart(row.leaf.chart), href=href), labels.fund(row.leaf.fund), debit, credit]


def _sentence(debit: int, credit: int, unit: str) -> str:
    if debit == credit:
        return gettext("Debits and credits both come to %(total)s.", total=formats.amount(debit, unit))
    apart = formats.amount(abs(debit - credit), unit)
    return gettext("Debits and credits differ by %(difference)s. Run the checks.", difference=apart)


def owners(everyone: Iterable[int], rows: Sequence[BalanceRow], labels: Labels, shown: AccountView) -> Table:
    """Whose share of an account is how large, who stands at nought too; each name leads to what moved it."""
    columns = [Column(label=gettext("Whose")), Column(label=gettext("Balance"), numeric=True)]
    held = {row.leaf.owner: row.balance for row in rows}
    cells: list[list[str | Cell]] = [
        [
            Cell(text=name, href=replace(shown, leaf=replace(shown.leaf, owner=owner)).link()),
            formats.amount(held.get(owner, 0), shown.leaf.unit),
        ]
        for name, owner in sorted((labels.person(owner), owner) for owner in everyone)
    ]
    caption = gettext("The balance by owner, debit positive")
    return Table(caption=caption, columns=columns, groups=[Group(rows=cells)], slim=True)
