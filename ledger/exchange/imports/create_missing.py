"""What journal lines name and the books lack: owners, funds, programmes, decisions are opened on the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.chain.record_acts import NameRow, NewIdentities, next_id
from ledger.core import amounts
from ledger.core.errors import NameTaken, UnknownAccount
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.exchange.journal_line import JournalLine, PostingLine
from ledger.models import fund, programme, unit
from ledger.registers import communities, decisions, members, store
from ledger.registers.communities import OPERATOR
from ledger.registers.records import Fund, Member, Partner, Programme
from ledger.registers.registry import ACCOUNTS, FUNDS, MEMBERS, PARTNERS, PROGRAMMES
from ledger.registers.store import Change

"""Owners on this line of the chart are partner communities; owners elsewhere are members."""
_CLASSES = {"time": "time", "value": "barter", "money": "restricted"}
"""The class of a fund known by its code only: bound, until somebody says that it is free."""
_ACCOUNT = N_("There is no account “%(code)s” in the chart of accounts.")
_UNIT = N_("Nothing is counted in “%(code)s” here.")
_MIXED = N_("Account %(code)s is not kept in “%(unit)s”.")
_OURSELVES = N_("“%(name)s” is the community itself; leave the owner out.")


@dataclass
class Lists:
    """What the books know by name, as it grows during an import."""

    chart: Mapping[str, str]
    units: frozenset[str]
    own_name: str
    owners: dict[str, int]
    funds: set[str]
    programmes: set[str]
    decisions: dict[str, int]
    peers: frozenset[str] = field(default=frozenset())

    @classmethod
    def of(cls, uow: UnitOfWork, peers: frozenset[str]) -> Lists:
        """The lists of a community's books; `peers` are owners that a file has on the partners' line."""
        return cls(
            chart={code: line.unit for code, line in ACCOUNTS.all(uow).items()},
            units=frozenset(store.codes(uow, unit)),
            own_name=communities.settings(uow).name,
            owners=members.owners(uow),
            funds=store.codes(uow, fund),
            programmes=store.codes(uow, programme),
            decisions=decisions.codes(uow),
            peers=peers,
        )

    def check(self, line: JournalLine) -> None:
        """Refuse accounts and units that are in no list: those are not opened by a line."""
        for posting in line.postings:
            self._check(posting)

    def _check(self, posting: PostingLine) -> None:
        if posting.account not in self.chart:
            raise UnknownAccount(make_message(_ACCOUNT, code=posting.account))
        if posting.unit not in self.units:
            raise UnknownAccount(make_message(_UNIT, code=posting.unit))
        if amounts.kind_of(posting.unit) != amounts.kind_of(self.chart[posting.account]):
            raise UnknownAccount(make_message(_MIXED, code=posting.account, unit=posting.unit))
        if posting.owner == self.own_name:
            raise NameTaken(make_message(_OURSELVES, name=posting.owner))

    def open_missing(self, writing: WriteUnit, lines: Sequence[JournalLine]) -> None:
        """Open, by one act, what the lines name and the books lack; `import registers` fills the details in later."""
        postings = [posting for line in lines for posting in line.postings]
        funds = {p.fund: _CLASSES[amounts.kind_of(p.unit)] for p in reversed(postings) if p.fund not in self.funds}
        programmes = _new((p.programme for p in postings), self.programmes)
        codes = _new((line.decision for line in lines), self.decisions)
        owners = [name for name in _new((p.owner for p in postings), self.owners) if name]
        if not (funds or programmes or codes or owners):
            return
        numbers = _numbers(next_id(writing, "decision"), codes)
        people = _numbers(max(next_id(writing, "party"), members.FIRST_PERSON), owners)
        changes: list[Change] = [FUNDS.change(Fund(code=c, name=c, class_=kind)) for c, kind in sorted(funds.items())]
        changes += [PROGRAMMES.change(Programme(code=code, name=code)) for code in programmes]
        changes += [self._owner(name, number, lines) for name, number in people.items()]
        opens = NewIdentities(
            parties=[(number, "peer" if name in self.peers else "member") for name, number in people.items()],
            funds=sorted(funds),
            programmes=programmes,
            decisions=[(number, code) for code, number in numbers.items()],
        )
        names = [NameRow(number, "name", name) for name, number in people.items()]
        store.write(writing, changes, names, opens, entered_by=OPERATOR)
        self.funds |= set(funds)
        self.programmes |= set(programmes)
        self.decisions |= numbers
        self.owners |= people

    def _owner(self, name: str, number: int, lines: Sequence[JournalLine]) -> Change:
        if name in self.peers:
            return PARTNERS.change(Partner(party_id=number, code=name))
        first = next(line.date for line in lines if any(posting.owner == name for posting in line.postings))
        return MEMBERS.change(Member(party_id=number, joined=first))


def _new(named: Iterable[str | None], known: Iterable[str]) -> list[str]:
    """The names that are not known yet, each once, in the order in which they come."""
    there = set(known)
    return [name for name in dict.fromkeys(named) if name is not None and name not in there]


def _numbers(first: int, names: Sequence[str]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names, first)}
