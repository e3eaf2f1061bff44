"""Which passwords are taken, and how they are kept."""

from __future__ import annotations

import pytest

from ledger.core.errors import FieldWrong
from web.identity import passwords

WORDS = ["Green Lane", "green-lane", "Ana María", "ana"]


@pytest.mark.parametrize(
    "password",
    ["tomato ladder sky", "83920174652", "x7!qPz2k", "ana likes three tomatoes", "ключ от дома", "p" * 10 + "q r s"],
)
def test_length_is_enough_and_no_signs_are_demanded(password: str) -> None:
    assert passwords.check_strength(password, WORDS) == password


def test_64_signs_and_more_are_taken_whole() -> None:
    long = "so many words that nobody counts them " * 5
    assert passwords.check_strength(long, WORDS) == long
    assert passwords.hash_password(long) != passwords.hash_password(long[:72])


@pytest.mark.parametrize("password", ["short 1", "x" * 257])
def test_too_short_and_endless_ones_are_refused(password: str) -> None:
    with pytest.raises(FieldWrong):
        passwords.check_strength(password, WORDS)


@pytest.mark.parametrize("password", ["password", "PASSWORD", "iloveyou", "12345678", "aaaaaaaa", "abababab"])
def test_common_ones_are_refused(password: str) -> None:
    with pytest.raises(FieldWrong):
        passwords.check_strength(password, WORDS)


@pytest.mark.parametrize(
    "password", ["Green Lane", "greenlane2026", "GreenLane!", "ana-maria1", "hourstead1", "ana.green.lane"]
)
def test_the_communitys_own_words_are_refused(password: str) -> None:
    with pytest.raises(FieldWrong):
        passwords.check_strength(password, WORDS)


def test_the_list_holds_thousands_of_common_passwords() -> None:
    assert len(passwords._common_passwords()) > 4_000


def test_passwords_are_kept_as_argon2id_with_a_salt() -> None:
    first, second = passwords.hash_password("tomato ladder sky"), passwords.hash_password("tomato ladder sky")
    assert first.startswith("$argon2id$")
    assert first != second


def test_composed_letters_fit_however_they_were_typed() -> None:
    assert passwords.normalize("caf\u00e9") == passwords.normalize("cafe\u0301")
