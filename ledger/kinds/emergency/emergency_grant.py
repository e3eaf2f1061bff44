"""Emergency grant: fast help in money that need not be given back. Always private, and decided by two people."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from ledger.core.account_roles import EMERGENCY_GRANTS
from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import OPERATOR, PANEL, TREASURER, Kind, Privacy
from ledger.kinds.books_view import BooksView
from ledger.kinds.emergency.emergency_contribution import FUND
from ledger.kinds.fields import field_account, field_amount, field_decision, field_fund, field_member
from ledger.kinds.money import money_account

PAYERS = frozenset({PANEL, TREASURER})
"""The offices that two different people must hold to pay emergency help."""


@dataclass(frozen=True, kw_only=True)
class EmergencyGrant(Kind):
    """Help from the emergency fund. No line and no words of the entry say for whom; only its note may, until erased."""

    slug: ClassVar[str] = "emergency-grant"
    title: ClassVar[str] = N_("Emergency help")
    summary: ClassVar[str] = N_("Fast help that need not be given back. Two people pay it out.")
    group: ClassVar[str] = "emergency"
    order: ClassVar[int] = 2
    recorders: ClassVar[frozenset[str]] = PAYERS | {OPERATOR}
    privacy: ClassVar[Privacy] = "private"
    agreement: ClassVar[str] = "payment"
    always_two: ClassVar[bool] = True
    second_offices: ClassVar[frozenset[str]] = PAYERS
    decision_policy: ClassVar[str] = "emergency.fast_amount"
    accounts: ClassVar[tuple[str, ...]] = (EMERGENCY_GRANTS,)
    is_emergency_help: ClassVar[bool] = True

    amount: int = field_amount(N_("How much is paid out?"), example="250.00")
    paid_from: str = field_account(N_("Where does the money lie?"), example="1010", among=("cash",))
    decision: str | None = field_decision(N_("Which decision of the panel is it?"), example="E-01", required=False)
    receiver: int | None = field_member(
        N_("Who is it for?"),
        hint=N_("Kept in the private note only, and erased with it. It may stay open."),
        required=False,
    )
    fund: str = field_fund(
        N_("Which is the emergency fund?"), example=FUND, among=("unrestricted-designated",), default=FUND
    )

    def payee(self) -> int | None:
        """The member who is helped: not one of the two who pay it out."""
        return self.receiver

    def draft(self, books: BooksView) -> EntryDraft:
        """Emergency grants against the money; the receiver stands in the note and nowhere else."""
        lines = (
            PostingDraft(money_account(books, EMERGENCY_GRANTS, self.fund), self.amount),
            PostingDraft(money_account(books, self.paid_from, self.fund), -self.amount),
        )
        drafted = self.entry(books, lines, make_message("Emergency help"))
        if self.receiver is None:
            return drafted
        receiver = books.words(make_message("For: %(receiver)s", receiver=books.name(self.receiver)))
        return replace(drafted, note="\n".join(filter(None, (receiver, self.note))))
