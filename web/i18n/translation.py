"""Languages: every word a person reads passes through here, and Babel is known to no other module.

Two pseudo-languages, made at run time, find what was forgotten: `en-XA` is 40 % longer and accented, `ar-XB` is the
same from right to left. A translation is one file, `web/translations/<code>.po`, read when first asked for.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
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
    """How a language writes numbers: its decimal mark, its thousands mark, and whether it groups by threes."""

    decimal: str
    group: str
    by_threes: bool


@dataclass(frozen=True, kw_only=True)
class Language:
    """One language that pages can be read in; `name` is what its speakers call it."""

    code: str
    name: str
    direction: str
    locale: Locale
    catalogue: NullTranslations

    @cached_property
    def numerals(self) -> Numerals:
        """The marks this language puts into numbers."""
        symbols = self.locale.number_symbols["latn"]
        grouping = self.locale.decimal_formats[None].grouping
        return Numerals(decimal=symbols["decimal"], group=symbols["group"], by_threes=grouping == (3, 3))

    def gettext(self, text: str, **values: object) -> str:
        """The message in this language with its named values put in; English where nobody translated it yet."""
        found = self.look_up(text)
        return found % values if values else found

    def ngettext(self, singular: str, plural: str, count: int, /, **values: object) -> str:
        """The form of a counted message that fits `count`, which stands as `%(count)s`."""
        return self.look_up_plural(singular, plural, count) % {"count": count, **values}

    def pattern(self, text: str) -> str:
        """A message that a machine reads, such as a date pattern or a list of words: never dressed up."""
        return self.catalogue.gettext(text)

    def look_up(self, text: str) -> str:
        """The message itself, its values still to come."""
        return self.catalogue.gettext(text)

    def look_up_plural(self, singular: str, plural: str, count: int) -> str:
        """The counted message itself, its values still to come."""
        return self.catalogue.ngettext(singular, plural, count)

    def date(self, day: datetime.date, pattern: str) -> str:
        """A day written by a CLDR pattern, which is itself a message (`EEE d MMM`)."""
        return _date(self.locale, self.pattern(pattern), day)

    def listing(self, items: Sequence[str]) -> str:
        """Names side by side with this language's own commas and its word for *and*."""
        return format_list(items, locale=self.locale)

    def number(self, shown: str) -> str:
        """A plain number (`12345.60`) with this language's marks, grouped, its places kept."""
        marks = self.numerals
        whole, _, places = shown.partition(".")
        if marks.by_threes:
            grouped = f"{int(whole):,}".replace(",", marks.group)
        else:
            grouped = format_decimal(int(whole), locale=self.locale)
        return f"{grouped}{marks.decimal}{places}" if places else grouped

    def month_names(self) -> dict[str, int]:
        """What people may write for a month, in small letters without points, and its number."""
        found: dict[str, int] = {}
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {_bare(name): number for number, name in self.locale.months[context][width].items()}
        return found

    def currencies(self) -> dict[str, str]:
        """The currencies in use today: their codes, and their names in this language."""
        return {code: str(self.locale.currencies.get(code, code)) for code in _tender_today()}

    def weekday_names(self) -> dict[str, int]:
        """What people may write for a day of the week, in small letters without points; Monday is 0."""
        found: dict[str, int] = {}
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found |= {_bare(name): number for number, name in self.locale.days[context][width].items()}
        return found


@dataclass(frozen=True, kw_only=True)
class PseudoLanguage(Language):
    """A language nobody speaks, made from English to find what was not marked or does not fit."""

    def look_up(self, text: str) -> str:
        """The English message, accented and longer; turned round where the language runs from the right."""
        return self._turned(pseudolocale.lengthen(text))

    def look_up_plural(self, singular: str, plural: str, count: int) -> str:
        """The English form that fits, accented and longer."""
        return self.look_up(singular if count == 1 else plural)

    def date(self, day: datetime.date, pattern: str) -> str:
        """An English date, accented only."""
        return self._turned(pseudolocale.accent(super().date(day, pattern)))

    def currencies(self) -> dict[str, str]:
        """English names, accented only."""
        return {code: self._turned(pseudolocale.accent(name)) for code, name in super().currencies().items()}

    def listing(self, items: Sequence[str]) -> str:
        """Names joined by commas alone, so that no English word comes in between."""
        return ", ".join(items)

    def _turned(self, text: str) -> str:
        return pseudolocale.mirror(text) if self.direction == "rtl" else text


def _bare(name: str) -> str:
    return name.casefold().replace(".", "")


@lru_cache
def _tender_today() -> tuple[str, ...]:
    used = get_global("territory_currencies").values()
    return tuple(
        sorted({code for history in used for code, _since, until, is_tender in history if is_tender and not until})
    )


@lru_cache(maxsize=4096)
def _date(locale: Locale, pattern: str, day: datetime.date) -> str:
    return format_date(day, pattern, locale)


@lru_cache
def language(code: str) -> Language:
    """The language of that code; English for one that nobody has translated yet."""
    if code in PSEUDO:
        return _pseudo(code)
    path = CATALOGUES / f"{code}.po"
    if code == SOURCE or not path.is_file():
        return _spoken(SOURCE, NullTranslations())
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=Locale.parse(code, sep="-")))
    compiled.seek(0)
    return _spoken(code, GNUTranslations(compiled))


def _spoken(code: str, catalogue: NullTranslations) -> Language:
    locale = Locale.parse(code, sep="-")
    direction = "rtl" if locale.character_order == "right-to-left" else "ltr"
    return Language(
        code=code, name=str(locale.get_display_name(locale)), direction=direction, locale=locale, catalogue=catalogue
    )


def _pseudo(code: str) -> Language:
    right_to_left = code.startswith("ar")
    name = "Right to left (pseudo)" if right_to_left else "Longer (pseudo)"
    direction = "rtl" if right_to_left else "ltr"
    locale = Locale.parse(SOURCE)
    return PseudoLanguage(code=code, name=name, direction=direction, locale=locale, catalogue=NullTranslations())


@lru_cache
def translated_languages() -> tuple[str, ...]:
    """The codes of all languages with a translation, English first."""
    return (SOURCE, *sorted(path.stem for path in CATALOGUES.glob("*.po")))


def best_match(wanted: Iterable[str], available: Sequence[str]) -> str | None:
    """The first wanted language that is available, a region's variant counting as its language."""
    for code in wanted:
        for candidate in (code.replace("_", "-"), code.replace("_", "-").partition("-")[0]):
            if candidate in available:
                return candidate
    return None


_current: ContextVar[Language | None] = ContextVar("language", default=None)


def current_language() -> Language:
    """The language of the page, sheet or command being made right now."""
    return _current.get() or language(SOURCE)


def set_language(chosen: Language) -> None:
    """Speak this language from here on, until the next page begins."""
    _current.set(chosen)


@contextmanager
def language_scope(code: str) -> Iterator[Language]:
    """Speak a language for the length of a block: a printed sheet, a letter, a command."""
    token = _current.set(language(code))
    try:
        yield current_language()
    finally:
        _current.reset(token)


def gettext(text: str, **values: object) -> str:
    """The message in the current language with its named values put in."""
    return current_language().gettext(text, **values)


def ngettext(singular: str, plural: str, count: int, /, **values: object) -> str:
    """The counted message in the current language."""
    return current_language().ngettext(singular, plural, count, **values)


_ = gettext
