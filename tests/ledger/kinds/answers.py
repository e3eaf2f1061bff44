"""Answers that any form could be sent with, drawn from the fields of a kind."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from hypothesis import strategies as st

from ledger.core.drafts import METHODS, Quantity
from ledger.core.errors import FieldsWrong
from ledger.kinds import fill_row
from ledger.kinds.base import Row
from ledger.kinds.fields import FieldSpec, account_fits, fields_of, fund_fits
from ledger.registers.codec import record_of
from ledger.registers.records import Account, Fund
from tests.ledger.kinds.willow import ANA, BEA, CAI, DEE, ELI, Record, registers

PEOPLE = (ANA, BEA, CAI, DEE, ELI)
PLAIN = {
    "member": st.sampled_from(PEOPLE),
    "members": st.lists(st.sampled_from(PEOPLE), min_size=1, unique=True).map(tuple),
    "duration": st.integers(1, 1440),
    "amount": st.integers(1, 10**9),
    "count": st.integers(1, 500),
    "date": st.dates(dt.date(2026, 1, 1), dt.date(2026, 12, 31)),
    "note": st.text("abc é%", min_size=1, max_size=30),
    "text": st.sampled_from(["Tomatoes", "100 % wool", "Ein Stück Käse"]),
    "programme": st.sampled_from(["GARDEN", "PEER", "FARM"]),
    "decision": st.sampled_from(["A-01", "A-04"]),
    "quantity": st.builds(Quantity, st.integers(1, 10**9), st.just("kg"), st.sampled_from(METHODS)),
}


@cache
def listed(record: type[Record], register: str) -> list[Record]:
    return [record_of(record, one) for one in registers()[register]]


def answer(spec: FieldSpec) -> st.SearchStrategy[Any]:
    """An answer to one question, or none where it may stay open."""
    given: st.SearchStrategy[Any]
    if spec.type == "rows":
        row: Any = spec.row
        given = st.lists(filled(row).map(lambda answers: fill_row(row, **answers)), min_size=1, max_size=3).map(tuple)
    elif spec.type == "choice":
        given = st.sampled_from([choice.value for choice in spec.choices])
    elif spec.type == "fund":
        given = st.sampled_from([fund.code for fund in listed(Fund, "funds") if fund_fits(spec, fund)])
    elif spec.type == "account":
        given = st.sampled_from([one.code for one in listed(Account, "accounts") if account_fits(spec, one)])
    else:
        given = PLAIN[spec.type]
    return given if spec.required else st.none() | given


@cache
def filled(wanted: type) -> st.SearchStrategy[dict[str, Any]]:
    """Answers to all the questions of a kind, or those of a row that go together."""
    drawn = st.fixed_dictionaries({spec.name: answer(spec) for spec in fields_of(wanted)})
    return drawn.filter(lambda answers: goes_together(wanted, answers)) if issubclass(wanted, Row) else drawn


def goes_together(row: type[Row], answers: dict[str, Any]) -> bool:
    try:
        return bool(fill_row(row, **answers))
    except FieldsWrong:
        return False
