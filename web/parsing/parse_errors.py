"""ParseError, and the normalization of answers before they are parsed."""

from __future__ import annotations

import re
import unicodedata

from ledger.core.messages import Message, make_message
from web.i18n.translation import current_language

MAX_ANSWER_LENGTH = 60


class ParseError(ValueError):
    """An answer that is not understood or is ambiguous; `message` says what to write."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(str(message))


def normalize_answer(text: str) -> str:
    """The answer with ASCII digits and single spaces, without full stops and commas at its end.

    A decimal point at the beginning stays: `.50` is a half, not fifty.
    """
    if len(text) > MAX_ANSWER_LENGTH:
        raise ParseError(make_message("Write a shorter answer"))
    digits = "".join(
        str(unicodedata.decimal(char)) if char.isdecimal() else char for char in unicodedata.normalize("NFC", text)
    )
    return re.sub(r"\s+", " ", digits.replace("\u2212", "-")).strip().rstrip(" .,;")


def list_words(message: str) -> frozenset[str]:
    """The words of a message that is a list of words, in English and in the language of the page."""
    return frozenset(message.split()) | frozenset(current_language().pattern(message).casefold().split())
