"""The chain, and everything under it: each digest and link is worked out again, in one reading of the journal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger.chain import hashing
from ledger.checks.batches import Reader, Stretch
from ledger.checks.entries import Entries
from ledger.checks.erasable_text import check_words, erasures
from ledger.checks.journal import Journal
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.checks.row_layout import LINE, WORDS
from ledger.checks.totals import Tally
from ledger.core.messages import N_, make_message
from ledger.exchange.exports.digest import Records

_MISSING = N_("Number %(number)s is missing.")
_UNSEALED = N_("Number %(number)s has no seal.")
_STRAY = N_("Lines or words stand under number %(number)s, but no entry does.")
_DIGEST = N_("Number %(number)s does not hold what was sealed.")
_LINK = N_("Number %(number)s does not join the number before it.")
_HEAD = N_("The books end at number %(number)s, but their head says otherwise.")

_SAID = slice(WORDS.index("part"), WORDS.index("mac") + 1)
_SEALED = slice(LINE.index(hashing.LINE_COLUMNS[0]), LINE.index(hashing.LINE_COLUMNS[-1]) + 1)


@dataclass(frozen=True)
class Begin:
    """Where the chain is taken up: behind which number, which one is next, and the hash it has to join."""

    after: int
    expected: int
    previous: bytes


@dataclass(frozen=True)
class Part:
    """What one process tells another of the numbers that it followed the chain through."""

    findings: tuple[tuple[str, int | None, str, dict[str, object]], ...]
    damaged: tuple[tuple[str, int | None], ...]
    tally: Tally
    end: Begin
    is_sound: bool


class Links:
    """How far the chain has been followed."""

    def __init__(self, books: RawBooks, begin: Begin | None = None) -> None:
        self._reader = Reader(books)
        self._books = books
        self._entries = Entries(books, self._reader)
        self._erased = erasures(books)
        self._spelled = hashing.account_texts(books.leaves)
        self._tally = Tally(deed.seq for deed in books.deeds if deed.kind in ("close", "reopen"))
        self._journal: Journal | None = Journal(books)
        self._after = begin.after if begin else None
        self._expected = begin.expected if begin else 1
        self._previous = begin.previous if begin else hashing.genesis_hash(books.uid)

    def follow(self, upto: int | None) -> Iterator[Finding]:
        """Go on up to a number, or to the last there is, and give what does not hold."""
        for stretch in self._reader.stretches(self._after, upto):
            found = [*self.check(stretch)]
            yield from found
            self.keep(stretch, sound=not found)
        self._after = upto

    def part(self, upto: int) -> Part:
        """Go on up to a number, and tell another process what was found."""
        found = [*self.follow(upto)]
        self._tally.close()
        told = tuple((one.check, one.seq, one.says.text, dict(one.says.values)) for one in found)
        end = Begin(upto, self._expected, self._previous)
        return Part(told, tuple(self._books.damaged), self._tally, end, not found)

    def records(self) -> Iterator[Records]:
        """The lines of the journal so far, in the order of their keys; none once something was found."""
        return self._journal.digest.records() if self._journal else iter(())

    def take(self, part: Part, records: Iterable[Records]) -> Iterator[Finding]:
        """Go on where another process ended, with what it found."""
        for check, seq, text, values in part.findings:
            yield Finding(check, seq, make_message(text, **values))
        self._books.damaged |= dict.fromkeys(part.damaged)
        self._tally.join(part.tally)
        self._after, self._expected, self._previous = part.end.after, part.end.expected, part.end.previous
        if not part.is_sound:
            self._journal = None
        elif self._journal is not None:
            self._journal.digest.join(records)

    def check(self, stretch: Stretch) -> Iterator[Finding]:
        """What does not hold in a stretch."""
        yield from (Finding("entries", seq, make_message(_STRAY, number=seq)) for seq in stretch.strays)
        yield from check_words(self._books.uid, stretch, self._erased)
        for seq in stretch.numbers:
            if seq != self._expected:
                yield Finding("links", self._expected, make_message(_MISSING, number=self._expected))
            self._expected = seq + 1
            if wrong := self._link(stretch, seq):
                yield from (Finding("links", seq, make_message(says, number=seq)) for says in wrong)
        yield from self._entries.check(stretch)

    def _link(self, stretch: Stretch, seq: int) -> list[str]:
        """What is wrong with a link."""
        if seq not in stretch.seals:
            return [_UNSEALED]
        _, subject, digest, previous, hashed = stretch.seals[seq]
        wrong = []
        if digest != self._digest(stretch, seq, subject):
            wrong.append(_DIGEST)
        if seq < 1 or previous != self._previous or hashed != hashing.link_hash(previous, seq, digest):
            wrong.append(_LINK)
        self._previous = hashed
        return wrong

    def _digest(self, stretch: Stretch, seq: int, subject: str) -> bytes | None:
        """The digest of what stands under a number; None where that is not what the seal is over, or has none."""
        try:
            if seq in stretch.acts:
                return hashing.act_digest(self._books.uid, stretch.acts[seq]) if subject == hashing.ACT else None
            if subject != hashing.ENTRY or seq not in stretch.entries:
                return None
            macs = sorted([row[_SAID] for row in stretch.words.get(seq, ())])
            lines = [row[_SEALED] for row in stretch.lines.get(seq, ())]
            return hashing.entry_digest_of_values(self._books.uid, stretch.entries[seq], macs, lines, self._spelled)
        except (KeyError, TypeError, ValueError):  # a damaged value has no digest
            return None

    def keep(self, stretch: Stretch, *, sound: bool) -> None:
        """Count what a stretch moves; and where all has been sound, write its journal."""
        self._tally.add(stretch.postings, stretch.lines, stretch.entries)
        if not sound:
            self._journal = None
        elif self._journal is not None:
            self._journal.add(stretch)

    def end(self) -> Iterator[Finding]:
        """Whether the head says what the chain ends with; what was kept becomes the books'."""
        self._tally.close()
        self._books.tally = self._tally
        self._books.journal = self._journal.digest if self._journal else None
        heads = [(row["seq"], row["hash"], row["touched"]) for row in self._books.rows("chain_head", "seq")]
        if heads != [(self._expected - 1, self._previous, 0)]:
            last = self._expected - 1
            yield Finding("links", max(last, 1), make_message(_HEAD, number=last))
