"""Texts from outside: brought to one form before they are stored, because they are hashed as they are stored."""

from __future__ import annotations

import re
import unicodedata

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message

LONGEST = 4000
"""The longest text that a field of the books takes, in characters."""
_UNFIT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control signs but tab and line's end, signs that turn round what stands beside them, and halves of characters."""
_UNSEEN = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Signs of no width, by which two names could look the same; a joiner that writing needs is none of them."""


class TextUnfit(LedgerError):
    """Words in the books are readable characters, not control signs, and not endless."""

    slug = "text-unfit"


def clean(text: str) -> str:
    """The text in Unicode's composed form (NFC), lines ended in one way; TextUnfit for what no page could show."""
    if text.isascii() and text.isprintable() and len(text) <= LONGEST:
        return text  # most texts, and nothing below would change them
    composed = unicodedata.normalize("NFC", text)
    if "\r" in composed:
        composed = composed.replace("\r\n", "\n").replace("\r", "\n")
    if len(composed) > LONGEST:
        raise TextUnfit(make_message("The text is longer than %(longest)s characters.", longest=LONGEST))
    if _UNFIT.search(composed):
        raise TextUnfit(make_message("The text holds signs that cannot be shown."))
    return composed


def clean_name(text: str) -> str:
    """A name or code: one line without outer blanks, never empty."""
    name = " ".join(clean(text).translate(_UNSEEN).split())
    if not name:
        raise TextUnfit(make_message("The name is empty."))
    return name
