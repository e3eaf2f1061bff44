"""Answers kept while somebody signs in again: where they were going, and what they had written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import urlsplit

from werkzeug.datastructures import MultiDict

LONGEST = 100_000
_NEVER_KEPT = ("csrf_token", "password", "secret", "token")


def local_address(target: str) -> str:
    """The address itself where it is a path of this book; empty for anything else, so nobody is sent elsewhere."""
    parts = urlsplit(target)
    plain = target.startswith("/") and target[1:2] not in ("/", "\\") and target.isprintable() and "\\" not in target
    return target if plain and not parts.scheme and not parts.netloc else ""


def pack_fields(sent: MultiDict[str, str]) -> str:
    """What was written in a form, as one text; never a password, and nothing when it is very long."""
    pairs = [pair for pair in sent.items(multi=True) if not any(part in pair[0].casefold() for part in _NEVER_KEPT)]
    text = json.dumps(pairs, ensure_ascii=False) if pairs else ""
    return text if len(text) <= LONGEST else ""


def unpack_fields(text: str) -> list[tuple[str, str]]:
    """The answers again; none where the text is not what `pack_fields` gives."""
    try:
        pairs = json.loads(text) if 0 < len(text) <= LONGEST else []
    except ValueError:
        return []
    return [(pair[0], pair[1]) for pair in pairs if _is_pair(pair)] if isinstance(pairs, list) else []


def _is_pair(pair: object) -> bool:
    return isinstance(pair, Iterable) and isinstance(pair, list) and [type(part) for part in pair] == [str, str]
