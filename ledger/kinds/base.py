"""A kind of entry: what it is called, who may record it, what it asks, and the entry it drafts. Pure."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, Literal, Protocol

from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.messages import N_, Message, make_message
from ledger.kinds.fields import field_date, field_decision, field_note, field_text
from ledger.kinds.validation import checked
from ledger.limits.account_limits import Bounds
from ledger.registers.records import Account, Fund, Programme

MEMBER, ORGANISER, TREASURER, CHECKER = "member", "organiser", "treasurer", "checker"
PANEL, KEEPER, OPERATOR = "emergency panel", "programme keeper", "operator"
"""Offices that kinds name. `operator` is the command line: it records, and is never anyone's second person."""

MEMBERS_OWN = frozenset({MEMBER, ORGANISER, TREASURER, OPERATOR})
"""Members record what they took part in; organisers and treasurers write it down for those who cannot."""
TREASURERS = frozenset({TREASURER, OPERATOR})

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


class BooksView(Protocol):
    """What kinds and rules may ask the books; nothing can be written through it."""

    @property
    def today(self) -> dt.date:
        """The community's date, by the database's clock."""
        ...

    @property
    def currency(self) -> str:
        """The currency that money is kept in."""
        ...

    def words(self, message: Message) -> str:
        """A message in the community's language, finished, to be kept with the entry."""
        ...

    def policy(self, key: str) -> object:
        """What the community chose for a policy, or the safe value."""
        ...

    def name(self, party_id: int) -> str:
        """The display name of anyone who can own an account; UnknownMember where nobody has the number."""
        ...

    def household(self, party_id: int) -> str | None:
        """The code of a member's household, or None."""
        ...

    def takes_part(self, party_id: int, day: dt.date) -> bool:
        """Whether someone may give and receive on a day: a member then, or a household or group."""
        ...

    def joined(self, party_id: int) -> dt.date | None:
        """A member's first day; None for whoever is none."""
        ...

    def enrolled(self, day: dt.date) -> frozenset[int]:
        """The community's members on a day."""
        ...

    def roles(self, party_id: int, day: dt.date) -> frozenset[str]:
        """The offices that someone holds on a day, with `member`; `operator` for the command line."""
        ...

    def holders(self, offices: frozenset[str], day: dt.date) -> frozenset[int]:
        """The members who hold one of some offices on a day."""
        ...

    def keepers(self, programme: str, day: dt.date) -> frozenset[int]:
        """Who keeps a programme on a day."""
        ...

    def find_account(self, code: str) -> Account | None:
        """A line of the chart of accounts."""
        ...

    def find_fund(self, code: str) -> Fund | None:
        """A fund with its class and restriction."""
        ...

    def find_programme(self, code: str) -> Programme | None:
        """A programme."""
        ...

    def has_decision(self, code: str) -> bool:
        """Whether a decision is in the list."""
        ...

    def deadline(self, fund: str) -> dt.date | None:
        """The last day on which the grants of a fund may be spent; None where no paper sets one."""
        ...

    def is_open(self, day: dt.date) -> bool:
        """Whether the month of a day still takes entries."""
        ...

    def is_excepted(self, policy: str, fund: str, day: dt.date) -> bool:
        """Whether a policy is set aside for a fund on a day."""
        ...

    def held(self, fund: str) -> int:
        """What a fund holds: its money and claims less what it owes, in minor units."""
        ...

    def balance(self, leaf: AccountKey) -> int:
        """The balance of one account, in minor units, debit positive."""
        ...

    def bounds(self, leaf: AccountKey) -> Bounds:
        """What stands on an account with what waits, and its hard limits."""
        ...

    def pot(self) -> Bounds:
        """What stands in the community's pot, as an account that grows smaller by debits, and its hard limits."""
        ...

    def results(self, fund: str, day: dt.date) -> Sequence[tuple[AccountKey, int]]:
        """A fund's income, cost and transfer accounts with their balances at a day's end, none at nought."""
        ...

    def ends_a_year(self, day: dt.date) -> bool:
        """Whether a day is the last of a financial year."""
        ...


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of a form with lines, filled in; it exists only with every answer it needs."""

    def __post_init__(self) -> None:
        checked(self)

    def problems(self) -> Mapping[str, Message]:
        """What does not go together, by field."""
        return {}


@dataclass(frozen=True, kw_only=True)
class Kind(ABC):
    """One kind of entry, filled in. Values are typed: party numbers, minutes, minor units, days, codes.

    A kind that exists has every answer it needs, each of its own form; FieldsWrong names those that are not.
    """

    slug: ClassVar[str]
    title: ClassVar[str]
    summary: ClassVar[str]
    """One plain sentence for the menu and the form's lead: what this is for."""
    group: ClassVar[str]
    """Where it stands in the menu: one of GROUPS."""
    order: ClassVar[int] = 50
    """Its place within the group; what is used most comes first."""
    family: ClassVar[str] = OTHER
    recorders: ClassVar[frozenset[str]] = TREASURERS
    confirms: ClassVar[Confirms] = "none"
    privacy: ClassVar[Privacy] = "members"
    agreement: ClassVar[str] = "claim"
    """What an unconfirmed one waits as: a claim, a barter trade or a payment."""
    is_emergency_help: ClassVar[bool] = False
    """Whether it pays help out of the emergency fund."""
    any_day: ClassVar[bool] = False
    """Whether it may be dated later than today, as bookkeepers' entries may."""

    day: dt.date = field_date(N_("Which day?"))
    note: str | None = field_note(
        N_("Anything to remember? Please write nothing about health."),
        hint=N_("Only those whose entry it is, and the treasurer, can read this."),
        required=False,
    )

    def __post_init__(self) -> None:
        checked(self)

    def problems(self) -> Mapping[str, Message]:
        """What does not go together though each answer is well by itself, by field."""
        return {}

    @abstractmethod
    def draft(self, books: BooksView) -> EntryDraft:
        """The entry that this makes: balanced, not yet posted."""

    def sides(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Who gave and who received, where the kind has two sides; nobody stands on both."""
        return (), ()

    def people(self) -> frozenset[int]:
        """Everyone who takes part: they may record it, and they must be members on the day."""
        return frozenset().union(*self.sides())

    def asks(self) -> tuple[int, ...]:
        """Whose yes it needs before it stands in the books, unless they are the one who wrote it down."""
        return ()

    def keeps(self) -> str | None:
        """The programme whose keeper checks it."""
        return None

    def payee(self) -> int | None:
        """The member whom it pays, where it pays one."""
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
        """The draft with this kind's slug, family, day, papers and note; someone's own words are kept as they are."""
        return EntryDraft(
            kind=self.slug,
            family=self.family,
            effective_on=self.day,
            postings=tuple(lines),
            narration=books.words(narration) if isinstance(narration, Message) else narration,
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
    """A kind that a treasurer records, with the papers it rests on."""

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
        """The day it is about lies before the day it is posted."""
        late = self.about is not None and self.about >= self.day
        return {"about": make_message("This day lies before the day of posting, or is left open.")} if late else {}
