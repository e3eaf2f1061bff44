"""Hours: members helped a member; one hour is one hour, whoever gave it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import MEMBER_TIME
from ledger.core.drafts import EXCHANGE, EntryDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import MEMBERS_OWN, Confirms, Kind
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_duration, field_member, field_members, field_programme, field_text
from ledger.kinds.readings import Sentence, StatementReading
from ledger.kinds.time.time_accounts import clock, member_time, names, time_lines

PLAIN = N_("Help, %(time)s: %(helpers)s for %(receiver)s")


@dataclass(frozen=True, kw_only=True)
class Hours(Kind):
    """Help from one or more members to one: each helper is credited with the time, the receiver with the sum."""

    slug: ClassVar[str] = "hours"
    title: ClassVar[str] = N_("Hours of help")
    summary: ClassVar[str] = N_("Someone helped someone. Either of them can write it down.")
    group: ClassVar[str] = "time"
    order: ClassVar[int] = 1
    family: ClassVar[str] = EXCHANGE
    recorders: ClassVar[frozenset[str]] = MEMBERS_OWN
    confirms: ClassVar[Confirms] = "other-side"
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_TIME,)
    plain_narrations: ClassVar[tuple[str, ...]] = (PLAIN,)
    on_statement: ClassVar[StatementReading] = StatementReading(
        gained=N_("You helped %(name)s"), lost=N_("Helped by %(name)s")
    )

    helpers: tuple[int, ...] = field_members(
        N_("Who gave the help?"), hint=N_("If several people helped, choose each of them.")
    )
    receiver: int = field_member(N_("Who received the help?"))
    minutes: int = field_duration(N_("How long?"), hint=N_("If several people helped: how long each of them did."))
    what: str | None = field_text(N_("What was it?"), example="Weeding the beans", required=False)
    programme: str | None = field_programme(N_("Was it for a programme?"), required=False)

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The helpers, and the one who received."""
        return self.helpers, (self.receiver,)

    def asks(self) -> tuple[int, ...]:
        """The receiver says yes."""
        return (self.receiver,)

    def subject(self) -> str | None:
        """What the help was."""
        return self.what

    def sentence(self, reader: int) -> Sentence:
        """Who helped whom for how long."""
        words = N_("%(receiver)s was helped by %(helpers)s for %(length)s.")
        if self.receiver == reader:
            words = N_("You were helped by %(helpers)s for %(length)s.")
        elif self.helpers == (reader,):
            words = N_("You helped %(receiver)s for %(length)s.")
        people = {"helpers": self.helpers, "receiver": (self.receiver,)}
        return Sentence(words=words, people=people, minutes=self.minutes)

    def draft(self, books: BooksView) -> EntryDraft:
        """The receiver's account against each helper's."""
        moves = [(member_time(self.receiver), self.minutes * len(self.helpers))]
        moves += [(member_time(helper), -self.minutes) for helper in self.helpers]
        values = {
            "time": clock(self.minutes * len(self.helpers)),
            "helpers": names(books, self.helpers),
            "receiver": books.name(self.receiver),
        }
        narration = make_message(PLAIN, **values)
        if self.what:
            narration = make_message("%(what)s, %(time)s: %(helpers)s for %(receiver)s", what=self.what, **values)
        return self.entry(books, time_lines(moves, self.programme), narration)
