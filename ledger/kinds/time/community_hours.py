"""Community hours: work for everyone, which the community's pot pays, by programme."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from ledger.core.account_roles import MEMBER_TIME, PROGRAMME_HOURS
from ledger.core.drafts import COMMUNITY, EntryDraft
from ledger.core.messages import N_, make_message
from ledger.kinds.base import MEMBERS_OWN, Confirms, Kind
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_count, field_duration, field_members, field_programme, field_text
from ledger.kinds.readings import Sentence
from ledger.kinds.time.session_split import community_pays
from ledger.kinds.time.time_accounts import clock, names, time_lines

PLAIN = N_("Work for the community, %(time)s: %(programme)s")


@dataclass(frozen=True, kw_only=True)
class CommunityHours(Kind):
    """Hours worked for a programme: each helper is credited, the programme's hours budget is used.

    Work for a private programme is a private entry, and its words name nobody.
    """

    slug: ClassVar[str] = "community-hours"
    title: ClassVar[str] = N_("Work for the community")
    summary: ClassVar[str] = N_("Someone worked for everyone, and the community’s pot gives the hours.")
    group: ClassVar[str] = "time"
    order: ClassVar[int] = 3
    family: ClassVar[str] = COMMUNITY
    recorders: ClassVar[frozenset[str]] = MEMBERS_OWN
    confirms: ClassVar[Confirms] = "keeper"
    plain_narrations: ClassVar[tuple[str, ...]] = (PLAIN,)
    accounts: ClassVar[tuple[str, ...]] = (MEMBER_TIME, PROGRAMME_HOURS)

    helpers: tuple[int, ...] = field_members(N_("Who did the work?"))
    minutes: int = field_duration(N_("How long?"), hint=N_("If several people worked: how long each of them did."))
    programme: str = field_programme(N_("Which programme was it for?"))
    what: str | None = field_text(N_("What was it?"), example="Cooking for the assembly", required=False)
    headcount: int | None = field_count(
        N_("How many people came?"), hint=N_("Only the number is kept, never who came."), required=False
    )

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The helpers; the other side is everyone."""
        return self.helpers, ()

    def keeps(self) -> str | None:
        """The programme's keeper checks it."""
        return self.programme

    def subject(self) -> str | None:
        """What the work was."""
        return self.what

    def sentence(self, reader: int) -> Sentence:
        """Who worked for how long, for which programme."""
        words = N_("%(helpers)s worked for the community for %(length)s: %(programme)s")
        if self.helpers == (reader,):
            words = N_("You worked for the community for %(length)s: %(programme)s")
        people = {"helpers": self.helpers}
        return Sentence(words=words, people=people, minutes=self.minutes, programme=self.programme)

    def draft(self, books: BooksView) -> EntryDraft:
        """The programme's hours against each helper's account."""
        lines = time_lines(community_pays(self.helpers, self.minutes), self.programme)
        facts = {} if self.headcount is None else {"headcount": self.headcount}
        programme = books.find_programme(self.programme)
        values = {"time": clock(self.minutes * len(self.helpers)), "programme": programme.name if programme else ""}
        if programme is not None and programme.private:
            narration = make_message(PLAIN, **values)
            drafted = self.entry(books, lines, narration, privacy="private", facts=facts)
            return replace(drafted, note="\n".join(filter(None, (self.what, self.note))))
        values["helpers"] = names(books, self.helpers)
        narration = make_message("%(programme)s, %(time)s: %(helpers)s", **values)
        if self.what:
            narration = make_message("%(what)s, %(time)s: %(helpers)s", what=self.what, **values)
        return self.entry(books, lines, narration, facts=facts)
