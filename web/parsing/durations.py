"""Reading how long something took: `1:30`, `1.5 h`, `90`, `1 h 30`, `half an hour`."""

from __future__ import annotations

import re
from fractions import Fraction

from ledger.core.messages import N_, Message, make_message
from web.i18n.translation import current_language
from web.parsing.parse_errors import ParseError, list_words, normalize_answer

SURELY_MINUTES = 15
"""A bare whole number below this could be hours as well."""

HOUR_WORDS = N_("h hr hrs hour hours")
MINUTE_WORDS = N_("m min mins minute minutes")
SPOKEN_DURATIONS = N_(
    "quarter of an hour=15; a quarter of an hour=15; half an hour=30; half hour=30; three quarters of an hour=45; "
    "an hour=60; one hour=60; an hour and a quarter=75; an hour and a half=90; one and a half hours=90; two hours=120"
)


def parse_duration(text: str) -> int:
    """Minutes from `1:30`, `1.5 h`, `90`, `1 h 30`, `half an hour`; asks where it could mean two things."""
    said = normalize_answer(text).casefold()
    if not said:
        raise ParseError(make_message("Choose how long it took, or write it"))
    for read in (_spoken, _clock, _with_units, _bare_number):
        minutes = read(said)
        if minutes is not None:
            return minutes
    raise ParseError(make_message("Write how long as hours and minutes, such as 1:30 or 1 h 30"))


def _spoken(said: str) -> int | None:
    for phrases in (SPOKEN_DURATIONS, current_language().pattern(SPOKEN_DURATIONS)):
        for phrase in phrases.casefold().split(";"):
            words, _, minutes = phrase.partition("=")
            if words.strip() == said:
                return int(minutes)
    return None


def _clock(said: str) -> int | None:
    found = re.fullmatch(r"(\d{1,4}) ?[:;] ?(\d{1,3}) ?([^\W\d_]*)\.?", said)
    if not found or (found[3] and found[3] not in list_words(HOUR_WORDS)):
        return None
    if len(found[2]) != 2 or int(found[2]) > 59:
        raise ParseError(make_message("Write the minutes with two figures up to 59, such as 1:05"))
    return int(found[1]) * 60 + int(found[2])


_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


def _number(said: str) -> Fraction:
    tail = _FRACTIONS.get(said[-1:], Fraction(0))
    rest = said[:-1].strip() if tail else said
    return Fraction(rest.replace(",", ".") or "0") + tail


def _with_units(said: str) -> int | None:
    figure = r"(\d{1,4}(?:[.,]\d{1,3})?|[.,]\d{1,3}|\d{0,3} ?[½¼¾])"
    found = re.fullmatch(rf"{figure} ?([^\W\d_]+)\.?(?: ?(\d{{1,3}}) ?([^\W\d_]*)\.?)?", said)
    if not found:
        return None
    first, unit, rest, rest_unit = found.groups()
    if unit in list_words(MINUTE_WORDS) and rest is None and first.isdigit():
        return int(first)
    if unit not in list_words(HOUR_WORDS) or (rest_unit and rest_unit not in list_words(MINUTE_WORDS)):
        return None
    if rest is None:
        return _decimal_hours(first)
    if not first.isdigit() or int(rest) > 59:
        raise ParseError(make_message("Write whole hours, then minutes up to 59, such as 1 h 30"))
    return int(first) * 60 + int(rest)


def _decimal_hours(figure: str) -> int:
    places = re.sub(r"^\d*[.,]?", "", figure) if re.search(r"[.,]", figure) else ""
    minutes = _number(figure) * 60
    if len(places) > 2 or minutes.denominator != 1 or (len(places) == 2 and places not in {"00", "25", "50", "75"}):
        raise ParseError(_two_readings(figure))
    return int(minutes)


def _two_readings(figure: str) -> Message:
    hours, places = re.split(r"[.,]", figure, maxsplit=1)
    clock = f"{hours or 0}:{places[:2].ljust(2, '0')}"
    return make_message(
        "“%(written)s” could mean two things. Write hours and minutes, such as %(clock)s", written=figure, clock=clock
    )


def _bare_number(said: str) -> int | None:
    if re.fullmatch(r"\d{1,5}", said):
        if 0 < int(said) < SURELY_MINUTES:
            raise ParseError(
                make_message("Is that hours or minutes? Write %(figure)s h or %(figure)s min", figure=said)
            )
        return int(said)
    if re.fullmatch(r"\d{0,3}[.,]\d", said) or re.fullmatch(r"\d{0,3} ?[½¼¾]", said):
        return _decimal_hours(said)
    if re.fullmatch(r"\d{0,3}[.,]\d{2,3}", said):
        raise ParseError(_two_readings(said))
    return None
