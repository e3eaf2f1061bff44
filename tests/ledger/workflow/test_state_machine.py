"""The course of a claim and of a trade: every move that there is, and no other."""

from __future__ import annotations

from itertools import product

import pytest

from ledger.workflow.claims import COURSES
from ledger.workflow.state_machine import AlreadySettled, Course

EVERY = list(COURSES.values())
MOVES = ("begin", "agree", "finish", "decline", "withdraw", "expire")


@pytest.mark.parametrize("course", EVERY, ids=list(COURSES))
def test_a_course_begins_waits_and_comes_to_an_end(course: Course) -> None:
    first = course.after(None, course.begin)
    assert course.open_states == {first}
    assert course.after(first, course.agree) == first
    ending = (course.finish, course.decline, course.withdraw, course.expire)
    ends = {course.after(first, move) for move in ending}
    assert len(ends) == 4
    assert first not in ends
    assert [course.end_of_holds(move) for move in ending] == ["settled", "voided", "voided", "expired"]
    assert course.end_of_holds(course.agree) is None


@pytest.mark.parametrize("course", EVERY, ids=list(COURSES))
def test_nothing_moves_what_is_settled(course: Course) -> None:
    ends = set(course.moves.values()) - course.open_states
    for state, move in product(ends, MOVES):
        with pytest.raises(AlreadySettled):
            course.after(state, getattr(course, move))


@pytest.mark.parametrize("course", EVERY, ids=list(COURSES))
def test_every_state_is_reached_and_named_once(course: Course) -> None:
    assert {state for state, _ in course.moves if state} <= set(course.moves.values())
    assert {move for _, move in course.moves} == {getattr(course, move) for move in MOVES}
