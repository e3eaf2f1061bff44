"""Group session: one or more people led something for a group; the community chooses how it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from ledger.core.account_roles import MEMBER_TIME, PROGRAMME_HOURS, SESSION_SURPLUS
from ledger.core.drafts import EXCHANGE, EntryDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.base import MEMBERS_OWN, Confirms, Kind
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import (
    Choice,
    field_choice,
    field_count,
    field_duration,
    field_members,
    field_programme,
    field_text,
)
from ledger.kinds.readings import Sentence, StatementReading
from ledger.kinds.time.community_hours import CommunityHours
from ledger.kinds.time.session_split import WAYS
from ledger.kinds.time.time_accounts import clock, names, time_lines

COMMUNITY_PAYS = "community"


@dataclass(frozen=True, kw_only=True)
class GroupSession(Kind):
    """A session with a leader's time in it: paid by the community, received whole by each guest, or shared by them.

    Paid by the community it is drafted as community hours, and only the number of guests is kept.
    """

    slug: ClassVar[str] = "group-session"
    title: ClassVar[str] = N_("Group session")
    summary: ClassVar[str] = N_("Someone led a course, circle or workshop for a group.")
    group: ClassVar[str] = "time"
    order: ClassVar[int] = 2
    family: ClassVar[str] = EXCHANGE
    recorders: ClassVar[frozenset[str]] = MEMBERS_OWN
    confirms: ClassVar[Confirms] = "other-side"
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_TIME, PROGRAMME_HOURS, SESSION_SURPLUS)
    subject_reads: ClassVar[str] = N_("Session “%(what)s”")
    on_statement: ClassVar[StatementReading] = StatementReading(
        gained=N_("You led a session"),
        lost=N_("You took part in a session"),
        gained_alone=N_("You led a session"),
        lost_alone=N_("You took part in a session"),
    )

    what: str = field_text(N_("What was it about?"), example="Pruning young trees")
    leaders: tuple[int, ...] = field_members(N_("Who led it?"))
    minutes: int = field_duration(N_("How long did it take?"))
    mode: str = field_choice(
        N_("How does it count?"),
        (
            Choice(
                value=COMMUNITY_PAYS,
                label=N_("The community gives the hours"),
                hint=N_("Free to attend. Only how many came is kept."),
            ),
            Choice(
                value="shared",
                label=N_("Those who came share the leader’s time"),
                hint=N_("One hour for six people is ten minutes each."),
            ),
            Choice(
                value="each-pays",
                label=N_("Each who came receives the whole time"),
                hint=N_("What is over goes to the community’s pot."),
            ),
        ),
    )
    guests: tuple[int, ...] = field_members(
        N_("Who came?"), hint=N_("Leave this open where the community gives the hours."), required=False
    )
    headcount: int | None = field_count(N_("How many people came?"), required=False)
    programme: str | None = field_programme(N_("Which programme was it for?"), required=False)

    def problems(self) -> Mapping[str, Message]:
        """Guests are named where they take part in the count; a programme where the community pays."""
        if self.mode == COMMUNITY_PAYS:
            return {} if self.programme else {"programme": make_message("Choose the programme whose hours are used.")}
        if not self.guests:
            return {"guests": make_message("Choose who came.")}
        if len(self.guests) < len(self.leaders):
            return {"mode": make_message("More people led than came. Let the community give the hours.")}
        return {}

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The leaders, and the guests who take part in the count."""
        return self.leaders, () if self.mode == COMMUNITY_PAYS else self.guests

    def asks(self) -> tuple[int, ...]:
        """Every guest who takes part in the count says yes."""
        return self.sides()[1]

    def keeps(self) -> str | None:
        """Where the community pays, the programme's keeper checks it."""
        return self.programme if self.mode == COMMUNITY_PAYS else None

    def subject(self) -> str | None:
        """What the session was about."""
        return self.what

    def sentence(self, reader: int) -> Sentence:
        """Who led it, and whether the reader took part."""
        words = N_("A session of %(length)s led by %(leaders)s.")
        if reader in self.guests:
            words = N_("You took part in a session of %(length)s led by %(leaders)s.")
        elif self.leaders == (reader,):
            words = N_("You led a session of %(length)s.")
        return Sentence(words=words, people={"leaders": self.leaders}, minutes=self.minutes)

    def draft(self, books: BooksView) -> EntryDraft:
        """Guests against leaders, with what is over to the pot; or the community's hours."""
        if self.mode == COMMUNITY_PAYS:
            return self.paid_by_the_community().draft(books)
        moves = WAYS[self.mode](self.leaders, self.guests, self.minutes)
        values = {"time": clock(self.minutes), "leaders": names(books, self.leaders)}
        narration = make_message("Session “%(what)s”, %(time)s: %(leaders)s", what=self.what, **values)
        return self.entry(books, time_lines(moves, self.programme), narration)

    def paid_by_the_community(self) -> CommunityHours:
        """The same session as hours worked for a programme."""
        return CommunityHours(
            day=self.day,
            note=self.note,
            helpers=self.leaders,
            minutes=self.minutes,
            programme=self.programme or "",
            what=self.what,
            headcount=self.headcount,
        )
