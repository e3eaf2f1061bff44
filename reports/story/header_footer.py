"""What stands around a report on every page: whose it is, about when, and which books it was read from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderFooter:
    """What stands in the header and footer of every page: whose report, about when, read from which books.

    `entry` and `chain_head` (64 hexadecimal digits) name the books it was read from; `recorded` is when that
    entry was recorded. `state` says whether it is signed. `address` is where to check it, as people type it;
    `link` is the same with https:// in front and no query.
    `language` is a BCP 47 tag such as "en" or "pt-BR"; a language written from right to left is shown on screen
    only, the printed page refuses it.
    """

    community: str
    report: str
    period: str
    edition: str
    report_id: str
    state: str
    entry: int
    chain_head: str
    recorded: str = ""
    address: str = ""
    link: str = ""
    language: str = "en"
    direction: Literal["ltr", "rtl"] = "ltr"

    def check(self, digits: int = 64) -> str:
        """What the square code holds: the link with the number and the first digits of the mark to be compared."""
        return f"{self.link}?number={self.entry}&mark={self.chain_head[:digits]}"
