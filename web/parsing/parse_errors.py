"""An answer before it is read: what people never mean is taken away, and what is not understood says so."""

from __future__ import annotations

import re
import unicodedata

from ledger.core.messages import Message, make_message
from web.i18n.translation import current_language

LONGEST_ANSWER = 60


class ParseError(ValueError):
    """An answer that has no meaning here, or more than one; its message says what to write."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def normalize_answer(text: str) -> str:
    """The answer with ASCII digits and single spaces, without points and commas at its end.

    A point at the beginning stays: `.50` is half of one, never fifty.
    """
    if len(text) > LONGEST_ANSWER:
        raise ParseError(make_message("Write a shorter answer"))
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in unicodedata.normalize("NFC", text))
    return re.sub(r"\s+", " ", digits.replace("\u2212", "-")).strip().rstrip(" .,;")


def list_words(message: str) -> frozenset[str]:
    """The words of a message that lists words, in English and in the language of the page."""
    return frozenset(message.split()) | frozenset(current_language().pattern(message).casefold().split())
