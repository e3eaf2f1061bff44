"""Listens to every statement that our own code sends, in every test: whatever touches the books names their community.

PostgreSQL has walls besides; on SQLite this is all there is.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from sqlalchemy import Engine, event

from ledger.models import metadata

ROOT = Path(__file__).parents[1]
OURS = ("ledger", "reports", "web")
BOOKS = metadata.tables.keys() - {"community"}
"""Number, uid and short name of every community are known to all: by them a community is found."""
EXCEPTIONS: dict[str, str] = {}
"""Functions that may read across communities (`ledger/database/unit_of_work.py:_community`), each with its reason."""

_NO_NAME = "where on join left inner cross group order limit set values for union select returning except default"
_SOURCE = rf'"?(?P<table>\w+)"?(?:\s+(?:AS\s+)?(?!(?:{_NO_NAME.replace(" ", "|")})\b)"?(?P<alias>\w+)"?)?'
_FIRST = re.compile(rf"\b(?:FROM|JOIN|INTO|UPDATE)\s+{_SOURCE}", re.IGNORECASE)
_NEXT = re.compile(rf"\s*,\s*{_SOURCE}", re.IGNORECASE)
_NAMED = r"community_id(?:\s*\+\s*[^\s=]+)?\s*(?:=|IN\b)"
_GIVEN = re.compile(rf"(?:{_NAMED}|\bslug\s*=)\s*\(?\s*(?:\?|:\w+|\$\d+|%\(\w+\)s|%s)", re.IGNORECASE)
_FOUND = re.compile(r"\(\s*SELECT community_id FROM community WHERE slug = (?:\?|%s)\s*\)", re.IGNORECASE)
"""The number of the community whose short name is given."""
_MAKES = re.compile(r"\s*(?:CREATE|ALTER|DROP)\b", re.IGNORECASE)
"""A statement about the tables themselves reads none of their rows."""
_INSERTED = re.compile(r"\bINSERT\b[^(]*\(([^)]*)\)", re.IGNORECASE)

_heard: set[str] = set()
forgetful: list[str] = []
"""What our own code sent since the test began that does not say whose books it means."""


def forgotten(statement: str) -> list[str]:
    """The tables of the books that a statement reads or writes without saying whose rows it means."""
    words = re.sub(r"'(?:[^']|'')*'", "''", statement)
    if _MAKES.match(words):
        return []
    words = _FOUND.sub("?", words)
    words = _INSERTED.sub(lambda said: "" if re.search(r"\bcommunity_id\b", said[1]) else said[0], words)
    found = set(_sources(words))
    if not _GIVEN.search(words):
        return sorted(table for table, _ in found)
    return sorted(table for table, name in found if not _is_bound(words, name, alone=len(found) == 1))


def _sources(words: str) -> Iterator[tuple[str, str]]:
    """Each table of the books with the name that it goes by in the statement."""
    for first in _FIRST.finditer(words):
        found: re.Match[str] | None = first
        while found is not None:
            if found["table"].lower() in BOOKS:
                yield found["table"].lower(), (found["alias"] or found["table"]).lower()
            found = _NEXT.match(words, found.end())


def _is_bound(words: str, name: str, *, alone: bool) -> bool:
    plainly = rf"|(?<![.\w]){_NAMED}" if alone else ""
    said = rf"\b{name}\.{_NAMED}|=\s*{name}\.community_id\b{plainly}"
    return re.search(said, words, re.IGNORECASE) is not None


def _sender() -> str | None:
    """The place in our own code that sends the statement; None where a test sends it itself."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        place = Path(frame.f_code.co_filename)
        if place.is_relative_to(ROOT) and ".venv" not in place.parts:
            inside = place.relative_to(ROOT)
            return f"{inside}:{frame.f_code.co_name}" if inside.parts[0] in OURS else None
        frame = frame.f_back
    return None


def _listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if statement in _heard:
        return
    tables = forgotten(statement)
    sender = _sender() if tables else ""
    if sender is not None:  # what a test sends is looked at again when our own code sends the same
        _heard.add(statement)
    if sender and sender not in EXCEPTIONS:
        forgetful.append(f"{sender} forgets the community of {', '.join(tables)} in: {statement}")


event.listen(Engine, "before_cursor_execute", _listen)


@pytest.fixture(autouse=True)
def _no_query_forgets_its_community() -> Iterator[None]:
    forgetful.clear()
    yield
    assert forgetful == []
