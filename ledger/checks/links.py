"""The chain, and everything under it: each digest and link is worked out again, in one reading of the whole journal."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import chain
from ledger.checks.books import Books, Finding
from ledger.checks.entries import Entries
from ledger.checks.journal import Journal
from ledger.checks.stretches import Reader, Stretch
from ledger.checks.tally import Tally
from ledger.checks.words import check_words, erasures
from ledger.messages import N_, say

_MISSING = N_("Number %(number)s is missing.")
_UNSEALED = N_("Number %(number)s has no seal.")
_STRAY = N_("Lines or words stand under number %(number)s, but no entry does.")
_DIGEST = N_("Number %(number)s does not hold what was sealed.")
_LINK = N_("Number %(number)s does not join the number before it.")
_HEAD = N_("The books end at number %(number)s, but their head says otherwise.")


def check_links(books: Books) -> Iterator[Finding]:
    """Every number from 1 to the head stands once, is sealed over exactly its rows, and joins the link before it.

    What the lines add up to is kept in `books.tally`; while nothing is found, the journal's digest grows.
    """
    links = _Links(books)
    for stretch in links.reader.stretches():
        found = [*links.check(stretch)]
        yield from found
        links.keep(stretch, sound=not found)
    yield from links.end()


class _Links:
    """How far the chain has been followed."""

    def __init__(self, books: Books) -> None:
        self.reader = Reader(books)
        self._books = books
        self._entries = Entries(books, self.reader)
        self._erased = erasures(books)
        self._spelled = chain.spelled(books.leaves)
        self._tally = Tally(deed.seq for deed in books.deeds if deed.kind in ("close", "reopen"))
        self._journal: Journal | None = Journal(books)
        self._previous = chain.genesis(books.uid)
        self._expected = 1

    def check(self, stretch: Stretch) -> Iterator[Finding]:
        """What does not hold in a stretch."""
        yield from (Finding("entries", seq, say(_STRAY, number=seq)) for seq in stretch.strays)
        yield from check_words(self._books.uid, stretch, self._erased)
        for seq in stretch.numbers:
            if seq != self._expected:
                yield Finding("links", self._expected, say(_MISSING, number=self._expected))
            self._expected = seq + 1
            yield from self._link(stretch, seq)
            if seq in stretch.entries:
                yield from self._entries.check(stretch.entries[seq], stretch.lines.get(seq, ()))

    def _link(self, stretch: Stretch, seq: int) -> Iterator[Finding]:
        if seq not in stretch.seals:
            yield Finding("links", seq, say(_UNSEALED, number=seq))
            return
        _, subject, digest, previous, hashed = stretch.seals[seq]
        if digest != self._digest(stretch, seq, subject):
            yield Finding("links", seq, say(_DIGEST, number=seq))
        if seq < 1 or previous != self._previous or hashed != chain.link(previous, seq, digest):
            yield Finding("links", seq, say(_LINK, number=seq))
        self._previous = hashed

    def _digest(self, stretch: Stretch, seq: int, subject: str) -> bytes | None:
        """The digest of what stands under a number; None where that is not what the seal is over, or has none."""
        deed = stretch.acts.get(seq)
        try:
            if deed is not None:
                return chain.act_digest(self._books.uid, deed) if subject == chain.ACT else None
            if subject != chain.ENTRY or seq not in stretch.entries:
                return None
            macs = [row[1:3] for row in stretch.words.get(seq, ())]
            lines = [row[1:8] for row in stretch.lines.get(seq, ())]
            return chain.sealed_digest(self._books.uid, stretch.entries[seq], sorted(macs), lines, self._spelled)
        except (KeyError, TypeError, ValueError):  # a damaged value has no digest
            return None

    def keep(self, stretch: Stretch, *, sound: bool) -> None:
        """Count what a stretch moves; and where all has been sound, write its journal."""
        for number, lines in stretch.lines.items():
            entry = stretch.entries.get(number)
            self._tally.add(number, entry[11] if entry else None, lines)
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
            yield Finding("links", max(last, 1), say(_HEAD, number=last))
