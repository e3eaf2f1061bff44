"""Why a page is not printed: nothing wrong, cut off or unreadable ever reaches paper."""

from __future__ import annotations

import unicodedata

from ledger.core.errors import LedgerError
from ledger.core.messages import N_, make_message


class PageRefused(LedgerError):
    """The page cannot be printed as it should be, so it is not printed."""

    slug = "page-refused"


class GlyphMissing(PageRefused):
    """Every letter of a text has a shape in one of the faces; a blank box never reaches paper."""

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
    """A text that reads from right to left is not printed backwards; the page on screen shows it right."""

    slug = "right-to-left"

    def __init__(self, text: str) -> None:
        super().__init__(
            make_message(
                N_("The printed page cannot set text that reads from right to left: %(written)s"), written=text
            )
        )


class DoesNotFit(PageRefused):
    """What is wider or longer than the page stops the page; type never shrinks and nothing is cut off."""

    slug = "does-not-fit"

    def __init__(self, what: str, points: float) -> None:
        super().__init__(
            make_message(N_("Too large for the page by %(points)s points: %(what)s"), points=f"{points:.0f}", what=what)
        )
