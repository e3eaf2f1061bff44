"""Matching: which lines of a file stand in the books already, and whether they say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.exports.stream import ERASED, exported, forgotten, owner_names
from ledger.exchange.journal_line import JournalLine, PostingLine, canonical_line
from ledger.journal import lookup
from ledger.journal.idempotency import FORM, JOURNAL, PEER, chunks


class Standing:
    """The entries that stand under some keys, as lines."""

    def __init__(self, uow: UnitOfWork, keys: Iterable[str]) -> None:
        numbers = sorted(set(find_keys(uow, keys).values()))
        names = owner_names(uow) if numbers else {}
        self._forgotten = forgotten(uow) if numbers else frozenset()
        self._lines = {entry.line.key: entry.line for some in chunks(numbers) for entry in exported(uow, some, names)}

    def __contains__(self, key: str) -> bool:
        """Whether an entry stands under the key."""
        return key in self._lines

    def says(self, line: JournalLine) -> bool:
        """Whether the entry under the line's key says what the line says; what was erased is taken as equal."""
        entry = self._lines[line.key]
        if entry.narration in (None, ERASED) or (entry.private and line.narration is None):
            line = replace(line, narration=entry.narration)
        if entry.subject is None or line.subject is None:  # erased, or written before subjects were stored
            line = replace(line, subject=entry.subject)
        if len(entry.postings) == len(line.postings):
            pairs = zip(entry.postings, line.postings, strict=True)
            line = replace(line, postings=tuple(self._forgiven(said, stands) for stands, said in pairs))
        same_words = (entry.narration, entry.subject) == (line.narration, line.subject)
        return same_words and canonical_line(entry) == canonical_line(line)

    def _forgiven(self, said: PostingLine, stands: PostingLine) -> PostingLine:
        return replace(said, owner=stands.owner) if said.owner and stands.owner in self._forgotten else said


def find_keys(uow: UnitOfWork, keys: Iterable[str]) -> dict[str, int]:
    """The numbers of the entries that have these keys, as files write keys."""
    pairs = {pair: key for key in keys for pair in _channels(key)}
    found: dict[str, int] = {}
    for row in lookup.find_keys(uow, list(pairs)) if pairs else ():
        written = pairs[row["idem_key"], row["idem_scope"]]
        found[written] = row["entry_id"] if row["idem_scope"] == JOURNAL else found.get(written, row["entry_id"])
    return found


def _channels(key: str) -> list[tuple[str, str]]:
    """Where an entry with this key may have come from: a journal, or the channel that stands before the key."""
    scope, colon, rest = key.partition(":")
    return [(key, JOURNAL), *([(rest, scope)] if colon and scope in (FORM, PEER) else [])]
