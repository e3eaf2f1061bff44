"""Texts from outside come in one form, and only what a page can show."""

from __future__ import annotations

import pytest

from ledger.core.text import MAX_LENGTH, TextUnfit, normalize_name, normalize_text


def test_a_text_is_stored_in_composed_form() -> None:
    assert normalize_text("cafe\u0301\r\n\tand\rtea") == "café\n\tand\ntea"


def test_a_name_is_one_line_with_single_blanks() -> None:
    assert normalize_name("  Ana \n Maria ") == "Ana Maria"
    assert normalize_name("\ufeffAna\u200b") == "Ana"


@pytest.mark.parametrize(
    "text", ["a\x00b", "bell\x07", "del\x7f", "\x9f", "\ud800", "x" * (MAX_LENGTH + 1), "a\u202eb", "\u2066a"]
)
def test_a_text_that_no_page_could_show_is_refused(text: str) -> None:
    with pytest.raises(TextUnfit):
        normalize_text(text)


def test_an_empty_name_is_refused() -> None:
    with pytest.raises(TextUnfit, match="empty"):
        normalize_name(" \n ")
