"""How accounts, owners and amounts are written for other programs: one name for each leaf, decimals by unit."""

from __future__ import annotations

import re
from collections.abc import Callable

from ledger.core import amounts
from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.journal_line import PostingLine
from ledger.registers import store
from ledger.registers.registry import ACCOUNTS

ROOTS = {"ASSET": "assets", "LIABILITY": "liabilities", "EQUITY": "equity", "INCOME": "income", "EXPENSE": "expenses"}
TYPES = {"ASSET": "A", "LIABILITY": "L", "EQUITY": "E", "INCOME": "R", "EXPENSE": "X"}
"""The classes of accounts as hledger calls them."""
_UNFIT = re.compile(r"[:;()\[\]{}|\"*!=@#]|\s+|^[-'~+]")


class ChartNames:
    """The chart of a community's books, for naming leaves.

    `part` writes one part as the other program wants it, `joint` stands before a number that tells two leaves apart,
    and `nobody` is the last part of a leaf without owner, where no name may be the beginning of another.
    """

    def __init__(
        self, uow: UnitOfWork, part: Callable[[str], str] | None = None, joint: str = " ", nobody: str | None = None
    ) -> None:
        self.part, self.joint, self.nobody = part or plain, joint, nobody
        self.classes = store.account_classes(uow)
        self.titles = {code: line.name for code, line in ACCOUNTS.all(uow).items()}
        self._names: dict[tuple[str, str, str, str | None], str] = {}
        self._taken: set[str] = set()

    def leaf(self, posting: PostingLine) -> str:
        """The account's name in one line, its parts joined by colons; the same for the same leaf, else another."""
        key = (posting.account, posting.unit, posting.fund, posting.owner)
        if key not in self._names:
            self._names[key] = self._fresh(":".join(self._parts(posting)))
        return self._names[key]

    def _parts(self, posting: PostingLine) -> list[str]:
        root = ROOTS[self.classes[posting.account]]
        title = f"{posting.account} {self.titles.get(posting.account, '')}"
        owner = posting.owner or self.nobody
        parts = [root, title, posting.fund, posting.unit, *([owner] if owner else [])]
        return [self.part(part) for part in parts]

    def _fresh(self, name: str) -> str:
        written, number = name, 1
        while written in self._taken:
            number += 1
            written = f"{name}{self.joint}{number}"
        self._taken.add(written)
        return written


def plain(text: str) -> str:
    """A text without signs that mean something to other programs, in one line."""
    return " ".join(_UNFIT.sub(" ", text).split()) or "-"


def sentence(text: str) -> str:
    """Words in one line, without the two signs that end a description."""
    return " ".join(text.replace(";", ",").replace("|", "/").split()) or "-"


def decimal(amount: int, unit: str) -> str:
    """Minor units as a decimal number with the unit's fixed digits: 9000 EUR cents are 90.00."""
    scale = amounts.scale_of(unit)
    if scale == 0:
        return str(amount)
    whole, rest = divmod(abs(amount), 10**scale)
    return f"{'-' if amount < 0 else ''}{whole}.{rest:0{scale}d}"


def thousandths(milli: int) -> str:
    """A quantity as a decimal number, as short as it can be written: 2500 thousandths are 2.5."""
    return f"{milli / 1000:.3f}".rstrip("0").rstrip(".")
