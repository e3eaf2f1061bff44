"""Passwords: refuses those that are easily guessed, and hashes them (argon2id)."""

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
"""46 MiB and some hundredths of a second for each hash: the first of OWASP's equivalent settings for argon2id."""

_CONTEXT: Any = CryptContext(schemes=SCHEMES, **COSTS)


def normalize(password: str) -> str:
    """The password in Unicode form NFKD, so that it does not depend on the keyboard; case and length stay."""
    return unicodedata.normalize("NFKD", password)


def hash_password(password: str) -> str:
    """The hash to store."""
    return str(_CONTEXT.hash(normalize(password)))


def check_strength(password: str, words: Sequence[str], field: str = "password") -> str:
    """The password itself; FieldWrong if it is too short, too long or easily guessed.

    `words` are what a neighbour would try first: the names of the community and the person, the user name.
    """
    if len(password) < SHORTEST:
        raise FieldWrong(field, make_message("Write 8 characters or more"))
    if len(password) > LONGEST:
        raise FieldWrong(field, make_message("Write 256 characters or fewer"))
    if _fold(password) in _common_passwords() or _is_made_of_words(password, words):
        raise FieldWrong(field, make_message("That one is easily guessed. Try three words that do not belong together"))
    return password


def _fold(password: str) -> str:
    return normalize(password).casefold()


def _is_made_of_words(password: str, words: Sequence[str]) -> bool:
    """Whether fewer than seven letters or digits remain without the words, or it repeats one or two characters."""
    folded = rest = _fold(password)
    parts = {part for word in (*words, "hourstead") for part in (_fold(word), *re.findall(r"\w+", _fold(word)))}
    for part in sorted((part for part in parts if len(part) > 2), key=len, reverse=True):
        rest = rest.replace(part, "")
    return len(set(folded)) < 3 or (rest != folded and len(re.sub(r"[\W_]", "", rest)) < 7)


@cache
def _common_passwords() -> frozenset[str]:
    lines = files("web.identity").joinpath("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(map(_fold, lines[1:]))


@cache
def unmatched_hash() -> str:
    """A hash to check against when there is no login, so that the check takes the same time."""
    return hash_password("nobody signs in with this")
