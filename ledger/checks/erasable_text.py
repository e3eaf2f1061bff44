"""Checks the texts of entries: each matches its MAC, or was erased by an act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger.chain import hashing
from ledger.checks.batches import Batch
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import Row
from ledger.core.drafts import TEXT_PARTS
from ledger.core.messages import N_, make_message

Erasures = Mapping[tuple[int, str], int]
"""The act that erased a text, by entry and part."""

_TEXT = N_("The words of entry %(number)s are not those that were sealed.")
_ERASURE = N_("The words of entry %(number)s were erased without an act, or not erased by it.")


def check_texts(uid: str, batch: Batch, erased: Erasures) -> Iterator[Finding]:
    """Check the texts of a batch against their MACs, and erased ones against the acts."""
    for row in batch.texts:
        seq, part, mac, salt, body, act = row
        if body is None or salt is None or act is not None or (seq, part) in erased:
            yield from _check_erased(row, erased)
        elif hashing.text_mac(salt, uid, seq, part, body) != mac:
            yield Finding("texts", seq, make_message(_TEXT, number=seq))


def _check_erased(row: Row, erased: Erasures) -> Iterator[Finding]:
    """An erased text has neither body nor salt and names its act; a text with only one of them is damaged."""
    seq, part, _, salt, body, act = row
    if act != erased.get((seq, part)) or (body is None) != (act is not None):
        yield Finding("texts", seq, make_message(_ERASURE, number=seq))
    elif body is not None:
        yield Finding("texts", seq, make_message(_TEXT, number=seq))
    elif salt is not None:
        yield Finding("texts", seq, make_message(_ERASURE, number=seq))


def find_erasures(books: RawBooks) -> Erasures:
    """The act that erased each text: the first that names the entry, and its part or all parts."""
    erased: dict[tuple[int, str], int] = {}
    for act in books.acts:
        if act.kind == "erase" and act.entry_id is not None:
            part = act.facts.get("part")
            parts = [part] if isinstance(part, str) else TEXT_PARTS
            for part in parts:
                erased.setdefault((act.entry_id, part), act.seq)
    return erased
