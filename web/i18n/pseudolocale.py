"""Pseudo-languages: English with changed letters, which shows untranslatable strings and layouts without room.

Placeholders (`%(name)s`), mark-up and entities are unchanged; every other letter becomes a non-ASCII one.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅßÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _ACCENTED)
_PADDING = ("öñé", "ţŵö", "ţĥŕéé", "ƒöûŕ", "ƒîṽé", "šîẋ", "šéṽéñ", "éîĝĥţ")
_PLACEHOLDERS = re.compile(r"(%\(\w+\)[-\d.]*[sd]|%%|<[^<>]*>|&\w+;)")
_WORDS = re.compile(r"[^\W\d_]+(?:[ ’'-]+[^\W\d_]+)*")
_RIGHT_TO_LEFT, _POP = "\u202e", "\u202c"


def _map_text(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if i % 2 else change(part) for i, part in enumerate(_PLACEHOLDERS.split(text)))


def accent(text: str) -> str:
    """The text with each letter replaced by a similar non-ASCII one, so that it stays readable."""
    return _map_text(text, lambda part: part.translate(_LETTERS))


def lengthen(text: str) -> str:
    """The accented text, two fifths longer, as many languages are compared with English."""
    visible = _PLACEHOLDERS.sub("", text)
    extra_length = max(1, round(len(visible) * 0.4)) if _WORDS.search(visible) else 0
    padding = ""
    for word in _PADDING * (extra_length // 30 + 1):
        if len(padding) >= extra_length:
            break
        padding += f" {word}"
    return accent(text) + padding[:extra_length].rstrip()


def mirror(text: str) -> str:
    """The text displayed from right to left, by runs of words, so that figures and placeholders stay readable."""
    return _map_text(text, lambda part: _WORDS.sub(lambda run: f"{_RIGHT_TO_LEFT}{run[0]}{_POP}", part))
