"""A small community without entries, and what tests post into it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Engine, insert

from ledger import models
from ledger.chain import hashing
from ledger.chain.record_acts import HoldRow, NameRow, NewIdentities, RegisterRow
from ledger.chain.record_acts import record as record_act
from ledger.core.drafts import EXCHANGE, OTHER, AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.database.unit_of_work import (
    WriteUnit,
    open_for_writing,
    read_books,
    set_community,
    write_books,
    write_transaction,
)
from ledger.journal import queries
from ledger.journal.idempotency import FORM, Actors, Key, Posted
from ledger.journal.posting import post
from ledger.journal.queries import Entry
from ledger.kinds import fill
from ledger.registers import communities, decisions, members, policies, roles, store
from ledger.registers.communities import OPERATOR
from ledger.registers.members import NewMember
from ledger.registers.plan_records import Grant
from ledger.registers.records import Decision, Fund, Programme, Restriction
from ledger.registers.registry import FUNDS, GRANTS, PROGRAMMES
from ledger.workflow.record import RecordResult, confirm, record

SLUG = "small"
UID = "0192f0c4-7c1e-7b3a-9d52-3f6a1b2c4d5e"
JOINED = dt.date(2025, 1, 1)
ANA, BEA, CAI, DEE, ELI = range(2, 7)
"""Ana is organiser, Bea treasurer, Cai checker; Dee keeps the garden; Eli is a member."""
NAMES = {"Ana": ANA, "Bea": BEA, "Cai": CAI, "Dee": DEE, "Eli": ELI}
DAY = dt.date(2026, 3, 5)
"""The day of an entry that a test does not date."""
BANK, SALES = AccountKey("1000", "EUR", "GEN"), AccountKey("4110", "EUR", "GEN")
GARDEN_GRANT = Fund(
    code="GRN",
    name="Garden grant",
    class_="restricted",
    purpose="The open garden",
    restriction=Restriction(by="Meadow Trust", programmes=("GARDEN",), accounts=("6300",)),
    opened=JOINED,
)
OWN_FUNDS = (
    GARDEN_GRANT,
    Fund(code="TNK", name="Rain tank", class_="unrestricted-designated", purpose="A rain tank"),
    Fund(code="COP", name="Farm", class_="co-op", purpose="The farm"),
)
OWN_PROGRAMMES = (
    Programme(code="GARDEN", name="Garden"),
    Programme(code="HOME", name="House"),
    Programme(code="PEER", name="Peer support", private=True),
)
BARE = NewIdentities(
    parties=[(0, "community"), (1, "system"), (ANA, "member"), (BEA, "member"), (CAI, "member")],
    units=[("min", "time", 0), ("EUR", "money", 2), ("NV", "value", 2)],
    funds=["TB", "GEN", "EMF", "BAR"],
    chart_lines=[
        ("T2000", "LIABILITY"),
        ("T3000", "EQUITY"),
        ("1000", "ASSET"),
        ("4110", "INCOME"),
        ("6100", "EXPENSE"),
    ],
    programmes=["GARDEN"],
    decisions=[(1, "A-01")],
)
_KEYS = count(1)


@dataclass(frozen=True)
class SmallCommunity:
    """The community in a database, and today's date there."""

    engine: Engine
    today: dt.date

    @classmethod
    def of(cls, engine: Engine) -> SmallCommunity:
        """The community that `create` wrote to a database."""
        with read_books(engine, SLUG) as books:
            return cls(engine, communities.today(books))

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days)

    def record(self, slug: str, by: int, key: Key | None = None, **answers: Any) -> RecordResult:
        """Record an entry or a claim of today, as a member does with a form."""
        behalf, corrects, lift = (answers.pop(name, None) for name in ("on_behalf_of", "corrects", "lift"))
        kind = fill(slug, **{"day": self.today, **answers})
        with write_books(self.engine, SLUG) as unit:
            return record(unit, kind, Actors(by, behalf), key or new_key(), corrects=corrects, lift=lift)

    def confirm(self, number: int | None, by: int, key: Key | None = None, behalf: int | None = None) -> RecordResult:
        assert number is not None
        with write_books(self.engine, SLUG) as unit:
            return confirm(unit, number, Actors(by, behalf), key or new_key())

    def entry(self, outcome: RecordResult) -> Entry:
        assert outcome.posted is not None
        with read_books(self.engine, SLUG) as books:
            return queries.entry(books, outcome.posted.entry_id)

    def set_policies(self, values: Mapping[str, object]) -> None:
        with write_books(self.engine, SLUG) as unit:
            policies.set_values(unit, values, entered_by=OPERATOR)

    def donate(self, fund: str, amount: int) -> None:
        """Record a donation to a fund, paid into the bank."""
        self.record("donation", BEA, amount=amount, fund=fund, into="1000")


def create(engine: Engine, slug: str = SLUG) -> None:
    """Create the community with its five people, offices, funds, programmes and a decision."""
    create_empty(engine, slug)
    assert add_members(engine, *NAMES, slug=slug) == list(NAMES.values())
    with write_books(engine, slug) as unit:
        today = communities.today(unit)
        changes = [FUNDS.change(fund) for fund in OWN_FUNDS]
        changes += [PROGRAMMES.change(programme) for programme in OWN_PROGRAMMES]
        changes += [GRANTS.change(Grant(document="grant-01", fund="GRN", deadline=today))]
        opens = NewIdentities(funds=[one.code for one in OWN_FUNDS], programmes=[one.code for one in OWN_PROGRAMMES])
        store.write(unit, changes, opens=opens, entered_by=OPERATOR)
        decision = Decision(id="A-01", date=today, body="assembly", text="As agreed", method="consent")
        decisions.add(unit, decision, entered_by=OPERATOR)
        for role, holder in (("organiser", ANA), ("treasurer", BEA), ("checker", CAI)):
            roles.give(unit, role, holder, today, entered_by=OPERATOR)
        roles.give(unit, "programme keeper", DEE, today, scope="GARDEN", entered_by=OPERATOR)


def create_empty(engine: Engine, slug: str = SLUG, timezone: str = "Europe/Athens", currency: str = "EUR") -> None:
    """Create a community as an operator does: its chart, first funds and policies, and nobody in it."""
    with write_transaction(engine) as connection:
        communities.create(connection, slug, slug.title(), currency, timezone)


def add_members(engine: Engine, *names: str, slug: str = SLUG) -> list[int]:
    """Add members; return their numbers."""
    with write_books(engine, slug) as unit:
        new = [NewMember(name=name, joined=JOINED, user=name.lower()) for name in names]
        return members.add(unit, new, entered_by=OPERATOR)


def create_bare(
    engine: Engine,
    slug: str = SLUG,
    *,
    uid: str = UID,
    number: int = 1,
    opens: NewIdentities = BARE,
    holds: Sequence[HoldRow] = (),
) -> None:
    """Create a community in one act: no settings, and only the people and accounts of `opens`."""
    with write_transaction(engine) as connection:
        set_community(connection, number)
        connection.execute(insert(models.community), {"community_id": number, "uid": uid, "slug": slug})
        if connection.dialect.name == "sqlite":
            head = {"community_id": number, "hash": hashing.genesis_hash(uid)}
            connection.execute(insert(models.chain_head), head)
        record_act(
            open_for_writing(connection, slug),
            entered_by=0,
            opens=opens,
            names=[NameRow(party, "name", name) for name, party in NAMES.items() if (party, "member") in opens.parties],
            rows=[RegisterRow("policy", "privacy.k_members", {"value": 5})],
            holds=holds,
        )


def time_account(party: int) -> AccountKey:
    return AccountKey("T2000", "min", "TB", party)


def hours_draft(
    gave: int = ANA, received: int = BEA, minutes: int = 90, day: dt.date = DAY, narration: str = "Weeding"
) -> EntryDraft:
    lines = (
        PostingDraft(time_account(received), minutes, "GARDEN"),
        PostingDraft(time_account(gave), -minutes, "GARDEN"),
    )
    return EntryDraft(kind="hours", family=EXCHANGE, effective_on=day, postings=lines, narration=narration)


def sale_draft(cents: int = 400, day: dt.date = DAY) -> EntryDraft:
    lines = (PostingDraft(BANK, cents), PostingDraft(SALES, -cents, quantity=Quantity(2500, "kg", "weighed")))
    return EntryDraft(kind="sale", family=OTHER, effective_on=day, postings=lines, narration="Tomatoes", note="market")


def new_key() -> Key:
    return Key(FORM, f"key-{next(_KEYS)}")


def post_draft(engine: Engine, draft: EntryDraft, key: Key | None = None, slug: str = SLUG) -> Posted:
    """Post one draft in a transaction of its own, entered by Ana."""
    with write_books(engine, slug) as unit:
        return post(unit, draft, Actors(ANA), key or new_key())


def close_without_balances(unit: WriteUnit, month: int = 202603) -> int:
    """Close a month by its act alone, as the first versions did."""
    return hashing.append_act(unit, "close", entered_by=ANA, facts={}, period_id=month)
