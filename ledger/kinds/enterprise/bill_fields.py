"""Bill: the questions that a cost and a purchase share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.drafts import Quantity
from ledger.core.messages import N_
from ledger.kinds.base import Papered
from ledger.kinds.fields import (
    field_account,
    field_amount,
    field_fund,
    field_programme,
    field_quantity,
    field_rows,
    field_text,
)
from ledger.kinds.money import CostLine


@dataclass(frozen=True, kw_only=True)
class Bill(Papered):
    """What was bought, for which purpose, out of which fund; further lines where one bill has several."""

    group: ClassVar[str] = "enterprise"

    what: str = field_text(N_("What was it for?"), example="Leaflets printed")
    amount: int = field_amount(N_("How much was it?"))
    fund: str = field_fund(N_("Which fund pays?"))
    account: str = field_account(N_("Which cost is it?"), example="6340", among=("expense",))
    programme: str | None = field_programme(N_("Which programme was it for?"), required=False)
    quantity: Quantity | None = field_quantity(
        N_("How much of it was bought or used?"),
        hint=N_("For energy, water, waste and food: it feeds the sustainability report."),
        example="640 kWh metered",
        required=False,
    )
    more: tuple[CostLine, ...] = field_rows(N_("Further lines of the same bill"), CostLine, required=False)

    def lines(self) -> tuple[CostLine, ...]:
        """Every line of the bill."""
        first = CostLine(account=self.account, amount=self.amount, programme=self.programme, quantity=self.quantity)
        return first, *self.more

    def total(self) -> int:
        """What the bill comes to."""
        return sum(line.amount for line in self.lines())
