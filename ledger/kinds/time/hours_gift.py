"""Hours gift: a member passes hours on, to the community's pot or to another member; no help was given for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import HOURS_DONATED, MEMBER_TIME
from ledger.core.drafts import EntryDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import MEMBERS_OWN, Confirms, Kind
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_duration, field_member
from ledger.kinds.readings import Sentence, StatementReading
from ledger.kinds.time.time_accounts import clock, member_time, time_account, time_lines

TO_THE_POT = N_("Hours for the community’s pot, %(time)s: from %(giver)s")
TO_A_MEMBER = N_("Gift of hours, %(time)s: %(giver)s to %(receiver)s")


@dataclass(frozen=True, kw_only=True)
class HoursGift(Kind):
    """Hours passed on. It is not counted as help exchanged, because nobody worked for it."""

    slug: ClassVar[str] = "hours-gift"
    title: ClassVar[str] = N_("Gift of hours")
    summary: ClassVar[str] = N_("Pass hours on to the community’s pot, or to another member.")
    group: ClassVar[str] = "time"
    order: ClassVar[int] = 4
    recorders: ClassVar[frozenset[str]] = MEMBERS_OWN
    confirms: ClassVar[Confirms] = "other-side"
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_TIME, HOURS_DONATED)
    plain_narrations: ClassVar[tuple[str, ...]] = (TO_THE_POT, TO_A_MEMBER)
    on_statement: ClassVar[StatementReading] = StatementReading(
        gained=N_("A gift of hours from %(name)s"),
        lost=N_("You passed hours on to %(name)s"),
        gained_alone=N_("A gift of hours from %(name)s"),
        lost_alone=N_("You passed hours on to the community’s pot"),
    )
    giver_gains: ClassVar[bool] = False
    yes: ClassVar[str] = N_("Yes, I pass on %(length)s")

    giver: int = field_member(N_("Who passes hours on?"))
    minutes: int = field_duration(N_("How many hours?"))
    receiver: int | None = field_member(
        N_("To whom?"), hint=N_("Leave this open to give them to the community’s pot."), required=False
    )

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The giver, and the member who receives."""
        return (self.giver,), () if self.receiver is None else (self.receiver,)

    def asks(self) -> tuple[int, ...]:
        """The giver says yes: it is their account that grows smaller."""
        return (self.giver,)

    def passes_on(self) -> tuple[int, int] | None:
        """The giver and the receiver; None for a gift to the pot."""
        return None if self.receiver is None else (self.giver, self.receiver)

    def sentence(self, reader: int) -> Sentence:
        """Who passes how much on, and to whom."""
        if self.receiver is None:
            words = N_("%(giver)s passes %(length)s on to the community’s pot.")
            return Sentence(words=words, people={"giver": (self.giver,)}, minutes=self.minutes)
        words = N_("%(giver)s passes %(length)s on to %(receiver)s.")
        if self.giver == reader:
            words = N_("You pass %(length)s on to %(receiver)s.")
        people = {"giver": (self.giver,), "receiver": (self.receiver,)}
        return Sentence(words=words, people=people, minutes=self.minutes)

    def draft(self, books: BooksView) -> EntryDraft:
        """The giver's account against the receiver's, or against hours donated to the pot."""
        to = time_account(HOURS_DONATED) if self.receiver is None else member_time(self.receiver)
        values = {"time": clock(self.minutes), "giver": books.name(self.giver)}
        narration = make_message(TO_THE_POT, **values)
        if self.receiver is not None:
            narration = make_message(TO_A_MEMBER, **values, receiver=books.name(self.receiver))
        return self.entry(books, time_lines([(member_time(self.giver), self.minutes), (to, -self.minutes)]), narration)
