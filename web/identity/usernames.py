"""User names and e-mail addresses: comparison and validation."""

from __future__ import annotations

import re
import unicodedata

from ledger.core.errors import FieldWrong
from ledger.core.messages import N_, make_message

MIN_LENGTH, MAX_LENGTH = 2, 64
_ALLOWED = re.compile(r"[^\W_][\w.\-]*")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_RESERVED = frozenset({"admin", "administrator", "hourstead", "operator", "root", "support", "system"})

NOT_AVAILABLE = N_("Choose another user name. This one cannot be used here.")
"""For reserved and for taken names alike, so that the message does not reveal who has a login."""


def comparison_key(identity: str) -> str:
    """The form in which user names and addresses are compared: case, width and outer spaces do not matter."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", identity.strip()).casefold())


def check_user_name(text: str, field: str = "user_name") -> str:
    """The user name as it is shown; FieldWrong if it is not allowed."""
    name = unicodedata.normalize("NFKC", text.strip())
    if not MIN_LENGTH <= len(name) <= MAX_LENGTH:
        raise FieldWrong(field, make_message("Write a user name of 2 to 64 letters or digits."))
    if not _ALLOWED.fullmatch(name):
        raise FieldWrong(
            field, make_message("Use letters and digits, with points or hyphens between them, and no spaces.")
        )
    if comparison_key(name) in _RESERVED:
        raise FieldWrong(field, make_message(NOT_AVAILABLE))
    return name


def check_email(text: str, field: str = "email") -> str | None:
    """The address as it is shown, None if empty; FieldWrong if it is not an address."""
    address = text.strip()
    if not address:
        return None
    if len(address) > 254 or not _EMAIL.fullmatch(address):
        raise FieldWrong(
            field, make_message("Write the address in full, such as ana@example.org, or leave this empty.")
        )
    return address


def suggest_user_name(person: str) -> str:
    """A user name suggested from a person's name: the first word in small letters; empty if it is too short."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", person).casefold())
    return words[0] if words and len(words[0]) >= MIN_LENGTH else ""
