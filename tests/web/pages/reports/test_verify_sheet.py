"""A member holds a printed sheet against the books."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.willow import SignIn

CHECK = "/c/willow/check"


@pytest.fixture
def bea(sign_in: SignIn) -> FlaskClient:
    return sign_in("bea")


def head_of(member: FlaskClient) -> tuple[int, str]:
    community = member.get("/api/v1/communities/willow").get_json()
    return community["head"]["seq"], community["head"]["hash"]


def test_a_member_checks_the_mark_on_a_sheet(bea: FlaskClient) -> None:
    number, mark = head_of(bea)
    for kept in (mark, f"{mark[:4]} {mark[4:8].upper()}"):
        assert "It holds." in bea.get(CHECK, query_string={"number": number, "mark": kept}).get_data(as_text=True)


def test_a_mark_that_differs_says_what_to_do(bea: FlaskClient) -> None:
    number, mark = head_of(bea)
    changed = bea.get(CHECK, query_string={"number": number - 1, "mark": mark}).get_data(as_text=True)
    assert "It does not hold." in changed
    assert "keep the sheet" in changed
    cut = bea.get(CHECK, query_string={"number": number + 1, "mark": mark}).get_data(as_text=True)
    assert f"The books end at number {number}" in cut


@pytest.mark.parametrize(
    "asked", ["number=&mark=", "number=1&mark=abc", "number=no&mark=00000000", "number=0&mark=" + "0" * 8]
)
def test_what_cannot_be_a_mark_comes_back_as_written(bea: FlaskClient, asked: str) -> None:
    answer = bea.get(f"{CHECK}?{asked}")
    assert answer.status_code == 422
    assert "There is a problem" in answer.get_data(as_text=True)
