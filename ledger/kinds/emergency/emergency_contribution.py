"""Emergency contribution: another fund fills the emergency fund up, by a decision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.drafts import EntryDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_decision, field_fund
from ledger.kinds.funds.fund_transfer_lines import Half, transfer_lines
from ledger.kinds.money import get_fund

FUND = "EMF"


@dataclass(frozen=True, kw_only=True)
class EmergencyContribution(Papered):
    """Money set aside for emergencies; gifts from outside are recorded as gifts of money into the same fund."""

    slug: ClassVar[str] = "emergency-contribution"
    title: ClassVar[str] = N_("Into the emergency fund")
    summary: ClassVar[str] = N_("Another fund fills the emergency fund up, by a decision.")
    group: ClassVar[str] = "emergency"
    order: ClassVar[int] = 1
    accounts: ClassVar[tuple[str, ...]] = (TRANSFERS_OUT, TRANSFERS_IN)

    amount: int = field_amount(N_("How much?"), example="200.00")
    from_fund: str = field_fund(N_("From which fund?"), among=("unrestricted", "co-op"))
    from_place: str = field_account(N_("Where does its money lie?"), among=("cash",))
    to_place: str = field_account(N_("Where is the emergency money kept?"), example="1010", among=("cash",))
    decision: str = field_decision(N_("Which decision says so?"), example="A-13")
    to_fund: str = field_fund(
        N_("Which is the emergency fund?"), example=FUND, among=("unrestricted-designated",), default=FUND
    )

    def problems(self) -> Mapping[str, Message]:
        """Two funds, not one."""
        wrong = dict(super().problems())
        if self.from_fund == self.to_fund:
            wrong["from_fund"] = make_message("Choose another fund than the emergency fund.")
        return wrong

    def draft(self, books: BooksView) -> EntryDraft:
        """Out of one fund and into the emergency fund, each with its money."""
        giving, taking = get_fund(books, self.from_fund, "from_fund"), get_fund(books, self.to_fund, "to_fund")
        lines = transfer_lines(
            books,
            self.amount,
            Half(fund=giving.code, place=self.from_place),
            Half(fund=taking.code, place=self.to_place),
        )
        return self.entry(books, lines, make_message("For emergencies: from “%(giving)s”", giving=giving.name))
