"""Parser of durations: `1:30`, `1.5 h`, `90`, `1 h 30`, `half an hour`."""

from __future__ import annotations

import re
from fractions import Fraction

from ledger.core.messages import N_, Message, make_message
from web.i18n.translation import current_language
from web.parsing.parse_errors import ParseError, list_words, normalize_answer

MIN_BARE_MINUTES = 15
"""A whole number without a unit is minutes from here on; a smaller one could be hours as well."""

HOUR_WORDS = N_("h hr hrs hour hours")
MINUTE_WORDS = N_("m min mins minute minutes")
SPOKEN_DURATIONS = N_(
    "quarter of an hour=15; a quarter of an hour=15; half an hour=30; half hour=30; three quarters of an hour=45; "
    "an hour=60; one hour=60; an hour and a quarter=75; an hour and a half=90; one and a half hours=90; two hours=120"
)


def parse_duration(text: str) -> int:
    """Minutes from `1:30`, `1.5 h`, `90`, `1 h 30`, `half an hour`; ParseError for no duration or an ambiguous one."""
    answer = normalize_answer(text).casefold()
    if not answer:
        raise ParseError(make_message("Choose how long it took, or write it"))
    for parse in (_parse_phrase, _parse_clock, _parse_with_units, _parse_bare_number):
        minutes = parse(answer)
        if minutes is not None:
            return minutes
    raise ParseError(make_message("Write how long as hours and minutes, such as 1:30 or 1 h 30"))


def _parse_phrase(answer: str) -> int | None:
    for phrases in (SPOKEN_DURATIONS, current_language().pattern(SPOKEN_DURATIONS)):
        for phrase in phrases.casefold().split(";"):
            name, _, minutes = phrase.partition("=")
            if name.strip() == answer:
                return int(minutes)
    return None


def _parse_clock(answer: str) -> int | None:
    match = re.fullmatch(r"(\d{1,4}) ?[:;] ?(\d{1,3}) ?([^\W\d_]*)\.?", answer)
    if not match or (match[3] and match[3] not in list_words(HOUR_WORDS)):
        return None
    if len(match[2]) != 2 or int(match[2]) > 59:
        raise ParseError(make_message("Write the minutes with two figures up to 59, such as 1:05"))
    return int(match[1]) * 60 + int(match[2])


_FRACTIONS = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}


def _to_fraction(figure: str) -> Fraction:
    fraction = _FRACTIONS.get(figure[-1:], Fraction(0))
    whole = figure[:-1].strip() if fraction else figure
    return Fraction(whole.replace(",", ".") or "0") + fraction


def _parse_with_units(answer: str) -> int | None:
    figure = r"(\d{1,4}(?:[.,]\d{1,3})?|[.,]\d{1,3}|\d{0,3} ?[½¼¾])"
    match = re.fullmatch(rf"{figure} ?([^\W\d_]+)\.?(?: ?(\d{{1,3}}) ?([^\W\d_]*)\.?)?", answer)
    if not match:
        return None
    first, unit, rest, rest_unit = match.groups()
    if unit in list_words(MINUTE_WORDS) and rest is None and first.isdigit():
        return int(first)
    if unit not in list_words(HOUR_WORDS) or (rest_unit and rest_unit not in list_words(MINUTE_WORDS)):
        return None
    if rest is None:
        return _parse_decimal_hours(first)
    if not first.isdigit() or int(rest) > 59:
        raise ParseError(make_message("Write whole hours, then minutes up to 59, such as 1 h 30"))
    return int(first) * 60 + int(rest)


def _parse_decimal_hours(figure: str) -> int:
    decimals = re.sub(r"^\d*[.,]?", "", figure) if re.search(r"[.,]", figure) else ""
    minutes = _to_fraction(figure) * 60
    if (
        len(decimals) > 2
        or minutes.denominator != 1
        or (len(decimals) == 2 and decimals not in {"00", "25", "50", "75"})
    ):
        raise ParseError(_ambiguous_message(figure))
    return int(minutes)


def _ambiguous_message(figure: str) -> Message:
    hours, decimals = re.split(r"[.,]", figure, maxsplit=1)
    clock = f"{hours or 0}:{decimals[:2].ljust(2, '0')}"
    return make_message(
        "“%(written)s” could mean two things. Write hours and minutes, such as %(clock)s", written=figure, clock=clock
    )


def _parse_bare_number(answer: str) -> int | None:
    if re.fullmatch(r"\d{1,5}", answer):
        if 0 < int(answer) < MIN_BARE_MINUTES:
            raise ParseError(
                make_message("Is that hours or minutes? Write %(figure)s h or %(figure)s min", figure=answer)
            )
        return int(answer)
    if re.fullmatch(r"\d{0,3}[.,]\d", answer) or re.fullmatch(r"\d{0,3} ?[½¼¾]", answer):
        return _parse_decimal_hours(answer)
    if re.fullmatch(r"\d{0,3}[.,]\d{2,3}", answer):
        raise ParseError(_ambiguous_message(answer))
    return None
