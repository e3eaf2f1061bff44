"""A machine that does to real books whatever people do to books, in any order, and notes it in a plain dict, too."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.closing import close, period_states, reopen
from ledger.core.drafts import EXCHANGE, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import LedgerError, OverLimit, PeriodClosed
from ledger.core.periods import Month
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.exchange.imports.journal import import_journal
from ledger.journal.idempotency import Actors
from ledger.journal.posting import post
from ledger.journal.reversal import reverse
from ledger.kinds import fill
from ledger.limits import limit_rules
from ledger.registers import members
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import erase_names, erase_words
from ledger.registers.members import NewMember
from ledger.registers.records import LimitRule
from ledger.workflow.holds import expire_due
from ledger.workflow.record import confirm, decline, record, withdraw
from tests.communities.small_community import ANA, BEA, CAI, DEE, ELI, SLUG, SmallCommunity, new_key
from tests.reliability import standing
from tests.reliability.onlooker import rows
from tests.reliability.pocket_books import Help, PocketBooks
from web.backup import create, restore

BETWEEN_BACKUPS = 8  # a backup takes as long as ten other acts
PICK, MINUTES, BACK = st.integers(0, 10**6), st.integers(1, 40).map(lambda n: 5 * n), st.integers(0, 4)
STANDING = (
    "SELECT a.owner_id, b.posted, b.held_debit, b.held_credit FROM balance b "
    "JOIN account a ON a.community_id = b.community_id AND a.account_id = b.account_id WHERE a.chart = 'T2000'"
)
ENTRIES = "SELECT count(*) FROM journal_entry"
CLOSED = "SELECT period_id FROM period WHERE state = 'closed'"
WORDS = "SELECT DISTINCT entry_id FROM entry_text WHERE body IS NOT NULL"


@contextmanager
def refused(*errors: type[LedgerError], when: bool) -> Iterator[None]:
    """Say that what follows is refused, or that it is not."""
    if not when:
        yield
        return
    with pytest.raises(errors):
        yield


class Machine(RuleBasedStateMachine):
    """One community, from its founding through whatever comes."""

    fresh: ClassVar[Any]
    steps: ClassVar[int] = 0

    @initialize()
    def found(self) -> None:
        self.lent: AbstractContextManager[Engine] = type(self).fresh()
        self.community: SmallCommunity = SmallCommunity.of(self.lent.__enter__())
        self.books = PocketBooks([ANA, BEA, CAI, DEE, ELI])
        self.deeds = 0
        self.folder = Path(tempfile.mkdtemp(prefix="hourstead-machine-"))

    def teardown(self) -> None:
        if hasattr(self, "lent"):
            self.lent.__exit__(None, None, None)
            shutil.rmtree(self.folder)

    @property
    def engine(self) -> Engine:
        return self.community.engine

    def writing(self) -> AbstractContextManager[WriteUnit]:
        type(self).steps += 1
        self.deeds += 1
        return write_books(self.engine, SLUG)

    def drawn(self, first: int, second: int, minutes: int, back: int | None = None) -> Help:
        """Two different people, and a month that many months back."""
        people = self.books.people
        gave = people[first % len(people)]
        received = [one for one in people if one != gave][second % (len(people) - 1)]
        month = None if back is None else Month.of(self.community.today).back(back)
        return Help(gave, received, minutes, month)

    @rule()
    def open(self) -> None:
        """Take a new member in."""
        with self.writing() as unit:
            new = NewMember(name=f"Person {len(self.books.people)}-{unit.at}", joined=dt.date(2020, 1, 1))
            self.books.people += members.add(unit, [new], entered_by=OPERATOR)

    @rule(first=PICK, second=PICK, minutes=MINUTES, back=BACK)
    def post(self, first: int, second: int, minutes: int, back: int) -> None:
        """Post hours on a day of this month or an earlier one."""
        aid = self.drawn(first, second, minutes, back)
        assert aid.month is not None
        lines = [PostingDraft(AccountKey("T2000", "min", "TB", who), move) for who, move in aid.moves().items()]
        draft = EntryDraft(
            kind="hours",
            family=EXCHANGE,
            effective_on=aid.month.first,
            postings=tuple(lines),
            narration="Help",
        )
        with refused(OverLimit, PeriodClosed, when=not self.books.takes(aid)), self.writing() as unit:
            number = post(unit, draft, Actors(BEA), new_key()).entry_id
        if self.books.takes(aid):
            self.books.post(number, aid)

    @rule(first=PICK, second=PICK, minutes=MINUTES)
    def hold(self, first: int, second: int, minutes: int) -> None:
        """Log help given, which waits for a yes and keeps room meanwhile."""
        aid = self.drawn(first, second, minutes)
        number = self.claim(aid)
        if number:
            self.books.waiting[number] = aid

    def claim(self, aid: Help, days_ago: int = 0) -> int:
        kind = fill("hours", day=self.community.today, helpers=(aid.gave,), receiver=aid.received, minutes=aid.minutes)
        number = None
        with refused(OverLimit, when=not self.books.fits(aid)), self.writing() as unit:
            then = dt.datetime.fromisoformat(unit.now) - dt.timedelta(days_ago)
            unit.now = then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
            number = record(unit, kind, Actors(aid.gave), new_key()).agreement_id
        return number or 0

    @precondition(lambda self: self.books.waiting)
    @rule(which=PICK)
    def settle(self, which: int) -> None:
        """Say yes."""
        number, aid = self.one_waiting(which)
        del self.books.waiting[number]
        fits = self.books.fits(aid)
        posted = None
        with refused(OverLimit, when=not fits), self.writing() as unit:
            posted = confirm(unit, number, Actors(aid.received), new_key()).posted
        if posted is None:
            self.books.waiting[number] = aid
        else:
            self.books.post(posted.entry_id, dataclasses.replace(aid, month=Month.of(self.community.today)))

    @precondition(lambda self: self.books.waiting)
    @rule(which=PICK, other=st.booleans())
    def drop(self, which: int, other: bool) -> None:
        """Say no, or take one's own claim back."""
        number, aid = self.one_waiting(which)
        deed, who = (decline, aid.received) if other else (withdraw, aid.gave)
        with self.writing() as unit:
            deed(unit, number, Actors(who), new_key())
        del self.books.waiting[number]

    def one_waiting(self, which: int) -> tuple[int, Help]:
        return list(self.books.waiting.items())[which % len(self.books.waiting)]

    @rule(first=PICK, second=PICK, minutes=MINUTES)
    def expire(self, first: int, second: int, minutes: int) -> None:
        """Let something lapse that was logged long ago."""
        if self.claim(self.drawn(first, second, minutes), days_ago=300):
            with self.writing() as unit:
                assert expire_due(unit) == 1

    @precondition(lambda self: self.books.entries)
    @rule(which=PICK)
    def take_back(self, which: int) -> None:
        """Reverse an entry on its own day; no limit stands in its way, but a closed month does, and a first time."""
        number, aid = list(self.books.entries.items())[which % len(self.books.entries)]
        wrong = number in self.books.taken_back or not self.books.is_open(aid.month)
        other = None
        with refused(LedgerError, when=wrong), self.writing() as unit:
            other = reverse(unit, number, "Written down twice", Actors(CAI), new_key()).entry_id
        if other is not None:
            self.books.take_back(number, other)

    @rule(which=PICK, low=MINUTES, high=MINUTES)
    def limit(self, which: int, low: int, high: int) -> None:
        """Set a stop on somebody's hours, on either side of nought."""
        person = self.books.people[which % len(self.books.people)]
        rule = LimitRule(stop_low_minutes=-low, stop_high_minutes=high, decision="A-01")
        with self.writing() as unit:
            limit_rules.set_rule(unit, limit_rules.owner_key(person), rule, entered_by=OPERATOR)
        self.books.bounds[person] = (-high, low)

    @rule()
    def close(self) -> None:
        """Close the earliest month that is open and over."""
        with read_books(self.engine, SLUG) as unit:
            verdict = verify(unit)
            waiting = period_states.open_months_before(unit, Month.of(self.community.today))
        if waiting:
            with self.writing() as unit:
                close.close(unit, waiting[0], verdict, entered_by=BEA)
            self.books.closed.add(waiting[0])

    @precondition(lambda self: self.books.closed)
    @rule(which=PICK)
    def reopen(self, which: int) -> None:
        """Open a closed month again, by two people; the later closed ones open with it."""
        month = sorted(self.books.closed)[which % len(self.books.closed)]
        with self.writing() as unit:
            asked = reopen.request(unit, month, "A bill came late", by=BEA, key=new_key())
            done = reopen.agree(unit, asked.agreement_id, by=ANA, key=new_key())
        assert set(done.months) == {one for one in self.books.closed if one >= month}
        self.books.closed -= set(done.months)

    @rule(first=PICK, second=PICK, minutes=MINUTES, back=BACK)
    def bring(self, first: int, second: int, minutes: int, back: int) -> None:
        """Import a journal of one line, twice."""
        aid = self.drawn(first, second, minutes, back)
        assert aid.month is not None
        with read_books(self.engine, SLUG) as unit:
            names = {number: party.name for number, party in members.parties(unit).items()}
        line = {
            "key": new_key().key,
            "date": aid.month.first.isoformat(),
            "family": EXCHANGE,
            "narration": "Brought",
            "postings": [
                {"account": "T2000", "unit": "min", "fund": "TB", "amount": move, "owner": names[who]}
                for who, move in aid.moves().items()
            ],
        }
        path = self.folder / "journal.jsonl"
        path.write_text(json.dumps(line))
        takes = self.books.takes(aid)
        type(self).steps += 1
        assert import_journal(self.engine, SLUG, path).posted == takes
        if takes:
            assert import_journal(self.engine, SLUG, path).already == 1
            with read_books(self.engine, SLUG) as unit:
                self.books.post(unit.at, aid)

    @precondition(lambda self: self.books.words)
    @rule(which=PICK)
    def forget(self, which: int) -> None:
        number = sorted(self.books.words)[which % len(self.books.words)]
        with self.writing() as unit:
            erase_words(unit, number, entered_by=OPERATOR)
        self.books.words.remove(number)

    @rule()
    def leave(self) -> None:
        """Let the newest member go, and erase their names; their entries stay."""
        person = self.books.people[-1]
        busy = {who for aid in self.books.waiting.values() for who in aid.moves()}
        if person > ELI and person not in busy:
            with self.writing() as unit:
                member = dataclasses.replace(members.get(unit, person), left=self.community.ago(1))
                members.change(unit, member, entered_by=OPERATOR)
                erase_names(unit, person, entered_by=OPERATOR)
            self.books.people.pop()

    @precondition(lambda self: self.deeds >= BETWEEN_BACKUPS)
    @rule()
    def back_up(self) -> None:
        self.deeds = 0
        type(self).steps += 1
        path = self.folder / f"{type(self).steps}.backup"
        made = create.create_backup(self.engine, self.folder, path)
        other = make_engine(f"sqlite:///{path.with_suffix('.sqlite')}")
        done = restore.restore(other, self.folder, path)
        assert done.ok
        assert [one.head.hash.hex() for one in done.communities] == [made.communities[0]["hash"]]
        self.compare(other)
        other.dispose()

    @invariant()
    def is_the_same(self) -> None:
        """Whatever happened, the database and the dict agree, and verify finds nothing."""
        if hasattr(self, "books"):
            self.compare(self.engine)
            with read_books(self.engine, SLUG) as unit:
                assert [str(one) for one in verify(unit).findings] == []

    def compare(self, engine: Engine) -> None:
        there = {owner: (posted, debit, credit) for owner, posted, debit, credit in rows(engine, STANDING)}
        due = {who: (self.books.minutes[who], *self.books.held(who)) for who in there | self.books.minutes}
        assert {who: there.get(who, (0, 0, 0)) for who in due} == due
        assert rows(engine, ENTRIES) == [(self.books.count,)]
        assert {Month.from_id(number) for (number,) in rows(engine, CLOSED)} == self.books.closed
        assert {number for (number,) in rows(engine, WORDS)} == self.books.words
        assert standing.halves(engine) == []
