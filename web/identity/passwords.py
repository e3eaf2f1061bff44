"""Passwords: which ones are too easily guessed, and how they are stored (argon2id)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from passlib.context import CryptContext

from ledger.core.errors import FieldWrong
from ledger.core.messages import make_message

SHORTEST, LONGEST = 8, 256
SCHEMES = ["argon2"]
COSTS = {"argon2__type": "ID", "argon2__memory_cost": 47_104, "argon2__rounds": 1, "argon2__parallelism": 1}
"""One hash takes 46 MiB and some hundredths of a second: the first of OWASP's equal settings, for small servers."""

_CONTEXT: Any = CryptContext(schemes=SCHEMES, **COSTS)


def normalize(password: str) -> str:
    """The same characters, however the keyboard composed them; nothing is cut and no case is lost."""
    return unicodedata.normalize("NFKD", password)


def hash_password(password: str) -> str:
    """What is stored of a password."""
    return str(_CONTEXT.hash(normalize(password)))


def check_strength(password: str, words: Sequence[str], field: str = "password") -> str:
    """The password itself when it may be used; FieldWrong when it is too short or easily guessed.

    `words` are those that a neighbour would try first: the community's name, the person's, the user name.
    """
    if len(password) < SHORTEST:
        raise FieldWrong(field, make_message("Write 8 characters or more"))
    if len(password) > LONGEST:
        raise FieldWrong(field, make_message("Write 256 characters or fewer"))
    if _key(password) in _common() or _is_made_of(password, words):
        raise FieldWrong(field, make_message("That one is easily guessed. Try three words that do not belong together"))
    return password


def _key(password: str) -> str:
    return normalize(password).casefold()


def _is_made_of(password: str, words: Sequence[str]) -> bool:
    """Whether too little is left of it once known words are taken out, or it repeats one or two signs."""
    key = left = _key(password)
    parts = {part for word in (*words, "hourstead") for part in (_key(word), *re.findall(r"\w+", _key(word)))}
    for part in sorted((part for part in parts if len(part) > 2), key=len, reverse=True):
        left = left.replace(part, "")
    return len(set(key)) < 3 or (left != key and len(re.sub(r"[\W_]", "", left)) < 7)


@cache
def _common() -> frozenset[str]:
    lines = files("web.identity").joinpath("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(map(_key, lines[1:]))


@cache
def unmatched_hash() -> str:
    """A hash that no password fits, so that an unknown user takes as long as a known one."""
    return hash_password("nobody signs in with this")
