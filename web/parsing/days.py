"""Parsers of days and months: `2026-05-01`, `today`, `1 May`, `Fri 1 May 2026`, `1.5.2026`."""

from __future__ import annotations

import datetime as dt
import re

from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month
from web.i18n.translation import current_language, language
from web.parsing.parse_errors import ParseError, list_words, normalize_answer

TODAY_WORDS = N_("today")
YESTERDAY_WORDS = N_("yesterday")


def parse_day(text: str, today: dt.date) -> dt.date:
    """A day, relative to the community's today; without a year it is the nearest such day.

    ParseError for an ambiguous day (`3/4/2026` is in March or in April), a weekday that does not fit, or no day.
    """
    answer = normalize_answer(text).casefold()
    if answer in list_words(TODAY_WORDS):
        return today
    if answer in list_words(YESTERDAY_WORDS):
        return today - dt.timedelta(days=1)
    answer, weekday = _split_weekday(answer)
    day = _parse_iso(answer) or _parse_figures(answer, today) or _parse_named_month(answer, today)
    if day is None:
        raise ParseError(_write_day_message(today))
    if weekday is not None and day.weekday() != weekday:
        raise ParseError(
            make_message("That weekday and that day do not fit. Write only the day, such as %(day)s", day=day)
        )
    return day


def parse_month(text: str) -> Month:
    """A calendar month from `2026-03`, `March 2026` or `3/2026`."""
    answer = normalize_answer(text).casefold()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})", answer):
        return _make_month(int(match[1]), int(match[2]))
    if match := re.fullmatch(r"(\d{1,2}) ?[/.] ?(\d{4})", answer):
        return _make_month(int(match[2]), int(match[1]))
    if (match := re.fullmatch(r"([^\W\d_]+)\.? (\d{4})", answer)) and match[1] in _month_names():
        return _make_month(int(match[2]), _month_names()[match[1]])
    raise ParseError(make_message("Write a month and a year, such as 2026-03"))


def _make_month(year: int, number: int) -> Month:
    if not 1 <= number <= 12 or year < 1900:
        raise ParseError(make_message("Write a month and a year, such as 2026-03"))
    return Month(year, number)


def _write_day_message(today: dt.date) -> Message:
    return make_message("Write the day as a date, such as %(day)s", day=today.isoformat())


def _month_names() -> dict[str, int]:
    return language("en").month_names() | current_language().month_names()


def _weekday_names() -> dict[str, int]:
    return language("en").weekday_names() | current_language().weekday_names()


def _split_weekday(answer: str) -> tuple[str, int | None]:
    first, _, rest = answer.partition(" ")
    weekday = _weekday_names().get(first.strip(".,"))
    return (rest.strip(), weekday) if weekday is not None and rest else (answer, None)


def _parse_iso(answer: str) -> dt.date | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", answer)
    return _make_date(int(match[1]), int(match[2]), int(match[3])) if match else None


def _parse_figures(answer: str, today: dt.date) -> dt.date | None:
    match = re.fullmatch(r"(\d{1,2}) ?([./]) ?(\d{1,2})(?: ?[./] ?(\d{4})?)?", answer)
    if not match:
        return None
    first, second = int(match[1]), int(match[3])
    if match[2] == "/" and first != second and first <= 12 and second <= 12:
        raise ParseError(make_message("“%(written)s” could mean two days. Write the month as a word", written=answer))
    if match[2] == "/" and second > 12:
        first, second = second, first
    return _add_year(first, second, match[4], today)


def _parse_named_month(answer: str, today: dt.date) -> dt.date | None:
    words = re.sub(r"[.,]", " ", answer)
    for pattern in (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>[^\W\d_]+)(?: (?P<year>\d{4}))?",
        r"(?P<month>[^\W\d_]+) (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?",
    ):
        match = re.fullmatch(pattern, " ".join(words.split()))
        month_number = _month_names().get(match["month"]) if match else None
        if match and month_number:
            return _add_year(int(match["day"]), month_number, match["year"], today)
    return None


def _add_year(day_number: int, month_number: int, year: str | None, today: dt.date) -> dt.date:
    if year:
        return _make_date(int(year), month_number, day_number)
    dates = [_try_date(today.year + step, month_number, day_number) for step in (-1, 0, 1)]
    real_dates = [day for day in dates if day is not None]
    if not real_dates:
        raise ParseError(_write_day_message(today))
    return min(real_dates, key=lambda day: abs((day - today).days))


def _make_date(year: int, month_number: int, day_number: int) -> dt.date:
    day = _try_date(year, month_number, day_number)
    if day is None:
        raise ParseError(make_message("There is no such day. Write a date such as 2026-05-01"))
    return day


def _try_date(year: int, month_number: int, day_number: int) -> dt.date | None:
    try:
        return dt.date(year, month_number, day_number)
    except ValueError:
        return None
