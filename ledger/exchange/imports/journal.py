"""Import of a journal: JSON lines into entries, whole or not at all, or in transactions of a thousand lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from sqlalchemy import Engine
from sqlalchemy.exc import DataError, IntegrityError

from ledger.core.account_roles import PARTNER_TIME
from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import KeyReused, LedgerError, UnknownEntry
from ledger.core.messages import make_message
from ledger.database import error_translation
from ledger.database.gc_pause import gc_paused
from ledger.database.unit_of_work import WriteUnit, write_books
from ledger.exchange.imports.create_missing import Lists
from ledger.exchange.imports.dedupe import Standing, find_keys
from ledger.exchange.imports.input_files import NumberedLine, journal_lines
from ledger.exchange.imports.result import Imported, Progress, Refused, no_progress
from ledger.exchange.journal_line import JournalLine
from ledger.journal.idempotency import JOURNAL, Actors, Key, Order
from ledger.journal.posting import post_many
from ledger.registers import communities
from ledger.registers.communities import OPERATOR

BATCH = 1000
"""How many lines a transaction of a partial import takes."""


class DecisionNeeded(LedgerError):
    """After the day a community went live, what is imported rests on a decision."""

    slug = "decision-needed"


class _Refusing(Exception):
    """Takes everything back that a whole import has written so far."""


@dataclass
class _Survey:
    """What a first reading of the file found, before the books are opened for writing."""

    read: int = 0
    refused: list[Refused] = field(default_factory=list)
    peers: set[str] = field(default_factory=set)


def import_journal(
    engine: Engine, slug: str, path: Path, *, partial: bool = False, progress: Progress = no_progress
) -> Imported:
    """Post the entries of a journal file; the same file again posts nothing new.

    Whole: one transaction, and any refusal leaves the books as they were. Partial: what can be taken is taken.
    Integrity is kept as everywhere; who confirmed or approved is not asked, so entries are marked as imported.
    """
    with gc_paused():
        found = _survey(path, progress)
        if found.refused and not partial:
            return Imported(found.read, refused=tuple(found.refused))
        return (_in_parts if partial else _whole)(engine, slug, path, found, progress)


def _survey(path: Path, progress: Progress) -> _Survey:
    found = _Survey()
    for each in journal_lines(path):
        found.read += 1
        if isinstance(each, NumberedLine):
            found.peers |= {p.owner for p in each.line.postings if p.account == PARTNER_TIME and p.owner}
            if found.read % BATCH == 0:
                progress(each.done / 10)
        checked = _checked(each)
        found.refused += [checked] if isinstance(checked, Refused) else []
    return found


def _checked(each: NumberedLine | Refused) -> NumberedLine | Refused:
    """The line, or the refusal of its entry, which needs no books to be seen."""
    if isinstance(each, Refused):
        return each
    try:
        draft_of(each.line, defaultdict(int), defaultdict(int))
    except LedgerError as refusal:
        return Refused(each.number, each.line.key, refusal.message)
    return each


def _readable(path: Path, found: _Survey) -> Iterator[NumberedLine]:
    """The lines that the first reading did not refuse."""
    refused = {refusal.line for refusal in found.refused}
    for each in journal_lines(path):
        if isinstance(each, NumberedLine) and each.number not in refused:
            yield each


def _batches(lines: Iterable[NumberedLine]) -> Iterator[list[NumberedLine]]:
    waiting = iter(lines)
    while batch := list(islice(waiting, BATCH)):
        yield batch


def _whole(engine: Engine, slug: str, path: Path, found: _Survey, progress: Progress) -> Imported:
    taken = _Taken()
    try:
        with write_books(engine, slug) as unit:
            importer = _Importer(unit, frozenset(found.peers), taken)
            for batch in _batches(_readable(path, found)):
                importer.take(batch)
                progress(0.1 + 0.9 * batch[-1].done)
            if taken.refused:
                raise _Refusing
    except _Refusing:
        return Imported(found.read, refused=tuple(taken.refused))
    return Imported(found.read, taken.posted, taken.already)


def _in_parts(engine: Engine, slug: str, path: Path, found: _Survey, progress: Progress) -> Imported:
    taken = _Taken()
    for batch in _batches(_readable(path, found)):
        with write_books(engine, slug) as unit:
            _Importer(unit, frozenset(found.peers), taken).take(batch)
        progress(0.1 + 0.9 * batch[-1].done)
    refused = sorted([*found.refused, *taken.refused], key=lambda each: each.line or 0)
    return Imported(found.read, taken.posted, taken.already, tuple(refused))


@dataclass
class _Taken:
    """What an import has taken so far."""

    posted: int = 0
    already: int = 0
    refused: list[Refused] = field(default_factory=list)


class _Importer:
    """Posts lines within one unit of work; what a line may name grows on the way."""

    def __init__(self, unit: WriteUnit, peers: frozenset[str], taken: _Taken) -> None:
        self.unit = unit
        self.taken = taken
        self.peers = peers
        self.lists = Lists.of(unit, peers)
        self.go_live = communities.settings(unit).go_live

    def take(self, batch: Sequence[NumberedLine]) -> None:
        """Post a batch; when something in it is refused, line by line, to say which."""
        try:
            self._try([each.line for each in batch])
        except LedgerError as refusal:
            if len(batch) == 1:
                self.taken.refused.append(Refused(batch[0].number, batch[0].line.key, refusal.message))
                return
            for each in batch:
                self.take([each])

    def _try(self, lines: Sequence[JournalLine]) -> None:
        head = self.unit.head
        try:
            with self.unit.connection.begin_nested():
                posted, already = self._post(lines)
        except (LedgerError, IntegrityError, DataError) as refusal:
            self.unit.set_head(head)
            self.lists = Lists.of(self.unit, self.peers)
            raise (
                refusal if isinstance(refusal, LedgerError) else error_translation.to_ledger_error(refusal)
            ) from refusal
        self.taken.posted += posted
        self.taken.already += already

    def _post(self, lines: Sequence[JournalLine]) -> tuple[int, int]:
        fresh = self._fresh(lines)
        waiting: dict[str, JournalLine] = {}
        for line in fresh:
            if line.reverses in waiting or line.corrects in waiting:
                self._flush(list(waiting.values()))
                waiting = {}
            waiting[line.key] = line
        self._flush(list(waiting.values()))
        return len(fresh), len(lines) - len(fresh)

    def _fresh(self, lines: Sequence[JournalLine]) -> list[JournalLine]:
        """The lines whose keys are new; KeyReused where a key stands for something else."""
        stand = Standing(self.unit, [line.key for line in lines])
        fresh: dict[str, JournalLine] = {}
        for line in lines:
            if line.key not in stand and fresh.setdefault(line.key, line) is line:
                self._check(line)
            elif not (stand.says(line) if line.key in stand else fresh[line.key] == line):
                raise KeyReused(make_message("The key “%(key)s” stands for another entry already.", key=line.key))
        return list(fresh.values())

    def _check(self, line: JournalLine) -> None:
        self.lists.check(line)
        if self.go_live is not None and line.date > self.go_live and line.decision is None:
            raise DecisionNeeded(
                make_message("An entry dated after %(day)s needs a decision.", day=self.go_live.isoformat())
            )

    def _flush(self, lines: Sequence[JournalLine]) -> None:
        if not lines:
            return
        self.lists.open_missing(self.unit, lines)
        linked = [key for line in lines for key in (line.reverses, line.corrects) if key is not None]
        numbers = find_keys(self.unit, linked)
        for key in linked:
            if key not in numbers:
                raise UnknownEntry(make_message("No earlier entry has the key “%(key)s”.", key=key))
        post_many(self.unit, [self._order(line, numbers) for line in lines])

    def _order(self, line: JournalLine, numbers: Mapping[str, int]) -> Order:
        return draft_of(line, self.lists.owners, numbers), Actors(OPERATOR), Key(JOURNAL, line.key)


def draft_of(line: JournalLine, owners: Mapping[str, int], numbers: Mapping[str, int]) -> EntryDraft:
    """The line as a draft, owners and linked entries by number."""
    return EntryDraft(
        kind=line.kind,
        family=line.family,
        effective_on=line.date,
        postings=tuple(
            PostingDraft(
                AccountKey(p.account, p.unit, p.fund, owners[p.owner] if p.owner else 0),
                p.amount,
                p.programme,
                p.quantity,
            )
            for p in line.postings
        ),
        narration=line.narration,
        subject=line.subject,
        about_on=line.about,
        privacy="private" if line.private else "members",
        decision=line.decision,
        document=line.document,
        reverses=numbers[line.reverses] if line.reverses else None,
        corrects=numbers[line.corrects] if line.corrects else None,
    )
