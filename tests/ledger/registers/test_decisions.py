"""Decisions: a code that entries rest on, and what is known of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from sqlalchemy import Engine

from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import decisions
from ledger.registers.communities import OPERATOR
from ledger.registers.records import Decision
from tests.communities import small_community
from tests.communities.small_community import SLUG

A_01 = Decision(id="A-01", date=dt.date(2026, 1, 10), body="assembly", text="Budget 2026", method="consent")


def test_a_decision_is_opened_once_and_may_become_better_known(engine: Engine) -> None:
    small_community.create_empty(engine)
    with write_books(engine, SLUG) as unit:
        assert decisions.add(unit, A_01, entered_by=OPERATOR)
        assert decisions.add(unit, A_01, entered_by=OPERATOR) is None
        reviewed = replace(A_01, reviewed=dt.date(2026, 7, 11))
        assert decisions.add(unit, reviewed, entered_by=OPERATOR)
        assert decisions.add(unit, replace(A_01, id="A-02"), entered_by=OPERATOR)
    with read_books(engine, SLUG) as unit:
        assert decisions.codes(unit) == {"A-01": 1, "A-02": 2}
        assert decisions.get_all(unit)["A-01"] == reviewed
