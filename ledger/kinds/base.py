"""A kind of entry: what it is called, who may record it, how it reads, what it asks, the entry it drafts. Pure."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Literal

from ledger.core.drafts import OTHER, EntryDraft, PostingDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_date, field_decision, field_note, field_text
from ledger.kinds.readings import Sentence, StatementReading
from ledger.kinds.validation import checked

MEMBER, ORGANISER, TREASURER, CHECKER = "member", "organiser", "treasurer", "checker"
PANEL, KEEPER, OPERATOR = "emergency panel", "programme keeper", "operator"
"""Offices that kinds name. `operator` is the command line: it records, and is never anyone's second person."""

MEMBERS_OWN = frozenset({MEMBER, ORGANISER, TREASURER, OPERATOR})
"""Members record what they took part in; organisers and treasurers write it down for those who cannot."""
TREASURERS = frozenset({TREASURER, OPERATOR})
SECOND_OFFICES = frozenset({TREASURER, ORGANISER, CHECKER})
"""The offices that may be the second person of a payment."""

GROUPS: Mapping[str, str] = MappingProxyType(
    {
        "time": N_("Hours"),
        "barter": N_("Swaps"),
        "enterprise": N_("Sales and costs"),
        "funds": N_("Gifts, dues, grants and funds"),
        "emergency": N_("Emergency fund"),
        "equity": N_("Where the books begin"),
        "upkeep": N_("Line by line"),
    }
)
"""The groups of the menu, in its order, with their words."""

Confirms = Literal["none", "other-side", "keeper"]
Privacy = Literal["members", "private"]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One filled-in line of a form with lines; making one checks every answer."""

    def __post_init__(self) -> None:
        checked(self)

    def problems(self) -> Mapping[str, Message]:
        """Answers that do not fit together, by field."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Kind(ABC):
    """One kind of entry, filled in. Values are typed: party numbers, minutes, minor units, days, codes.

    Making one checks every answer; FieldsWrong names the fields that are missing or wrong.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    """One plain sentence for the menu and the form's lead: what this is for."""
    group: ClassVar[str]
    """Its group in the menu: one of GROUPS."""
    order: ClassVar[int] = 50
    """Its place within the group; what is used most comes first."""
    family: ClassVar[str] = OTHER
    recorders: ClassVar[frozenset[str]] = TREASURERS
    accounts: ClassVar[tuple[str, ...]] = ()
    """The accounts it moves, beside those that its form asks for."""
    privacy: ClassVar[Privacy] = "members"
    is_emergency_help: ClassVar[bool] = False
    """Whether it pays help out of the emergency fund."""
    any_day: ClassVar[bool] = False
    """Whether it may be dated later than today, as bookkeepers' entries may."""
    closes_year: ClassVar[bool] = False
    """Whether it is dated on the last day of a financial year."""

    confirms: ClassVar[Confirms] = "none"
    agreement: ClassVar[str] = "claim"
    """What an unconfirmed one waits as: a claim, a barter trade or a payment."""
    always_two: ClassVar[bool] = False
    """Whether it needs a second person whatever its amount."""
    second_offices: ClassVar[frozenset[str]] = SECOND_OFFICES
    """The offices that the second person may hold."""
    decision_policy: ClassVar[str] = "gov.decision_above"
    """The policy with the amount above which it names a decision."""

    on_statement: ClassVar[StatementReading | None] = None
    """How it reads on a member's own statement; None where its title and narration say it."""
    subject_reads: ClassVar[str | None] = None
    """The message with `%(what)s` that shows the subject; None shows it as it was typed."""
    plain_narrations: ClassVar[tuple[str, ...]] = ()
    """The messages of its narrations in which no subject was typed."""
    giver_gains: ClassVar[bool] = True
    """Whether the giver's hours grow, as for help; a gift of hours makes them smaller."""
    yes: ClassVar[str | None] = None
    """The button that confirms it, where the usual words do not fit; `%(length)s` is the reader's part."""

    day: dt.date = field_date(N_("Which day?"))
    note: str | None = field_note(
        N_("Anything to remember? Please write nothing about health."),
        hint=N_("Only those whose entry it is, and the treasurer, can read this."),
        required=False,
    )

    def __post_init__(self) -> None:
        checked(self)

    def problems(self) -> Mapping[str, Message]:
        """Answers that do not fit together though each is right by itself, by field."""
        return {}

    @abstractmethod
    def draft(self, books: BooksView) -> EntryDraft:
        """The entry that this makes: balanced, not yet posted."""

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who gave and who received, where the kind has two sides; nobody is on both."""
        return (), ()

    def people(self) -> frozenset[int]:
        """Everyone who takes part: they may record it, and they must be members on the day."""
        return frozenset().union(*self.sides())

    def asks(self) -> tuple[int, ...]:
        """Who has to say yes before it is posted, except the one who recorded it."""
        return ()

    def keeps(self) -> str | None:
        """The programme whose keeper checks it."""
        return None

    def payee(self) -> int | None:
        """The member whom it pays, where it pays one."""
        return None

    def passes_on(self) -> tuple[int, int] | None:
        """The member who gives hours away and the member who gets them, where no help was given for them."""
        return None

    def subject(self) -> str | None:
        """What a person wrote it is about, where the narration says more than that."""
        return None

    def sentence(self, reader: int) -> Sentence | None:  # noqa: ARG002 (kinds that read it override this)
        """The whole of it in one sentence for a reader; None where only its lines tell it."""
        return None

    def entry(
        self,
        books: BooksView,
        lines: Iterable[PostingDraft],
        narration: Message | str | None,
        *,
        privacy: str | None = None,
        reason: str | None = None,
        facts: Mapping[str, int | str] | None = None,
    ) -> EntryDraft:
        """The draft with this kind's slug, family, day, papers and note; a text narration is kept as it is."""
        is_sentence = isinstance(narration, Message)
        private = (privacy or self.privacy) == "private"
        return EntryDraft(
            kind=self.slug,
            family=self.family,
            effective_on=self.day,
            postings=tuple(lines),
            narration=books.words(narration) if isinstance(narration, Message) else narration,
            subject=self.subject() if is_sentence and not private else None,
            note=self.note,
            reason=reason,
            about_on=getattr(self, "about", None),
            privacy=privacy or self.privacy,
            decision=getattr(self, "decision", None),
            document=getattr(self, "document", None),
            facts=facts or {},
        )


@dataclass(frozen=True, kw_only=True)
class Papered(Kind):
    """A kind that a treasurer records, with the papers behind it."""

    agreement: ClassVar[str] = "payment"

    document: str | None = field_text(
        N_("Number of the receipt, bill or letter"),
        hint=N_("Entries with the same number belong together."),
        example="bill-04",
        required=False,
    )
    decision: str | None = field_decision(N_("Which decision does it rest on?"), required=False)
    about: dt.date | None = field_date(
        N_("Which day is it about, if that month is closed?"),
        hint=N_("It is posted in the open month and says which day it is about."),
        required=False,
    )

    def problems(self) -> Mapping[str, Message]:
        """The day it is about is earlier than the day it is posted."""
        late = self.about is not None and self.about >= self.day
        return {"about": make_message("This day lies before the day of posting, or is left open.")} if late else {}
