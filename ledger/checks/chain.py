"""Follows the chain: recomputes each digest and link, checks the entries and sums them, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger.chain import hashing
from ledger.checks.batches import Batch, BatchReader
from ledger.checks.entries import EntryChecker
from ledger.checks.erasable_text import check_texts, find_erasures
from ledger.checks.journal import JournalWriter
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import LINE_COLUMNS, TEXT_COLUMNS
from ledger.checks.totals import Totals
from ledger.core.messages import N_, make_message
from ledger.exchange.exports.digest import Records

_MISSING = N_("Number %(number)s is missing.")
_UNSEALED = N_("Number %(number)s has no seal.")
_ORPHAN = N_("Lines or words stand under number %(number)s, but no entry does.")
_DIGEST = N_("Number %(number)s does not hold what was sealed.")
_LINK = N_("Number %(number)s does not join the number before it.")
_HEAD = N_("The books end at number %(number)s, but their head says otherwise.")

_TEXT_AND_MAC = slice(TEXT_COLUMNS.index("part"), TEXT_COLUMNS.index("mac") + 1)
_HASHED_COLUMNS = slice(LINE_COLUMNS.index(hashing.LINE_COLUMNS[0]), LINE_COLUMNS.index(hashing.LINE_COLUMNS[-1]) + 1)


@dataclass(frozen=True)
class StartPoint:
    """Where to continue the chain: after which number, the next expected number, and the hash to link to."""

    after: int
    expected: int
    previous: bytes


@dataclass(frozen=True)
class PartResult:
    """What a worker process reports about its range of numbers."""

    findings: tuple[tuple[str, int | None, str, dict[str, object]], ...]
    damaged: tuple[tuple[str, int | None], ...]
    totals: Totals
    end: StartPoint
    is_sound: bool


class ChainFollower:
    """Follows the chain and holds the state reached so far."""

    def __init__(self, books: RawBooks, begin: StartPoint | None = None) -> None:
        self._reader = BatchReader(books)
        self._books = books
        self._entries = EntryChecker(books, self._reader)
        self._erased = find_erasures(books)
        self._account_texts = hashing.account_texts(books.leaves)
        self._totals = Totals(act.seq for act in books.acts if act.kind in ("close", "reopen"))
        self._journal: JournalWriter | None = JournalWriter(books)
        self._after = begin.after if begin else None
        self._expected = begin.expected if begin else 1
        self._previous = begin.previous if begin else hashing.genesis_hash(books.uid)

    def follow(self, upto: int | None) -> Iterator[Finding]:
        """Continue up to number `upto` (None: to the end) and yield the findings."""
        for batch in self._reader.batches(self._after, upto):
            findings = [*self.check(batch)]
            yield from findings
            self.count(batch, is_sound=not findings)
        self._after = upto

    def follow_part(self, upto: int) -> PartResult:
        """Continue up to number `upto` and return the result for the main process."""
        findings = [*self.follow(upto)]
        self._totals.close()
        # messages hold a mapping proxy, which cannot be pickled
        plain_findings = tuple((one.check, one.seq, one.says.text, dict(one.says.values)) for one in findings)
        end = StartPoint(upto, self._expected, self._previous)
        return PartResult(plain_findings, tuple(self._books.damaged), self._totals, end, not findings)

    def records(self) -> Iterator[Records]:
        """The journal's lines so far, ordered by key; none after a finding."""
        return self._journal.digest.records() if self._journal else iter(())

    def merge(self, part: PartResult, records: Iterable[Records]) -> Iterator[Finding]:
        """Add the result of a worker process and continue after its range."""
        for check, seq, text, values in part.findings:
            yield Finding(check, seq, make_message(text, **values))
        self._books.damaged |= dict.fromkeys(part.damaged)
        self._totals.merge(part.totals)
        self._after, self._expected, self._previous = part.end.after, part.end.expected, part.end.previous
        if not part.is_sound:
            self._journal = None
        elif self._journal is not None:
            self._journal.digest.join(records)

    def check(self, batch: Batch) -> Iterator[Finding]:
        """The findings in a batch."""
        yield from (Finding("entries", seq, make_message(_ORPHAN, number=seq)) for seq in batch.orphans)
        yield from check_texts(self._books.uid, batch, self._erased)
        for seq in batch.numbers:
            if seq != self._expected:
                yield Finding("links", self._expected, make_message(_MISSING, number=self._expected))
            self._expected = seq + 1
            if errors := self._link_errors(batch, seq):
                yield from (Finding("links", seq, make_message(message, number=seq)) for message in errors)
        yield from self._entries.check(batch)

    def _link_errors(self, batch: Batch, seq: int) -> list[str]:
        """The errors of a link."""
        if seq not in batch.seals:
            return [_UNSEALED]
        _, subject, digest, previous, link_hash = batch.seals[seq]
        errors = []
        if digest != self._digest(batch, seq, subject):
            errors.append(_DIGEST)
        if seq < 1 or previous != self._previous or link_hash != hashing.link_hash(previous, seq, digest):
            errors.append(_LINK)
        self._previous = link_hash
        return errors

    def _digest(self, batch: Batch, seq: int, subject: str) -> bytes | None:
        """The digest of the entry or act; None if the seal is for the other kind, or a value is damaged."""
        try:
            if seq in batch.acts:
                return hashing.act_digest(self._books.uid, batch.acts[seq]) if subject == hashing.ACT else None
            if subject != hashing.ENTRY or seq not in batch.entries:
                return None
            macs = sorted([row[_TEXT_AND_MAC] for row in batch.texts_by_entry.get(seq, ())])
            lines = [row[_HASHED_COLUMNS] for row in batch.lines_by_entry.get(seq, ())]
            return hashing.entry_digest_of_values(self._books.uid, batch.entries[seq], macs, lines, self._account_texts)
        except (KeyError, TypeError, ValueError):  # a damaged value has no digest
            return None

    def count(self, batch: Batch, *, is_sound: bool) -> None:
        """Add a batch to the totals and, if nothing was found so far, to the journal's digest."""
        self._totals.add(batch.lines, batch.lines_by_entry, batch.entries)
        if not is_sound:
            self._journal = None
        elif self._journal is not None:
            self._journal.add(batch)

    def finish(self) -> Iterator[Finding]:
        """Check the head against the end of the chain; store totals and digest in the books."""
        self._totals.close()
        self._books.totals = self._totals
        self._books.journal = self._journal.digest if self._journal else None
        heads = [(row["seq"], row["hash"], row["touched"]) for row in self._books.rows("chain_head", "seq")]
        if heads != [(self._expected - 1, self._previous, 0)]:
            last = self._expected - 1
            yield Finding("links", max(last, 1), make_message(_HEAD, number=last))
