"""The header and footer of every page of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderFooter:
    """The data of header and footer.

    `entry` and `chain_head` (64 hexadecimal digits) identify the state of the books; `recorded` is when that entry
    was recorded. `state` says whether the report is signed or revised. `address` is where to check the report, as
    people type it; `link` is the same with https:// and without a query. `language` is a BCP 47 tag such as "en" or
    "pt-BR". PDF refuses right-to-left languages; HTML supports them.
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
        """The content of the QR code: the link with the entry number and the first digits of the chain head."""
        return f"{self.link}?number={self.entry}&mark={self.chain_head[:digits]}"
