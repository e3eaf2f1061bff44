"""Drafts as rows: what an entry's header, words and lines will be, and the link that seals them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from ledger.chain import hashing
from ledger.chain.hashing import canonical_facts, new_salt, text_mac
from ledger.core.drafts import AccountKey, EntryDraft
from ledger.core.periods import Month
from ledger.database.raw_sql import Row
from ledger.database.unit_of_work import Head, WriteUnit
from ledger.journal.idempotency import Actors, Key, Order, fingerprint, quantity_of


@dataclass(frozen=True)
class DraftNumbers:
    """The numbers that drafts' accounts and decisions have in this community."""

    accounts: Mapping[AccountKey, int]
    decisions: Mapping[str, int]

    @cached_property
    def spelled(self) -> dict[int, str]:
        """The accounts as they are hashed."""
        return hashing.account_texts(
            {n: (leaf.chart, leaf.unit, leaf.fund, leaf.owner) for leaf, n in self.accounts.items()}
        )


@dataclass(frozen=True)
class EntryRows:
    """The rows of some entries in the order of `fixed.COLUMNS`, and their seals."""

    headers: list[Row] = field(default_factory=list)
    words: list[Row] = field(default_factory=list)
    lines: list[Row] = field(default_factory=list)
    seals: list[dict[str, Any]] = field(default_factory=list)

    @property
    def head(self) -> Head:
        """The head that these rows end with."""
        return Head(self.seals[-1]["seq"], self.seals[-1]["hash"])


def build_rows(writing: WriteUnit, orders: Sequence[Order], places: DraftNumbers, head: Head) -> EntryRows:
    """The rows of drafts that follow a head, linked one to the other."""
    rows, previous = EntryRows(), head.hash
    for seq, (draft, actors, key) in enumerate(orders, head.seq + 1):
        header = _header(writing, seq, draft, actors, key, places)
        words = _words(writing, seq, draft)
        lines = _lines(writing, seq, draft, places)
        macs, hashed = [row[2:4] for row in words], [row[2:9] for row in lines]
        digest = hashing.entry_digest_of_values(writing.uid, header[1:], macs, hashed, places.spelled)
        seal = hashing.seal_row(writing, seq, hashing.ENTRY, digest, previous)
        previous = seal["hash"]
        rows.headers.append(header)
        rows.words.extend(words)
        rows.lines.extend(lines)
        rows.seals.append(seal)
    return rows


def _header(writing: WriteUnit, seq: int, draft: EntryDraft, actors: Actors, key: Key, places: DraftNumbers) -> Row:
    return (
        *(writing.community_id, seq, draft.kind, draft.family),
        *(draft.effective_on.isoformat(), Month.of(draft.effective_on).id, writing.now),
        draft.about_on.isoformat() if draft.about_on else None,
        *(actors.entered_by, actors.on_behalf_of, actors.confirmed_by),
        places.decisions[draft.decision] if draft.decision else None,
        *(draft.reverses, draft.corrects, draft.agreement, draft.document, draft.privacy),
        *(key.scope, key.key, fingerprint(draft), canonical_facts(draft.facts)),
    )


def _words(writing: WriteUnit, seq: int, draft: EntryDraft) -> list[Row]:
    rows: list[Row] = []
    for part, body in sorted(draft.texts().items()):
        salt = new_salt()
        rows.append((writing.community_id, seq, part, text_mac(salt, writing.uid, seq, part, body), salt, body))
    return rows


def _lines(writing: WriteUnit, seq: int, draft: EntryDraft, places: DraftNumbers) -> list[Row]:
    day, month = draft.effective_on.isoformat(), Month.of(draft.effective_on).id
    return [
        (
            *(writing.community_id, seq, number, places.accounts[line.leaf], line.programme, line.amount),
            *(*quantity_of(line), line.leaf.unit, line.leaf.fund, day, month),
        )
        for number, line in enumerate(draft.postings, 1)
    ]
