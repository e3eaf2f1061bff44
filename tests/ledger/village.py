"""A village with three people and a few accounts: the smallest books that the ledger's tests need."""

from __future__ import annotations

import datetime as dt
from itertools import count

from sqlalchemy import Engine, insert

from ledger.chain import hashing
from ledger.chain.record_acts import NameRow, NewIdentities, RegisterRow, record
from ledger.core.drafts import EXCHANGE, OTHER, AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.database.unit_of_work import WriteUnit, open_for_writing, set_community, write_books, write_transaction
from ledger.journal.idempotency import FORM, Actors, Key, Posted
from ledger.journal.posting import post
from ledger.models import chain_head, community

UID = "0192f0c4-7c1e-7b3a-9d52-3f6a1b2c4d5e"
ANA, BEA, CAI = 2, 3, 4
BANK, SALES, ENERGY = (
    AccountKey("1000", "EUR", "GEN"),
    AccountKey("4110", "EUR", "GEN"),
    AccountKey("6100", "EUR", "GEN"),
)
DAY = dt.date(2026, 3, 5)
KEYS = count(1)
OPENS = NewIdentities(
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


def found(engine: Engine, slug: str = "village", uid: str = UID, number: int = 1) -> str:
    """Make a community with its people, chart and funds; give its slug."""
    with write_transaction(engine) as connection:
        set_community(connection, number)
        connection.execute(insert(community), {"community_id": number, "uid": uid, "slug": slug})
        if connection.dialect.name == "sqlite":
            connection.execute(insert(chain_head), {"community_id": number, "hash": hashing.genesis_hash(uid)})
        unit = open_for_writing(connection, slug)
        names = [NameRow(ANA, "name", "Ana"), NameRow(BEA, "name", "Bea"), NameRow(CAI, "name", "Cai")]
        record(
            unit,
            entered_by=0,
            opens=OPENS,
            names=names,
            rows=[RegisterRow("policy", "privacy.k_members", {"value": 5})],
        )
    return slug


def time_of(party: int) -> AccountKey:
    return AccountKey("T2000", "min", "TB", party)


def hours(
    gave: int = ANA, received: int = BEA, minutes: int = 90, day: dt.date = DAY, narration: str = "Weeding"
) -> EntryDraft:
    lines = (PostingDraft(time_of(received), minutes, "GARDEN"), PostingDraft(time_of(gave), -minutes, "GARDEN"))
    return EntryDraft(kind="hours", family=EXCHANGE, effective_on=day, postings=lines, narration=narration)


def sale(cents: int = 400, day: dt.date = DAY) -> EntryDraft:
    lines = (PostingDraft(BANK, cents), PostingDraft(SALES, -cents, quantity=Quantity(2500, "kg", "weighed")))
    return EntryDraft(kind="sale", family=OTHER, effective_on=day, postings=lines, narration="Tomatoes", note="market")


def key(text: str | None = None) -> Key:
    return Key(FORM, text or f"key-{next(KEYS)}")


def put(engine: Engine, draft: EntryDraft, one: Key | None = None, slug: str = "village") -> Posted:
    """Post one draft in a transaction of its own, as member Ana."""
    with write_books(engine, slug) as unit:
        return post(unit, draft, Actors(ANA), one or key())


def close_month(unit: WriteUnit, month: int = 202603) -> int:
    return hashing.append_act(unit, "close", entered_by=ANA, facts={}, period_id=month)
