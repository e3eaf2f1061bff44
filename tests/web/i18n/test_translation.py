"""Languages: a catalogue is a file, the pseudo-languages are made from English, and nothing is lost on the way."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.i18n import translation

POLISH = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);\\n"

msgid "Home"
msgstr "Dom"

msgid "%(count)s hour"
msgid_plural "%(count)s hours"
msgstr[0] "%(count)s godzina"
msgstr[1] "%(count)s godziny"
msgstr[2] "%(count)s godzin"
"""


@pytest.fixture
def polish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[translation.Language]:
    (tmp_path / "pl.po").write_text(POLISH, encoding="utf-8")
    monkeypatch.setattr(translation, "CATALOGUES", tmp_path)
    translation.language.cache_clear()
    translation.translated_languages.cache_clear()
    yield translation.language("pl")
    translation.language.cache_clear()
    translation.translated_languages.cache_clear()


def test_one_file_brings_one_language(polish: translation.Language) -> None:
    assert translation.translated_languages() == ("en", "pl")
    assert (polish.name, polish.direction, polish.gettext("Home")) == ("polski", "ltr", "Dom")


def test_what_nobody_translated_stays_english(polish: translation.Language) -> None:
    assert polish.gettext("Board") == "Board"


def test_each_count_has_its_own_form(polish: translation.Language) -> None:
    said = [polish.ngettext("%(count)s hour", "%(count)s hours", count) for count in (1, 2, 5)]
    assert said == ["1 godzina", "2 godziny", "5 godzin"]


def test_an_unknown_language_is_english() -> None:
    assert translation.language("tlh").code == "en"


@pytest.mark.parametrize(("code", "direction"), [("en-XA", "ltr"), ("ar-XB", "rtl")])
def test_pseudo_languages_have_a_direction_of_their_own(code: str, direction: str) -> None:
    assert (translation.language(code).code, translation.language(code).direction) == (code, direction)


def test_pseudo_language_is_longer_and_keeps_placeholders() -> None:
    said = translation.language("en-XA").look_up("You gave %(amount)s to <b>%(name)s</b> &amp; more")
    kept = re.findall(r"%\(\w+\)s|</?b>|&amp;", said)
    assert kept == ["%(amount)s", "<b>", "%(name)s", "</b>", "&amp;"]
    assert len(said) >= len("You gave  to   more") * 1.4


@given(st.text(st.characters(codec="ascii", exclude_characters="%<>&"), min_size=1))
def test_pseudo_words_hold_no_plain_letter(text: str) -> None:
    for code in translation.PSEUDO:
        assert not re.search("[A-Za-z]", translation.language(code).gettext(text))


def test_dates_of_the_pseudo_language_are_accented_but_counts_are_not_longer() -> None:
    said = translation.language("en-XA").date(datetime.date(2026, 5, 4), "EEE d MMM y")
    assert said == "Ṁöñ 4 Ṁåý 2026"


def test_lists_of_words_for_machines_are_never_dressed_up() -> None:
    assert translation.language("en-XA").pattern("today") == "today"


def test_a_block_speaks_its_language_and_then_stops() -> None:
    with translation.language_scope("en-XA") as language:
        assert translation.current_language() == language
    assert translation.current_language().code == "en"


@pytest.mark.parametrize(
    ("wanted", "found"),
    [(["de", "pl"], "pl"), (["pl-PL", "en"], "pl"), (["EN"], None), (["fr"], None), (["", "en-GB"], "en")],
)
def test_the_first_language_wanted_that_is_there_is_taken(wanted: list[str], found: str | None) -> None:
    assert translation.best_match(wanted, ("en", "pl")) == found
