"""Records and their bodies: what is written is read again; what is not understood is refused by name."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.core.errors import UnknownMember
from ledger.registers.codec import RecordWrong, body_of, record_of
from ledger.registers.plan_records import BudgetLine, Emergency, TopUp
from ledger.registers.records import Fund, Member, Policy, Reading, Restriction, RoleTerm

DAY = dt.date(2026, 3, 31)
READING = Reading(meter="water", date=DAY, month="2026-03", quantity=Fraction(13, 8), unit="m3", method="metered")


def test_days_and_fractions_are_text_in_a_body() -> None:
    body = body_of(READING)
    assert (body["date"], body["quantity"]) == ("2026-03-31", "13/8")
    assert record_of(Reading, body) == READING


def test_records_within_records_come_back() -> None:
    plan = Emergency(fund="EMF", top_ups_planned=(TopUp(date=DAY, amount=200),), plan_checked=(DAY,))
    fund = Fund(code="GRN", name="Grant", class_="restricted", restriction=Restriction(by="Meadow", programmes=("G",)))
    assert record_of(Emergency, body_of(plan)) == plan
    assert record_of(Fund, body_of(fund)) == fund
    assert body_of(fund)["class"] == "restricted"


def test_names_are_no_part_of_a_members_body() -> None:
    member = Member(party_id=7, joined=DAY, name="Ana", user="ana")
    assert body_of(member) == {"party_id": 7, "joined": "2026-03-31", "left": None, "household": None}


def test_people_are_named_in_a_file_and_numbered_in_the_books() -> None:
    said = {
        "role": "checker",
        "scope": None,
        "holder": "dee",
        "from": "2026-01-01",
        "to": "2026-12-31",
        "trainee": None,
    }
    term = record_of(RoleTerm, said, {"dee": 5}.__getitem__)
    assert (term.holder, term.trainee) == (5, None)


def test_a_person_who_is_no_text_is_refused() -> None:
    said = {"role": "checker", "scope": None, "holder": 5, "from": "2026-01-01", "to": "2026-12-31"}
    with pytest.raises(RecordWrong, match=r"roles\[1\].holder: a person’s name"):
        record_of(RoleTerm, said, lambda name: 1, "roles[1]")


def test_a_name_that_nobody_has_is_refused_by_whoever_looks_it_up() -> None:
    def nobody(name: str) -> int:
        raise UnknownMember(name)

    said = {"role": "checker", "scope": None, "holder": "dee", "from": "2026-01-01", "to": "2026-12-31"}
    with pytest.raises(UnknownMember):
        record_of(RoleTerm, said, nobody)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "a field too many": ({"colour": "red"}, "colour: this field is not known"),
    "a day of another form": ({"date": "31.3.2026"}, "date: a day is written"),
    "a day that does not exist": ({"date": "2026-02-30"}, "date: a day is written"),
    "a day that is a number": ({"date": 20260331}, "date: a day is written"),
    "a number as a day": ({"quantity": "much"}, "quantity: a number is expected"),
    "true as a number": ({"quantity": True}, "quantity: a number is expected"),
    "a number as text": ({"unit": 3}, "unit: a text is expected"),
    "signs that cannot be shown": ({"unit": "k\x00g"}, "unit: The text holds signs"),
}


@pytest.mark.parametrize(("change", "reason"), WRONG.values(), ids=WRONG.keys())
def test_what_is_not_understood_is_refused_by_field(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(RecordWrong, match=reason):
        record_of(Reading, body_of(READING) | change)


def test_a_missing_field_is_named() -> None:
    with pytest.raises(RecordWrong, match=r"readings\[3\].date: this field is missing"):
        record_of(
            Reading, {key: value for key, value in body_of(READING).items() if key != "date"}, where="readings[3]"
        )


@pytest.mark.parametrize("body", [None, [], 3, "text"])
def test_what_is_no_record_is_refused(body: object) -> None:
    with pytest.raises(RecordWrong, match="a record in braces"):
        record_of(Reading, body)


@pytest.mark.parametrize("months", ["twelve", [1, 2.5], [True], [10**16]])
def test_amounts_are_whole_numbers_in_a_list(months: object) -> None:
    with pytest.raises(RecordWrong, match="months"):
        record_of(BudgetLine, {"fund": "GEN", "account": "6100", "unit": "EUR", "months": months})


def test_a_switch_is_true_or_false() -> None:
    with pytest.raises(RecordWrong, match="essential: true or false"):
        record_of(Fund, {"code": "A", "name": "A", "class": "restricted", "essential": 1})


@pytest.mark.parametrize("written", [640, "640.0", Decimal("640.00"), "1280/2"])
def test_a_quantity_is_the_same_however_it_is_written(written: object) -> None:
    assert record_of(Reading, body_of(READING) | {"quantity": written}).quantity == 640


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text("abcäöü /", max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", max_size=3), inner, max_size=3),
)


@given(PLAIN)
def test_any_plain_value_of_a_policy_comes_back(value: object) -> None:
    assert record_of(Policy, body_of(Policy(value=value))) == Policy(value=value)


@pytest.mark.parametrize("value", [1.5, Decimal("1.5"), [Decimal(1)], {"a": 10**16}])
def test_a_policy_with_a_broken_number_is_refused(value: object) -> None:
    with pytest.raises(RecordWrong, match="whole number"):
        record_of(Policy, {"value": value})
