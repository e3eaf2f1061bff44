"""Words in lines: broken at spaces, whole, and never alone where that can be helped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reports.render.typography import fonts
from reports.render.typography.line_breaking import Line, break_lines, plain_text, text_width, widest_word
from reports.render.typography.style import STANDARD
from reports.story.elements import Strong

BODY = STANDARD.body


def said(rows: tuple[Line, ...]) -> list[str]:
    return ["".join(run.text for run in row) for row in rows]


@given(st.lists(st.text("abcdefgh., ", max_size=30), max_size=30).map(" ".join), st.floats(40, 500))
def test_lines_hold_all_the_words_in_order_and_none_is_too_wide(text: str, wide: float) -> None:
    rows = break_lines(text, BODY, wide)
    assert "".join(said(rows)).replace(" ", "") == text.replace(" ", "")
    assert all(sum(run.width for run in row) <= wide + 0.5 for row in rows)


def test_a_word_wider_than_the_line_is_cut_and_not_lost() -> None:
    rows = said(break_lines("Donaudampfschifffahrtsgesellschaft", BODY, 60))
    assert len(rows) > 1
    assert "".join(rows) == "Donaudampfschifffahrtsgesellschaft"


def test_a_short_word_does_not_stand_alone_on_the_last_line() -> None:
    text = "one two three four five six"
    wide = text_width("one two three four five", BODY) + 1
    assert said(break_lines(text, BODY, wide)) == ["one two three four", "five six"]


def test_a_long_word_may_stand_alone_on_the_last_line() -> None:
    text = "one two three four incomprehensibilities"
    assert said(break_lines(text, BODY, text_width("one two three four", BODY) + 40))[-1] == "incomprehensibilities"


def test_a_sentence_does_not_end_with_the_first_word_of_a_line() -> None:
    text = "Our least is three and our aim is 6. The fund refills itself by itself over the year."
    rows = said(break_lines(text, BODY, text_width("Our least is three and our aim is", BODY) + 1))
    assert rows[1].startswith("is 6.")


def test_a_space_that_must_not_break_does_not_break() -> None:
    assert said(break_lines("seven\u00a0hours", BODY, 50)) != ["seven", "hours"]


def test_words_that_stand_out_join_what_follows_without_a_space() -> None:
    rows = break_lines(("It costs ", Strong("300.00"), "."), BODY, 400)
    assert said(rows) == ["It costs 300.00."]
    assert [run.face for run in rows[0]] == [fonts.SANS, fonts.STRONG, fonts.SANS]


def test_plain_text_is_all_the_words_of_a_text() -> None:
    assert plain_text(("It costs ", Strong("300.00"), ".")) == "It costs 300.00."


def test_no_words_make_no_line() -> None:
    assert break_lines("", BODY, 100) == ()
    assert widest_word("", BODY) == 0.0
