"""The journal as `verify` reads it: canonical lines straight from the rows, for the digest that imports share."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring as quoted

from ledger.checks.batches import Stretch
from ledger.checks.raw_reader import RawBooks
from ledger.checks.row_layout import ENTRY, Row, taking
from ledger.exchange.exports.digest import JournalDigest
from ledger.exchange.exports.stream import ERASED, keys_of, owner_names
from ledger.exchange.journal_line import thousandths
from ledger.journal.idempotency import JOURNAL
from ledger.registers import decisions

_LINKS = taking(ENTRY, "reverses", "corrects")


class Journal:
    """Writes entries as `exchange.lines.canonical_line` does, from bare rows; only sound ones may come."""

    def __init__(self, books: RawBooks) -> None:
        self._books = books
        self._places: dict[int, tuple[str, str, str]] = {}
        self.digest = books.files.enter_context(JournalDigest())

    def add(self, stretch: Stretch) -> None:
        """Take the entries of a stretch."""
        links = {*map(_LINKS, stretch.entries.values())} - {(None, None)}
        keys = keys_of(self._books.reading, {number for pair in links for number in pair if number is not None})
        for number, row in stretch.entries.items():
            postings = ",".join([self._posting(line) for line in stretch.lines[number]])
            self._add(row, _texts(stretch.words.get(number, ())), postings, keys)

    def _add(self, row: Row, texts: Mapping[str, str], postings: str, keys: Mapping[int, str]) -> None:
        _, kind, family, day, _, _, about, _, _, _, decision, reverses, corrects, _, document, privacy, *rest = row
        scope, key, _, _ = rest
        key = key if scope == JOURNAL else f"{scope}:{key}"
        private = privacy == "private"
        before = f'"about":"{about}",' if about else ""
        before += _said("corrects", keys[corrects]) if corrects else ""
        after = _said("decision", self._codes[decision]) if decision else ""
        after += _said("document", document) if document else ""
        narration = texts.get("narration") or texts.get("reason") or kind
        subject = texts.get("subject", ERASED)
        words = "" if private else f',"narration":{quoted(narration)}'
        end = ',"private":true' if private else ""
        end += f',"reverses":{quoted(keys[reverses])}' if reverses else ""
        end += f',"subject":{quoted(subject)}' if not private and subject != ERASED else ""
        self.digest.add(
            key,
            f'{{{before}"date":"{day}",{after}"family":"{family}","key":{quoted(key)},"kind":{quoted(kind)}'
            f'{words},"postings":[{postings}]{end}}}',
        )

    def _posting(self, line: Row) -> str:
        _, _, account, programme, amount, milli, unit, method, *_ = line
        before, owner, after = self._places.get(account) or self._place(account)
        worked = f',"programme":{quoted(programme)}' if programme else ""
        counted = f',"quantity":[{json.dumps(thousandths(milli))},{quoted(unit)},"{method}"]' if method else ""
        return f"{before}{amount}{owner}{worked}{counted}{after}"

    def _place(self, account: int) -> tuple[str, str, str]:
        """An account's parts of a posting: up to its amount, from there to its programme, and its end."""
        chart, unit, fund, owner = self._books.leaves[account]
        named = f',"owner":{quoted(self._names[owner])}' if owner else ""
        before, after = f'{{"account":{quoted(chart)},"amount":', f',"unit":{quoted(unit)}}}'
        return self._places.setdefault(account, (before, f',"fund":{quoted(fund)}{named}', after))

    @cached_property
    def _names(self) -> dict[int, str]:
        return owner_names(self._books.reading)

    @cached_property
    def _codes(self) -> dict[int, str]:
        return {number: code for code, number in decisions.codes(self._books.reading).items()}


def _said(name: str, value: str) -> str:
    return f'"{name}":{quoted(value)},'


def _texts(words: Sequence[Row]) -> Mapping[str, str]:
    return {part: ERASED if body is None else body for _, part, _, _, body, _ in words}
