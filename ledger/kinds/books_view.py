"""The books as kinds and rules see them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from ledger.core.drafts import AccountKey
from ledger.core.messages import Message
from ledger.limits.account_limits import Bounds
from ledger.registers.records import Account, Fund, Programme


class BooksView(Protocol):
    """What kinds and rules may read from the books; nothing can be written through it."""

    @property
    def today(self) -> dt.date:
        """The community's date, by the database's clock."""
        ...

    @property
    def currency(self) -> str:
        """The currency that money is kept in."""
        ...

    def words(self, message: Message) -> str:
        """A message in the community's language, as it is stored with the entry."""
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
        """A member's first day; None for non-members."""
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
        """The last day on which the grants of a fund may be spent; None where no grant sets one."""
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
        """The balance of an account, what waits on it, and its hard limits."""
        ...

    def pot(self) -> Bounds:
        """The balance of the community's pot, as an account that debits make smaller, and its hard limits."""
        ...

    def results(self, fund: str, day: dt.date) -> Sequence[tuple[AccountKey, int]]:
        """A fund's income, cost and transfer accounts with their balances at a day's end, without those at zero."""
        ...

    def ends_a_year(self, day: dt.date) -> bool:
        """Whether a day is the last of a financial year."""
        ...
