"""What every check of the desk looks at: the books of one snapshot, the visitor, and today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import url_for

from ledger.core.account_roles import OWNED_TIME
from ledger.core.amounts import MINUTES
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import balances
from ledger.journal.balances import BalanceRow
from ledger.limits.limit_status import Owner, past_talk_level
from ledger.workflow.claims import Claim
from ledger.workflow.record import waiting
from reports.data.dataset import Dataset
from reports.data.load_dataset import recent_dataset
from web.i18n import formats
from web.identity.permissions import CHECKER, TREASURER, CurrentMember
from web.shared.labels import Labels


@dataclass(frozen=True)
class DeskContext:
    """The books as the desk looks at them: one snapshot, today, and the last month that is over."""

    books: ReadUnit
    visitor: CurrentMember
    today: dt.date
    labels: Labels
    claims: Sequence[Claim]
    rows: Sequence[BalanceRow]
    data: Dataset

    @classmethod
    def of(cls, books: ReadUnit, visitor: CurrentMember, today: dt.date) -> DeskContext:
        """Read all that the checks look at."""
        claims, rows = waiting(books, formats.format_message), balances.trial_balance(books)
        return cls(
            books, visitor, today, Labels.of(books), claims, rows, recent_dataset(books, Month.of(today).previous())
        )

    @property
    def month(self) -> Month:
        """The last month that is over."""
        return Month.of(self.today).previous()

    @cached_property
    def past_talk_level(self) -> list[Owner]:
        """The owners whose hours are past the level at which one talks, by number."""
        owned = (row for row in self.rows if row.leaf.chart in OWNED_TIME and row.leaf.unit == MINUTES)
        return past_talk_level(self.books, sorted((row.leaf.owner, -row.balance) for row in owned))

    @property
    def pot_minutes(self) -> int:
        """The hours in the community's pot: the other side of all hours that somebody owns."""
        time = (row for row in self.rows if row.leaf.unit == MINUTES)
        return -sum(row.balance for row in time if row.leaf.chart not in OWNED_TIME)

    def fund_balance(self, fund: str) -> int:
        """What a fund holds: its money and claims less what it owes, in minor units."""
        accounts, unit = self.labels.accounts, self.data.currency
        held = (row for row in self.rows if row.leaf.fund == fund and row.leaf.unit == unit)
        return sum(row.balance for row in held if accounts[row.leaf.chart].kind in ("asset", "liability"))

    def account(self, chart: str, fund: str) -> str | None:
        """Where an account can be looked at, by those who may."""
        if not self.visitor.may(TREASURER, CHECKER):
            return None
        return url_for("accounts.show", slug=self.visitor.slug, chart=chart, fund=fund)
