"""Keeps a form over a new sign-in: the address that was asked for, and the fields that were filled in."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

MAX_LENGTH = 100_000
_SECRET_FIELDS = ("csrf_token", "password", "secret", "token")


def local_address(address: str) -> str:
    """The address, if it is a path on this site; else empty, so that no redirect leads to another site."""
    parts = urlsplit(address)
    is_path = (
        address.startswith("/") and address[1:2] not in ("/", "\\") and address.isprintable() and "\\" not in address
    )
    return address if is_path and not parts.scheme and not parts.netloc else ""


def pack_fields(fields: MultiDict[str, str]) -> str:
    """The fields of a form as JSON; without passwords, and empty if there are none or the text is very long."""
    pairs = [
        pair for pair in fields.items(multi=True) if not any(part in pair[0].casefold() for part in _SECRET_FIELDS)
    ]
    text = json.dumps(pairs, ensure_ascii=False) if pairs else ""
    return text if len(text) <= MAX_LENGTH else ""


def unpack_fields(text: str) -> list[tuple[str, str]]:
    """The fields from the JSON of `pack_fields`; empty for any other text."""
    try:
        pairs = json.loads(text) if 0 < len(text) <= MAX_LENGTH else []
    except ValueError:
        return []
    return [(pair[0], pair[1]) for pair in pairs if _is_pair(pair)] if isinstance(pairs, list) else []


def _is_pair(pair: object) -> bool:
    return isinstance(pair, list) and [type(part) for part in pair] == [str, str]
