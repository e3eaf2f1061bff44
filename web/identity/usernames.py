"""User names and e-mail addresses: how they are compared, and which can be chosen. Pure."""

from __future__ import annotations

import re
import unicodedata

from ledger.core.errors import FieldWrong
from ledger.core.messages import N_, make_message

SHORTEST, LONGEST = 2, 64
_ALLOWED = re.compile(r"[^\W_][\w.\-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_RESERVED = frozenset({"admin", "administrator", "hourstead", "operator", "root", "support", "system"})

NOT_AVAILABLE = N_("Choose another user name. This one cannot be used here.")
"""Said of names that are reserved and of names that are taken, so that it tells nothing about who is here."""


def comparison_key(identity: str) -> str:
    """The form in which user names and addresses are compared: case and width do not matter, nor spaces around."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", identity.strip()).casefold())


def check_user_name(text: str, field: str = "user_name") -> str:
    """The user name as it will be shown; FieldWrong when it cannot be one."""
    name = unicodedata.normalize("NFKC", text.strip())
    if not SHORTEST <= len(name) <= LONGEST:
        raise FieldWrong(field, make_message("Write a user name of 2 to 64 letters or digits."))
    if not _ALLOWED.fullmatch(name):
        raise FieldWrong(
            field, make_message("Use letters and digits, with points or hyphens between them, and no spaces.")
        )
    if comparison_key(name) in _RESERVED:
        raise FieldWrong(field, make_message(NOT_AVAILABLE))
    return name


def check_email(text: str, field: str = "email") -> str | None:
    """The address as it will be shown, None where there is none; FieldWrong when it cannot be one."""
    address = text.strip()
    if not address:
        return None
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise FieldWrong(
            field, make_message("Write the address in full, such as ana@example.org, or leave this empty.")
        )
    return address


def suggest_user_name(person: str) -> str:
    """A user name to start from: the first of a person's names, without case; empty when nothing fits."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", person).casefold())
    return words[0] if words and len(words[0]) >= SHORTEST else ""
