"""The faces have the letters of our languages, and say so when they do not."""

from __future__ import annotations

import unicodedata

import pytest

from reports.render.typography import fonts
from reports.render.typography.errors import GlyphMissing
from reports.render.typography.fonts import OTHER, SANS, SERIF, STRONG, TITLE


@pytest.fixture(autouse=True)
def _loaded() -> None:
    fonts.register_fonts()


@pytest.mark.parametrize("face", [SANS, STRONG, SERIF, TITLE])
@pytest.mark.parametrize("text", ["Łódź, Győr, Škofja Loka", "Ελλάδα", "Україна", "Tiếng Việt", "½ ≈ − – → ↑ ↓ ✓ CO₂e"])
def test_the_faces_have_the_letters_of_many_languages(face: str, text: str) -> None:
    assert [run.face for run in fonts.text_runs(text, face, 12)] == [face]


@pytest.mark.parametrize(("face", "signs"), [(SANS, "−"), (STRONG, "−"), (SERIF, ""), (TITLE, "")])
def test_digits_are_of_one_width_and_so_is_the_minus_of_tables(face: str, signs: str) -> None:
    assert len({round(fonts.text_width(digit, face, 100), 3) for digit in "0123456789" + signs}) == 1


def test_another_script_comes_from_another_face_and_says_its_text() -> None:
    latin, devanagari = fonts.text_runs("Ana क्षेत्र", SANS, 12)
    assert (latin.face, devanagari.face) == (SANS, OTHER)
    assert devanagari.reads_otherwise
    assert not latin.reads_otherwise


def test_letters_that_could_be_tied_together_stay_apart() -> None:
    assert not any(run.reads_otherwise for run in fonts.text_runs("office, affluent", TITLE, 30))


def test_accents_written_apart_are_joined() -> None:
    assert fonts.clean(unicodedata.normalize("NFD", "Zoë")) == "Zoë"


def test_invisible_signs_and_line_breaks_do_not_reach_the_page() -> None:
    assert fonts.clean("\u202eA\u200bB\u00adC\tD\nE\ufeff") == "ABC D E"


def test_a_missing_letter_is_named() -> None:
    with pytest.raises(GlyphMissing, match=r"U\+0001") as refused:
        fonts.text_runs("a\x01b", SANS, 12)
    assert refused.value.slug == "glyph-missing"
