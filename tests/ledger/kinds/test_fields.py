"""A kind exists only with every answer it needs, each of its own form."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from ledger.core.amounts import LARGEST
from ledger.core.drafts import Quantity
from ledger.core.errors import FieldsWrong, UnknownAccount
from ledger.kinds import fill, fill_row, get_kind
from ledger.kinds.barter.legs import Leg
from ledger.kinds.fields import account_fits, fields_of, fund_fits
from ledger.kinds.general.journal_lines import FreeLine
from ledger.registers.codec import body_of, record_of
from ledger.registers.records import Account, Fund
from tests.ledger.kinds.willow import ANA, BEA, Pages

DAY = dt.date(2026, 3, 5)
HELP: dict[str, Any] = {"day": DAY, "helpers": (ANA,), "receiver": BEA, "minutes": 90}
BILL: dict[str, Any] = {
    "day": DAY,
    "what": "Power",
    "amount": 100,
    "fund": "GEN",
    "account": "6100",
    "paid_from": "1000",
}
LEG: dict[str, Any] = {"giver": ANA, "receiver": BEA, "what": "Jam"}


def wrong(slug: str, **answers: Any) -> dict[str, str]:
    """What a form would say, by field."""
    with pytest.raises(FieldsWrong) as refused:
        fill(slug, **answers)
    return {field: str(message) for field, message in refused.value.fields.items()}


def test_an_empty_form_says_everything_that_is_missing() -> None:
    assert wrong("hours") == {
        "helpers": "Choose who took part.",
        "receiver": "Choose who it was.",
        "minutes": "Say how long it took.",
        "day": "Choose the day.",
    }
    assert set(wrong("journal")) == {"what", "lines", "day"}


def test_a_question_that_no_field_asks_is_refused() -> None:
    assert wrong("hours", **HELP, rate=2) == {"rate": "There is no such question: rate."}


@pytest.mark.parametrize(
    ("slug", "answers", "field"),
    [
        ("hours", {**HELP, "helpers": (ANA, ANA)}, "helpers"),
        ("hours", {**HELP, "helpers": [ANA]}, "helpers"),
        ("hours", {**HELP, "helpers": (0,)}, "helpers"),
        ("hours", {**HELP, "receiver": "Bea"}, "receiver"),
        ("hours", {**HELP, "receiver": 0}, "receiver"),
        ("hours", {**HELP, "minutes": 0}, "minutes"),
        ("hours", {**HELP, "minutes": True}, "minutes"),
        ("hours", {**HELP, "minutes": 1441}, "minutes"),
        ("hours", {**HELP, "day": "2026-03-05"}, "day"),
        ("hours", {**HELP, "day": dt.datetime(2026, 3, 5)}, "day"),
        ("hours", {**HELP, "what": "a" * 201}, "what"),
        ("hours", {**HELP, "what": "bell\a"}, "what"),
        ("hours", {**HELP, "what": 7}, "what"),
        ("hours", {**HELP, "what": "  "}, "what"),
        ("hours", {**HELP, "note": 7}, "note"),
        ("cost", {**BILL, "amount": 0}, "amount"),
        ("cost", {**BILL, "amount": 1.5}, "amount"),
        ("cost", {**BILL, "amount": LARGEST + 1}, "amount"),
        ("cost", {**BILL, "quantity": Quantity(0, "kWh", "metered")}, "quantity"),
        ("cost", {**BILL, "quantity": Quantity(5, "kWh", "guessed")}, "quantity"),
        ("cost", {**BILL, "quantity": 5}, "quantity"),
        ("cost", {**BILL, "more": (1,)}, "more"),
        ("cost", {**BILL, "about": DAY}, "about"),
        ("dues-billed", {"day": DAY, "asked": 0, "each": 5, "fund": "GEN"}, "asked"),
        ("dues-paid", {"day": DAY, "amount": 5, "fund": "GEN", "into": "1000", "asked": "maybe"}, "asked"),
        ("barter", {"day": DAY, "legs": (Leg(**LEG, value=5), Leg(**LEG, value=6), Leg(**LEG))}, "legs"),
    ],
)
def test_an_answer_of_another_form_is_refused_at_its_field(slug: str, answers: dict[str, Any], field: str) -> None:
    assert set(wrong(slug, **answers)) == {field}


@pytest.mark.parametrize(
    ("slug", "answers", "field"),
    [
        ("sale", {"tax": 100}, "tax"),
        ("sale", {"customer": 11}, "customer"),
        ("group-session", {"mode": "community"}, "programme"),
        ("group-session", {"mode": "shared"}, "guests"),
        ("group-session", {"mode": "each-pays", "leaders": (2, 3), "guests": (4,)}, "mode"),
        ("fund-transfer", {"from_fund": "GEN", "to_fund": "GEN"}, "to_fund"),
        ("emergency-contribution", {"from_fund": "EMF"}, "from_fund"),
    ],
)
def test_answers_that_do_not_go_together_are_refused(slug: str, answers: dict[str, Any], field: str) -> None:
    whole: dict[str, dict[str, Any]] = {
        "sale": {"what": "Kale", "amount": 100, "fund": "COP", "account": "4110", "into": "1000"},
        "group-session": {"what": "Books", "leaders": (ANA,), "minutes": 60},
        "fund-transfer": {"amount": 5, "from_place": "1000", "to_place": "1000", "decision": "A-01"},
        "emergency-contribution": {"amount": 5, "from_place": "1000", "to_place": "1010", "decision": "A-01"},
    }
    assert set(wrong(slug, day=DAY, **{**whole[slug], **answers})) == {field}


@pytest.mark.parametrize("sides", [{}, {"debit": 5, "credit": 5}])
def test_a_free_line_has_one_amount_on_one_side(sides: dict[str, int]) -> None:
    with pytest.raises(FieldsWrong):
        fill_row(FreeLine, account="1000", fund="GEN", **sides)


def test_a_thing_passes_from_one_to_another() -> None:
    with pytest.raises(FieldsWrong):
        fill_row(Leg, **{**LEG, "receiver": ANA})


def test_a_free_line_is_on_an_account_that_there_is() -> None:
    with pytest.raises(UnknownAccount):
        fill_row(FreeLine, account="9999", fund="GEN", debit=5).posting(Pages())


def test_words_are_kept_in_one_form() -> None:
    kind: Any = fill("hours", **HELP, what="  Cafe\u0301   au lait ", note=" two\nlines  ")
    assert (kind.what, kind.note) == ("Caf\u00e9 au lait", "two\nlines")


def test_an_open_answer_is_none_however_it_was_sent() -> None:
    kind: Any = fill("cost", **BILL, document="", programme=None, more=None)
    assert (kind.document, kind.programme, kind.more) == (None, None, ())
    assert fill("hours", **HELP, note=" ").note is None


def test_a_kind_survives_being_kept_as_json() -> None:
    kind = fill("cost", **BILL, quantity=Quantity(5000, "kWh", "metered"), about=dt.date(2026, 2, 1))
    assert record_of(get_kind("cost"), body_of(kind)) == kind


def account(code: str) -> Account:
    found = Pages().find_account(code)
    assert found
    return found


def fund(code: str) -> Fund:
    found = Pages().find_fund(code)
    assert found
    return found


def test_accounts_and_funds_are_narrowed_by_what_is_asked() -> None:
    sale = {spec.name: spec for spec in fields_of(get_kind("sale"))}
    shown = {
        name: [code for code in ("1000", "1100", "4110") if account_fits(sale[name], account(code))] for name in sale
    }
    assert shown["into"] == ["1000", "1100"]
    assert shown["account"] == ["4110"]
    assert [code for code in ("GEN", "COP", "TB") if fund_fits(sale["fund"], fund(code))] == ["GEN", "COP"]
