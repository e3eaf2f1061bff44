"""Words: each is the one that was sealed, or was erased by the act that says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.chain import hashing
from ledger.checks.batches import Stretch
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import Row
from ledger.core.drafts import TEXT_PARTS
from ledger.core.messages import N_, make_message

Erased = Mapping[tuple[int, str], int]
"""Which act erased which part of which entry's words."""

_WORDS = N_("The words of entry %(number)s are not those that were sealed.")
_ERASURE = N_("The words of entry %(number)s were erased without an act, or not erased by it.")


def check_words(uid: str, stretch: Stretch, erased: Erased) -> Iterator[Finding]:
    """The words of a stretch against their MACs, and what is erased against the acts."""
    for row in stretch.said:
        seq, part, mac, salt, body, act = row
        if body is None or salt is None or act is not None or (seq, part) in erased:
            yield from _erasure(row, erased)
        elif hashing.text_mac(salt, uid, seq, part, body) != mac:
            yield Finding("texts", seq, make_message(_WORDS, number=seq))


def _erasure(row: Row, erased: Erased) -> Iterator[Finding]:
    """Erased words are gone whole, by their own act; words with half of what they were sealed with are wrong."""
    seq, part, _, salt, body, act = row
    if act != erased.get((seq, part)) or (body is None) != (act is not None):
        yield Finding("texts", seq, make_message(_ERASURE, number=seq))
    elif body is not None:
        yield Finding("texts", seq, make_message(_WORDS, number=seq))
    elif salt is not None:
        yield Finding("texts", seq, make_message(_ERASURE, number=seq))


def erasures(books: RawBooks) -> Erased:
    """Which act erased which words: the first that named the entry and the part (or all its parts)."""
    erased: dict[tuple[int, str], int] = {}
    for deed in books.deeds:
        if deed.kind == "erase" and deed.entry_id is not None:
            part = deed.facts.get("part")
            parts = [part] if isinstance(part, str) else TEXT_PARTS
            for part in parts:
                erased.setdefault((deed.entry_id, part), deed.seq)
    return erased
