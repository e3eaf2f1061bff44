"""Reading days and months: `2026-05-01`, `today`, `1 May`, `Fri 1 May 2026`, `1.5.2026`."""

from __future__ import annotations

import datetime
import re

from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month
from web.i18n.translation import Language, current_language, language
from web.parsing.parse_errors import ParseError, list_words, normalize_answer

TODAY_WORDS = N_("today")
YESTERDAY_WORDS = N_("yesterday")


def parse_day(text: str, today: datetime.date) -> datetime.date:
    """The day meant, seen from the community's today; a day without a year is the nearest one.

    `3/4/2026` is asked about: it is April for some and March for others. A weekday that does not fit is asked about.
    """
    said = normalize_answer(text).casefold()
    if said in list_words(TODAY_WORDS):
        return today
    if said in list_words(YESTERDAY_WORDS):
        return today - datetime.timedelta(days=1)
    said, weekday = _without_weekday(said)
    found = _iso(said) or _figures(said, today) or _named(said, today)
    if found is None:
        raise ParseError(_write_a_day(today))
    if weekday is not None and found.weekday() != weekday:
        raise ParseError(
            make_message("That weekday and that day do not fit. Write only the day, such as %(day)s", day=found)
        )
    return found


def parse_month(text: str) -> Month:
    """A calendar month from `2026-03`, `March 2026` or `3/2026`."""
    said = normalize_answer(text).casefold()
    if found := re.fullmatch(r"(\d{4})-(\d{1,2})", said):
        return _month(int(found[1]), int(found[2]))
    if found := re.fullmatch(r"(\d{1,2}) ?[/.] ?(\d{4})", said):
        return _month(int(found[2]), int(found[1]))
    if (found := re.fullmatch(r"([^\W\d_]+)\.? (\d{4})", said)) and found[1] in _names("month"):
        return _month(int(found[2]), _names("month")[found[1]])
    raise ParseError(make_message("Write a month and a year, such as 2026-03"))


def _month(year: int, number: int) -> Month:
    if not 1 <= number <= 12 or year < 1900:
        raise ParseError(make_message("Write a month and a year, such as 2026-03"))
    return Month(year, number)


def _write_a_day(today: datetime.date) -> Message:
    return make_message("Write the day as a date, such as %(day)s", day=today.isoformat())


def _names(which: str) -> dict[str, int]:
    def of(speech: Language) -> dict[str, int]:
        return speech.month_names() if which == "month" else speech.weekday_names()

    return of(language("en")) | of(current_language())


def _without_weekday(said: str) -> tuple[str, int | None]:
    first, _, rest = said.partition(" ")
    weekday = _names("weekday").get(first.strip(".,"))
    return (rest.strip(), weekday) if weekday is not None and rest else (said, None)


def _iso(said: str) -> datetime.date | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", said)
    return _date(int(found[1]), int(found[2]), int(found[3])) if found else None


def _figures(said: str, today: datetime.date) -> datetime.date | None:
    found = re.fullmatch(r"(\d{1,2}) ?([./]) ?(\d{1,2})(?: ?[./] ?(\d{4})?)?", said)
    if not found:
        return None
    first, second = int(found[1]), int(found[3])
    if found[2] == "/" and first != second and first <= 12 and second <= 12:
        raise ParseError(make_message("“%(written)s” could mean two days. Write the month as a word", written=said))
    if found[2] == "/" and second > 12:
        first, second = second, first
    return _with_year(first, second, found[4], today)


def _named(said: str, today: datetime.date) -> datetime.date | None:
    bare = re.sub(r"[.,]", " ", said)
    for shape in (
        r"(?P<day>\d{1,2})(?:st|nd|rd|th)? (?:of )?(?P<month>[^\W\d_]+)(?: (?P<year>\d{4}))?",
        r"(?P<month>[^\W\d_]+) (?P<day>\d{1,2})(?:st|nd|rd|th)?(?: (?P<year>\d{4}))?",
    ):
        found = re.fullmatch(shape, " ".join(bare.split()))
        number = _names("month").get(found["month"]) if found else None
        if found and number:
            return _with_year(int(found["day"]), number, found["year"], today)
    return None


def _with_year(number: int, month_number: int, year: str | None, today: datetime.date) -> datetime.date:
    if year:
        return _date(int(year), month_number, number)
    near = [_try_date(today.year + step, month_number, number) for step in (-1, 0, 1)]
    possible = [when for when in near if when is not None]
    if not possible:
        raise ParseError(_write_a_day(today))
    return min(possible, key=lambda when: abs((when - today).days))


def _date(year: int, month_number: int, number: int) -> datetime.date:
    found = _try_date(year, month_number, number)
    if found is None:
        raise ParseError(make_message("There is no such day. Write a date such as 2026-05-01"))
    return found


def _try_date(year: int, month_number: int, number: int) -> datetime.date | None:
    try:
        return datetime.date(year, month_number, number)
    except ValueError:
        return None
