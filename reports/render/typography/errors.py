"""Reasons to refuse a page: nothing is printed wrong, cut off or unreadable."""

from __future__ import annotations

import unicodedata

from ledger.core.errors import LedgerError
from ledger.core.messages import N_, make_message


class PageRefused(LedgerError):
    """The page cannot be printed correctly."""

    slug = "page-refused"


class GlyphMissing(PageRefused):
    """No font has a glyph for a letter of the text."""

    slug = "glyph-missing"

    def __init__(self, letters: str, text: str) -> None:
        names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in sorted(set(letters)))
        super().__init__(
            make_message(
                N_("The printed page has no shape for %(letters)s in the text: %(written)s"),
                letters=names,
                written=text,
            )
        )


class RightToLeft(PageRefused):
    """The text is right-to-left, which PDF does not support; HTML does."""

    slug = "right-to-left"

    def __init__(self, text: str) -> None:
        super().__init__(
            make_message(
                N_("The printed page cannot set text that reads from right to left: %(written)s"), written=text
            )
        )


class DoesNotFit(PageRefused):
    """A block is larger than the page. Type is never shrunk and nothing is cut off."""

    slug = "does-not-fit"

    def __init__(self, what: str, points: float) -> None:
        super().__init__(
            make_message(N_("Too large for the page by %(points)s points: %(what)s"), points=f"{points:.0f}", what=what)
        )
