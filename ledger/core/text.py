"""Normalizes input texts before they are stored, because they are hashed as stored."""

from __future__ import annotations

import re
import unicodedata

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message

MAX_LENGTH = 4000
"""The longest text that a field of the books takes, in characters."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters except tab and newline, bidirectional controls, and lone surrogates."""
_INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff")
"""Zero-width characters that make different names look the same; joiners stay, as some scripts need them."""


class TextUnfit(LedgerError):
    """A text must hold only visible characters and not be too long."""

    slug = "text-unfit"


def normalize_text(text: str) -> str:
    """The text in NFC with `\\n` line ends; TextUnfit for control characters or too many characters."""
    if text.isascii() and text.isprintable() and len(text) <= MAX_LENGTH:
        return text  # fast path: most texts, unchanged by the steps below
    composed = unicodedata.normalize("NFC", text)
    if "\r" in composed:
        composed = composed.replace("\r\n", "\n").replace("\r", "\n")
    if len(composed) > MAX_LENGTH:
        raise TextUnfit(make_message("The text is longer than %(longest)s characters.", longest=MAX_LENGTH))
    if _FORBIDDEN.search(composed):
        raise TextUnfit(make_message("The text holds signs that cannot be shown."))
    return composed


def normalize_name(text: str) -> str:
    """A name or code on one line, without leading, trailing or double spaces; TextUnfit if empty."""
    name = " ".join(normalize_text(text).translate(_INVISIBLE).split())
    if not name:
        raise TextUnfit(make_message("The name is empty."))
    return name
