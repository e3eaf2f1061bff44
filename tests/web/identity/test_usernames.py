"""User names and addresses."""

from __future__ import annotations

import pytest

from ledger.core.errors import FieldWrong
from web.identity import usernames


@pytest.mark.parametrize("name", ["ana", "Al", "Añá", "ana-maria", "ana.m_2", "9lives", "عنا", "x" * 64])
def test_short_and_foreign_names_can_be_user_names(name: str) -> None:
    assert usernames.check_user_name(f" {name} ") == name


@pytest.mark.parametrize("name", ["", "a", "x" * 65, "a b", "ana@home", "-ana", "<b>", "ana\n", "admin", "Hourstead"])
def test_what_cannot_be_a_user_name_is_refused_at_its_field(name: str) -> None:
    with pytest.raises(FieldWrong) as refusal:
        usernames.check_user_name(name + ("" if name != "ana\n" else "x\n"))
    assert refusal.value.field == "user_name"


def test_case_width_and_spaces_around_make_no_difference() -> None:
    assert {usernames.comparison_key(text) for text in ("ana", " ANA ", "Ａna")} == {"ana"}


def test_a_taken_name_is_refused_in_the_same_words_as_a_reserved_one() -> None:
    with pytest.raises(FieldWrong) as refusal:
        usernames.check_user_name("root")
    assert str(refusal.value.message) == usernames.NOT_AVAILABLE


def test_an_address_may_be_left_out_but_not_half_written() -> None:
    assert usernames.check_email("  ") is None
    assert usernames.check_email(" Ana@Example.org ") == "Ana@Example.org"
    for half in ("ana", "ana@", "ana@home", "a na@example.org", "x" * 250 + "@example.org"):
        with pytest.raises(FieldWrong):
            usernames.check_email(half)


def test_the_first_name_is_suggested_where_it_fits() -> None:
    assert [usernames.suggest_user_name(person) for person in ("Ana María", "O", "", "Jean-Luc")] == [
        "ana",
        "",
        "",
        "jean",
    ]
