"""Languages and translations; the only module that uses Babel.

Two pseudo-languages, made at run time, show untranslatable strings: `en-XA` is accented and 40 % longer, `ar-XB` is the
same from right to left. A translation is a file `translations/<code>.po` beside this module, read at its first use.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property, lru_cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.core import get_global
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from web.i18n import pseudolocale

CATALOGUES = Path(__file__).parent / "translations"
SOURCE = "en"
PSEUDO = ("en-XA", "ar-XB")


@dataclass(frozen=True, kw_only=True)
class Numerals:
    """The number format of a language: decimal mark, thousands mark, and whether it groups by threes."""

    decimal: str
    group: str
    by_threes: bool


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language of pages; `name` is its name in itself."""

    code: str
    name: str
    direction: str
    locale: Locale
    catalogue: NullTranslations

    @cached_property
    def numerals(self) -> Numerals:
        """The number format of this language."""
        symbols = self.locale.number_symbols["latn"]
        grouping = self.locale.decimal_formats[None].grouping
        return Numerals(decimal=symbols["decimal"], group=symbols["group"], by_threes=grouping == (3, 3))

    def gettext(self, text: str, **values: object) -> str:
        """The translated message with its values; English if it is not translated."""
        message = self.look_up(text)
        return message % values if values else message

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """The plural form of a message for `count`, which is its value `%(count)s`."""
        return self.look_up_plural(singular, plural, count) % {"count": count, **values}

    def pattern(self, text: str) -> str:
        """A message that the program reads, such as a date pattern or a list of words; pseudo-languages keep it."""
        return self.catalogue.gettext(text)

    def look_up(self, text: str) -> str:
        """The translated message, without its values."""
        return self.catalogue.gettext(text)

    def look_up_plural(self, singular: str, plural: str, count: int) -> str:
        """The translated plural form, without its values."""
        return self.catalogue.ngettext(singular, plural, count)

    def date(self, day: dt.date, pattern: str) -> str:
        """A day in a CLDR pattern, which is itself a message to translate (`EEE d MMM`)."""
        return _format_date(self.locale, self.pattern(pattern), day)

    def listing(self, items: Sequence[str]) -> str:
        """A list of names with this language's commas and its word for *and*."""
        return format_list(items, locale=self.locale)

    def number(self, plain_number: str) -> str:
        """A decimal number (`12345.60`) in this language's format, with all its decimal places."""
        marks = self.numerals
        whole, _, decimals = plain_number.partition(".")
        if marks.by_threes:
            grouped = f"{int(whole):,}".replace(",", marks.group)
        else:
            grouped = format_decimal(int(whole), locale=self.locale)
        return f"{grouped}{marks.decimal}{decimals}" if decimals else grouped

    def month_names(self) -> dict[str, int]:
        """The names and abbreviations of months, in small letters without full stops, and their numbers."""
        return _collect_names(self.locale.months)

    def currencies(self) -> dict[str, str]:
        """The codes of the currencies in use today, and their names in this language."""
        return {code: str(self.locale.currencies.get(code, code)) for code in _current_currencies()}

    def weekday_names(self) -> dict[str, int]:
        """The names and abbreviations of weekdays, in small letters without full stops; Monday is 0."""
        return _collect_names(self.locale.days)


@dataclass(frozen=True, kw_only=True)
class PseudoLanguage(Language):
    """A pseudo-language, made from English for tests and translators."""

    def look_up(self, text: str) -> str:
        """The English message, accented and longer; mirrored in a right-to-left language."""
        return self._mirror_if_rtl(pseudolocale.lengthen(text))

    def look_up_plural(self, singular: str, plural: str, count: int) -> str:
        """The English plural form, accented and longer."""
        return self.look_up(singular if count == 1 else plural)

    def date(self, day: dt.date, pattern: str) -> str:
        """The English date, accented."""
        return self._mirror_if_rtl(pseudolocale.accent(super().date(day, pattern)))

    def currencies(self) -> dict[str, str]:
        """The English names, accented."""
        return {code: self._mirror_if_rtl(pseudolocale.accent(name)) for code, name in super().currencies().items()}

    def listing(self, items: Sequence[str]) -> str:
        """Names joined by commas, so that the list has no English word."""
        return ", ".join(items)

    def _mirror_if_rtl(self, text: str) -> str:
        return pseudolocale.mirror(text) if self.direction == "rtl" else text


def _collect_names(names: Mapping[str, Mapping[str, Mapping[int, str]]]) -> dict[str, int]:
    return {
        name.casefold().replace(".", ""): number
        for context in ("format", "stand-alone")
        for width in ("wide", "abbreviated")
        for number, name in names[context][width].items()
    }


@lru_cache
def _current_currencies() -> tuple[str, ...]:
    histories = get_global("territory_currencies").values()
    return tuple(
        sorted({code for history in histories for code, _since, until, is_tender in history if is_tender and not until})
    )


@lru_cache(maxsize=4096)
def _format_date(locale: Locale, pattern: str, day: dt.date) -> str:
    return format_date(day, pattern, locale)


@lru_cache
def language(code: str) -> Language:
    """The language with this code; English if it is not translated."""
    if code in PSEUDO:
        return _make_pseudo_language(code)
    path = CATALOGUES / f"{code}.po"
    if code == SOURCE or not path.is_file():
        return _make_language(SOURCE, NullTranslations())
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=Locale.parse(code, sep="-")))
    compiled.seek(0)
    return _make_language(code, GNUTranslations(compiled))


def _make_language(code: str, catalogue: NullTranslations) -> Language:
    locale = Locale.parse(code, sep="-")
    direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
    return Language(
        code=code, name=str(locale.get_display_name(locale)), direction=direction, locale=locale, catalogue=catalogue
    )


def _make_pseudo_language(code: str) -> Language:
    right_to_left = code.startswith("ar")
    name = "Right to left (pseudo)" if right_to_left else "Longer (pseudo)"
    direction = "rtl" if right_to_left else "ltr"
    locale = Locale.parse(SOURCE)
    return PseudoLanguage(code=code, name=name, direction=direction, locale=locale, catalogue=NullTranslations())


@lru_cache
def translated_languages() -> tuple[str, ...]:
    """The codes of all translated languages, English first."""
    return (SOURCE, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def best_match(wanted: Iterable[str], available: Sequence[str]) -> str | None:
    """The first wanted language that is available, if need be without its region; None if none is."""
    for code in wanted:
        for candidate in (code.replace("_", "-"), code.replace("_", "-").partition("-")[0]):
            if candidate in available:
                return candidate
    return None


_current: ContextVar[Language | None] = ContextVar("language", default=None)


def current_language() -> Language:
    """The language of the current page, report or command."""
    return _current.get() or language(SOURCE)


def set_language(language: Language) -> None:
    """Set the current language, until the next request."""
    _current.set(language)


@contextmanager
def language_scope(code: str) -> Iterator[Language]:
    """Set the current language for a block: a report, a command, a record in the books."""
    token = _current.set(language(code))
    try:
        yield current_language()
    finally:
        _current.reset(token)


def gettext(text: str, **values: object) -> str:
    """The message in the current language, with its values."""
    return current_language().gettext(text, **values)


def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
    """The counted message in the current language."""
    return current_language().ngettext(singular, plural, count, **values)
