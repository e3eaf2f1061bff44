"""An account's history on screen: a page of its moves, each with what stood after it."""

from __future__ import annotations

from itertools import groupby

from flask import url_for

from ledger.core.periods import Month
from ledger.journal.account_history import HistoryLine, HistoryPage
from ledger.registers.records import Account
from web.i18n import formats
from web.i18n.translation import gettext
from web.shared.components import Cell, Column, Group, Link, Table, TextOrCell
from web.shared.labels import kind_title
from web.shared.posting_table import AccountView


def pages(page: HistoryPage, shown: AccountView) -> tuple[Link | None, Link | None]:
    """The links to the moves before and after a page."""
    older, newer = page.older, page.newer
    return (
        Link(label=gettext("Earlier moves"), href=shown.link(before=str(older))) if older else None,
        Link(label=gettext("Later moves"), href=shown.link(after=str(newer))) if newer else None,
    )


def moves(page: HistoryPage, shown: AccountView, account: Account) -> Table:
    """A page of moves, newest day first; the balance counts on the side where the account grows."""
    columns = [
        Column(label=gettext("What")),
        Column(label=gettext("No."), numeric=True),
        Column(label=gettext("Date")),
        Column(label=gettext("Debit"), numeric=True),
        Column(label=gettext("Credit"), numeric=True),
        Column(label=gettext("Balance"), numeric=True),
    ]
    sign, side = (-1, gettext("credit")) if account.side == "credit" else (1, gettext("debit"))
    return Table(
        caption=_span(page),
        columns=columns,
        groups=_months(page, shown, sign),
        sentence=gettext(
            "The balance after each move, counted on the side where this account grows: %(side)s.", side=side
        ),
    )


def _span(page: HistoryPage) -> str:
    return gettext("Moves, %(span)s", span=formats.span(page.moves[-1].effective_on, page.moves[0].effective_on))


def _months(page: HistoryPage, shown: AccountView, sign: int) -> list[Group]:
    """The moves under their months, so that a day stands in few words."""
    return [
        Group(heading=formats.month(month.first), rows=[_row(move, shown, sign) for move in some])
        for month, some in groupby(page.moves, key=lambda move: Month.of(move.effective_on))
    ]


def _row(move: HistoryLine, shown: AccountView, sign: int) -> list[TextOrCell]:
    figure = formats.amount(abs(move.amount), shown.leaf.unit)
    return [
        Cell(text=_heading(move), href=url_for("entries.show", slug=shown.slug, number=move.entry_id)),
        str(move.entry_id),
        formats.day(move.effective_on).replace(" ", "\u00a0"),
        figure if move.amount > 0 else "",
        figure if move.amount < 0 else "",
        formats.amount(sign * move.balance, shown.leaf.unit),
    ]


def _heading(move: HistoryLine) -> str:
    if move.reverses is not None:
        return gettext("Entry %(number)s taken back", number=move.reverses)
    return move.narration or kind_title(move.kind)
