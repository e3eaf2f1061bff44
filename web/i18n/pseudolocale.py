"""Pseudo-languages: English made strange, so that an unmarked or cramped string shows itself.

Placeholders (`%(name)s`), mark-up and entities stay as they are; every other letter becomes one that ASCII lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DRESSED = "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅßÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_LETTERS = str.maketrans(_PLAIN, _DRESSED)
_PADDING = ("öñé", "ţŵö", "ţĥŕéé", "ƒöûŕ", "ƒîṽé", "šîẋ", "šéṽéñ", "éîĝĥţ")
_KEPT = re.compile(r"(%\(\w+\)[-\d.]*[sd]|%%|<[^<>]*>|&\w+;)")
_WORDS = re.compile(r"[^\W\d_]+(?:[ ’'-]+[^\W\d_]+)*")
_RIGHT_TO_LEFT, _POP = "\u202e", "\u202c"


def _outside_placeholders(text: str, change: Callable[[str], str]) -> str:
    return "".join(part if i % 2 else change(part) for i, part in enumerate(_KEPT.split(text)))


def accent(text: str) -> str:
    """The text with each letter replaced by a look-alike: still readable, never ASCII."""
    return _outside_placeholders(text, lambda part: part.translate(_LETTERS))


def lengthen(text: str) -> str:
    """The accented text made about two fifths longer, as many languages are beside English."""
    spoken = _KEPT.sub("", text)
    wanted = max(1, round(len(spoken) * 0.4)) if _WORDS.search(spoken) else 0
    padding = ""
    for word in _PADDING * (wanted // 30 + 1):
        if len(padding) >= wanted:
            break
        padding += f" {word}"
    return accent(text) + padding[:wanted].rstrip()


def mirror(text: str) -> str:
    """The text drawn from right to left, each run of words by itself so that figures and placeholders stay readable."""
    return _outside_placeholders(text, lambda part: _WORDS.sub(lambda run: f"{_RIGHT_TO_LEFT}{run[0]}{_POP}", part))
