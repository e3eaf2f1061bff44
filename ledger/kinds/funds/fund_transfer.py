"""Fund transfer: by a decision, money passes from one fund's purpose to another's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.drafts import EntryDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_account, field_amount, field_decision, field_fund, field_text
from ledger.kinds.funds.fund_transfer_lines import Half, transfer_lines
from ledger.kinds.money import get_fund


@dataclass(frozen=True, kw_only=True)
class FundTransfer(Papered):
    """Money set aside for another purpose. Out of a restricted fund only as the giver's own words allow."""

    slug: ClassVar[str] = "fund-transfer"
    title: ClassVar[str] = N_("Transfer between funds")
    summary: ClassVar[str] = N_("Money passes from one purpose to another, by a decision.")
    group: ClassVar[str] = "funds"
    order: ClassVar[int] = 20
    accounts: ClassVar[tuple[str, ...]] = (TRANSFERS_OUT, TRANSFERS_IN)

    amount: int = field_amount(N_("How much?"), example="300.00")
    from_fund: str = field_fund(N_("From which fund?"))
    from_place: str = field_account(N_("Where does its money lie?"), among=("cash",))
    to_fund: str = field_fund(N_("To which fund?"), example="TNK")
    to_place: str = field_account(N_("Where does the money go?"), among=("cash",))
    decision: str = field_decision(N_("Which decision says so?"), example="A-14")
    clause: str | None = field_text(
        N_("Which words of the giver allow it?"),
        hint=N_("Needed where the money was given for a purpose: the clause of the letter or the appeal."),
        example="Clause 4",
        required=False,
    )

    def problems(self) -> Mapping[str, Message]:
        """Two funds, not one."""
        wrong = dict(super().problems())
        if self.from_fund == self.to_fund:
            wrong["to_fund"] = make_message("Choose another fund than the first.")
        return wrong

    def draft(self, books: BooksView) -> EntryDraft:
        """Out of one fund and into the other, each with its money."""
        giving, taking = get_fund(books, self.from_fund, "from_fund"), get_fund(books, self.to_fund, "to_fund")
        lines = transfer_lines(
            books,
            self.amount,
            Half(fund=giving.code, place=self.from_place),
            Half(fund=taking.code, place=self.to_place),
        )
        narration = make_message("Transfer: “%(giving)s” to “%(taking)s”", giving=giving.name, taking=taking.name)
        return self.entry(books, lines, narration, reason=self.clause)
