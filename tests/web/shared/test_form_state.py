"""A refused form comes back exactly as it was filled in, with its key."""

from __future__ import annotations

import pytest
from werkzeug.datastructures import MultiDict

from ledger.core.errors import BooksBusy, CommitFailed, CommitUnknown, FieldsWrong, FieldWrong, LedgerError, NotAllowed
from ledger.core.messages import make_message
from web.shared.form_state import Form, form_values, new_key, refused_form

SENT: MultiDict[str, str] = MultiDict(
    [
        ("csrf_token", "x"),
        ("key", "k-1"),
        ("day", "2026-05-04"),
        ("day_own", "31 May"),
        ("who", "3"),
        ("who", "4"),
        ("why", " "),
    ]
)


def test_a_fresh_form_has_a_key_of_its_own() -> None:
    assert Form.fresh().key != Form.fresh().key
    assert len(new_key()) == 36


def test_suggested_answers_stand_in_a_fresh_form() -> None:
    form = Form.fresh(day="2026-05-04", who=["3", "4"])
    assert (form.value("day"), form.holds("who", "4"), form.value("why"), form.error("day")) == (
        "2026-05-04",
        True,
        "",
        "",
    )


def test_a_refused_form_keeps_every_answer_and_its_key() -> None:
    form = Form.filled(SENT, {"day": ["Write the day."]})
    assert (form.value("day_own"), form.values["who"], form.key) == ("31 May", ("3", "4"), "k-1")
    assert "csrf_token" not in form.values


def test_a_form_without_a_key_gets_one() -> None:
    assert Form.filled(MultiDict()).key


def test_every_kind_of_error_becomes_one_sentence_a_field() -> None:
    wrong = {
        "day": ["Write the day.", "Write the day."],
        "rows": {0: {"who": ["Choose a person."]}},
        "_schema": [make_message("No.")],
    }
    assert Form.filled(SENT, wrong).errors == {"day": "Write the day.", "rows": "Choose a person.", "form": "No."}


def test_what_is_wrong_stands_in_the_order_of_the_page() -> None:
    sent = MultiDict([("name", ""), ("currency", ""), ("day_own", "x"), ("zone", "")])
    wrong = {"zone": ["Zone?"], "day": ["Day?"], "paper": ["Paper?"], "currency": ["Money?"], "name": ["Name?"]}
    assert list(Form.filled(sent, wrong).errors) == ["name", "currency", "day", "paper", "zone"]


def test_a_refusal_of_the_books_stands_at_its_field() -> None:
    refusals = [FieldWrong("day", "Too late."), NotAllowed("Not yours."), FieldsWrong({"who": make_message("Who?")})]
    assert [Form.filled(SENT, each).errors for each in refusals] == [
        {"day": "Too late."},
        {"form": "Not yours."},
        {"who": "Who?"},
    ]


def test_own_words_stand_for_the_list_beside_them() -> None:
    assert form_values(SENT) == {"day": "31 May", "who": ["3", "4"]}


def test_an_empty_line_for_own_words_leaves_the_choice() -> None:
    assert form_values(MultiDict({"day": "2026-05-04", "day_own": " "})) == {"day": "2026-05-04"}


@pytest.mark.parametrize("fault", [BooksBusy("Wait."), CommitFailed("Not saved."), CommitUnknown("Not sure.")])
def test_a_server_fault_is_left_to_the_error_page(fault: LedgerError) -> None:
    with pytest.raises(type(fault)):
        refused_form(fault)
