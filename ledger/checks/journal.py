"""The journal's digest from raw rows, with the same canonical lines as an export."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring as quoted

from ledger.checks.batches import Batch
from ledger.checks.raw_reader import RawBooks
from ledger.checks.row_layout import ENTRY_COLUMNS, Row, column_getter
from ledger.exchange.exports.digest import JournalDigest
from ledger.exchange.exports.stream import ERASED, keys_of, owner_names
from ledger.exchange.journal_line import quantity_number
from ledger.journal.idempotency import JOURNAL
from ledger.registers import decisions

_LINKS = column_getter(ENTRY_COLUMNS, "reverses", "corrects")


class JournalWriter:
    """Writes entries as `journal_line.canonical_line` does, but from raw rows, for speed; they must be sound."""

    def __init__(self, books: RawBooks) -> None:
        self._books = books
        self._account_parts: dict[int, tuple[str, str, str]] = {}
        self.digest = books.files.enter_context(JournalDigest())

    def add(self, batch: Batch) -> None:
        """Add the entries of a batch to the digest."""
        links = {*map(_LINKS, batch.entries.values())} - {(None, None)}
        keys = keys_of(self._books.uow, {number for pair in links for number in pair if number is not None})
        for number, row in batch.entries.items():
            postings = ",".join([self._posting(line) for line in batch.lines_by_entry[number]])
            self._add(row, _texts(batch.texts_by_entry.get(number, ())), postings, keys)

    def _add(self, row: Row, texts: Mapping[str, str], postings: str, keys: Mapping[int, str]) -> None:
        _, kind, family, day, _, _, about, _, _, _, decision, reverses, corrects, *rest = row
        _, document, privacy, scope, key, _, _ = rest
        key = key if scope == JOURNAL else f"{scope}:{key}"
        is_private = privacy == "private"
        before = f'"about":"{about}",' if about else ""
        before += _member("corrects", keys[corrects]) if corrects else ""
        after = _member("decision", self._codes[decision]) if decision else ""
        after += _member("document", document) if document else ""
        narration = texts.get("narration") or texts.get("reason") or kind
        subject = texts.get("subject", ERASED)
        narration_part = "" if is_private else f',"narration":{quoted(narration)}'
        end = ',"private":true' if is_private else ""
        end += f',"reverses":{quoted(keys[reverses])}' if reverses else ""
        end += f',"subject":{quoted(subject)}' if not is_private and subject != ERASED else ""
        self.digest.add(
            key,
            f'{{{before}"date":"{day}",{after}"family":"{family}","key":{quoted(key)},"kind":{quoted(kind)}'
            f'{narration_part},"postings":[{postings}]{end}}}',
        )

    def _posting(self, line: Row) -> str:
        _, _, account, programme, amount, milli, unit, method, *_ = line
        before, owner, after = self._account_parts.get(account) or self._parts_of(account)
        programme_part = f',"programme":{quoted(programme)}' if programme else ""
        quantity_part = (
            f',"quantity":[{json.dumps(quantity_number(milli))},{quoted(unit)},"{method}"]' if method else ""
        )
        return f"{before}{amount}{owner}{programme_part}{quantity_part}{after}"

    def _parts_of(self, account: int) -> tuple[str, str, str]:
        """The constant JSON parts of a posting: before the amount, after it, and the end."""
        chart, unit, fund, owner = self._books.leaves[account]
        owner_part = f',"owner":{quoted(self._names[owner])}' if owner else ""
        before, after = f'{{"account":{quoted(chart)},"amount":', f',"unit":{quoted(unit)}}}'
        return self._account_parts.setdefault(account, (before, f',"fund":{quoted(fund)}{owner_part}', after))

    @cached_property
    def _names(self) -> dict[int, str]:
        return owner_names(self._books.uow)

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {number: code for code, number in decisions.codes(self._books.uow).items()}


def _member(name: str, value: str) -> str:
    return f'"{name}":{quoted(value)},'


def _texts(rows: Sequence[Row]) -> Mapping[str, str]:
    return {part: ERASED if body is None else body for _, part, _, _, body, _ in rows}
