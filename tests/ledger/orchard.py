"""An orchard with people, offices and funds of every class: what recording is tried on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from sqlalchemy import Engine

from ledger.chain.record_acts import NewIdentities
from ledger.database.unit_of_work import WriteUnit, read_books, write_books
from ledger.journal import queries
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.queries import Entry
from ledger.kinds import fill
from ledger.registers import communities, decisions, policies, roles, store
from ledger.registers.communities import OPERATOR
from ledger.registers.plan_records import Grant
from ledger.registers.records import Decision, Fund, Programme, Restriction
from ledger.registers.registry import FUNDS, GRANTS, PROGRAMMES
from ledger.workflow.record import RecordResult, confirm, record
from tests.ledger import hamlet

SLUG = "orchard"
ANA, BEA, CAI, DEE, ELI = range(2, 7)
"""Ana is organiser, Bea treasurer, Cai checker; Dee keeps the garden; Eli is a member."""
FUNDS_THERE = (
    Fund(
        code="GRN",
        name="Garden grant",
        class_="restricted",
        purpose="The open garden",
        restriction=Restriction(by="Meadow Trust", programmes=("GARDEN",), accounts=("6300",)),
        opened=dt.date(2025, 1, 1),
    ),
    Fund(code="TNK", name="Rain tank", class_="unrestricted-designated", purpose="A rain tank"),
    Fund(code="COP", name="Farm", class_="co-op", purpose="The farm"),
)
PROGRAMMES_THERE = (
    Programme(code="GARDEN", name="Garden"),
    Programme(code="HOME", name="House"),
    Programme(code="PEER", name="Peer support", private=True),
)
KEYS = count(1)


@dataclass(frozen=True)
class Orchard:
    """The community in a database, and today there."""

    engine: Engine
    today: dt.date

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days)

    def record(self, slug: str, by: int, key: Key | None = None, **answers: Any) -> RecordResult:
        """Write something down, dated today, as a member does by a form."""
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

    def choose(self, chosen: Mapping[str, object]) -> None:
        """Choose values of policies."""
        with write_books(self.engine, SLUG) as unit:
            policies.set_values(unit, chosen, entered_by=OPERATOR)

    def give(self, fund: str, amount: int) -> None:
        """Put money into a fund."""
        self.record("donation", BEA, amount=amount, fund=fund, into="1000")


def new_key() -> Key:
    return Key(FORM, f"orchard-{next(KEYS)}")


def plant(engine: Engine) -> None:
    """Found the orchard."""
    hamlet.found(engine, SLUG)
    assert hamlet.people(engine, "Ana", "Bea", "Cai", "Dee", "Eli", slug=SLUG) == [ANA, BEA, CAI, DEE, ELI]
    with write_books(engine, SLUG) as unit:
        _furnish(unit)


def planted(engine: Engine) -> Orchard:
    """Go to the orchard that was founded in a database."""
    with read_books(engine, SLUG) as books:
        return Orchard(engine, communities.today(books))


def _furnish(unit: WriteUnit) -> None:
    today = communities.today(unit)
    changes = [FUNDS.change(fund) for fund in FUNDS_THERE]
    changes += [PROGRAMMES.change(programme) for programme in PROGRAMMES_THERE]
    changes += [GRANTS.change(Grant(document="grant-01", fund="GRN", deadline=today))]
    opens = NewIdentities(funds=[one.code for one in FUNDS_THERE], programmes=[one.code for one in PROGRAMMES_THERE])
    store.write(unit, changes, opens=opens, entered_by=OPERATOR)
    made = Decision(id="A-01", date=today, body="assembly", text="As agreed", method="consent")
    decisions.add(unit, made, entered_by=OPERATOR)
    for role, holder, scope in (
        ("organiser", ANA, None),
        ("treasurer", BEA, None),
        ("checker", CAI, None),
        ("programme keeper", DEE, "GARDEN"),
    ):
        roles.give(unit, role, holder, today, scope=scope, entered_by=OPERATOR)
