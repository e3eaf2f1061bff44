"""What every check of the desk looks at: the books of one snapshot, the visitor, and today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit
from ledger.journal import balances
from ledger.journal.balances import BalanceRow
from ledger.workflow.claims import Claim
from ledger.workflow.record import waiting
from reports.data.dataset import Dataset
from reports.data.load_dataset import load_dataset
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
            books, visitor, today, Labels.of(books), claims, rows, load_dataset(books, Month.of(today).previous())
        )

    @property
    def month(self) -> Month:
        """The last month that is over."""
        return Month.of(self.today).previous()

    def account(self, chart: str, fund: str) -> str | None:
        """Where an account can be looked at, by those who may."""
        if not self.visitor.may(TREASURER, CHECKER):
            return None
        return url_for("accounts.show", slug=self.visitor.slug, chart=chart, fund=fund)
