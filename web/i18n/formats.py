"""Formats of amounts, hours and days in the language of the page.

Hours are words in prose (`1 hour 30 minutes`), short on buttons (`1 h 30`) and `1:30` in columns. A negative figure has
a minus sign (U+2212), not a hyphen. `web.parsing` reads them back.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from ledger.core.amounts import MINUTES, Amount, scale_of
from ledger.core.messages import Message
from web.i18n.translation import current_language

MINUS = "\u2212"
RECENT_DAYS = 200


def _with_sign(minutes: int, text: str) -> str:
    return f"{MINUS}{text}" if minutes < 0 else text


def hours_in_words(minutes: int) -> str:
    """Time in words, without a sign: `1 hour 30 minutes`, `45 minutes`, `2 hours`."""
    language = current_language()
    hours, rest = divmod(abs(minutes), 60)
    in_hours = language.ngettext("%(count)s hour", "%(count)s hours", hours)
    in_minutes = language.ngettext("%(count)s minute", "%(count)s minutes", rest)
    if not hours:
        return in_minutes
    return language.gettext("%(hours)s %(minutes)s", hours=in_hours, minutes=in_minutes) if rest else in_hours


def hours_short(minutes: int) -> str:
    """Time on a button: `1 h 30`, `30 min`, `2 h`."""
    language = current_language()
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return _with_sign(minutes, language.gettext("%(minutes)s min", minutes=rest))
    if not rest:
        return _with_sign(minutes, language.gettext("%(hours)s h", hours=hours))
    return _with_sign(minutes, language.gettext("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02d}"))


def hours_column(minutes: int) -> str:
    """Time in a column: `1:30`, `0:09`, `−0:33`."""
    hours, rest = divmod(abs(minutes), 60)
    return _with_sign(minutes, f"{hours}:{rest:02d}")


def decimal_text(quantity: int, scale: int) -> str:
    """A whole number of minor units as a decimal: 504210 with scale 2 is `5,042.10`."""
    digits = str(abs(quantity)).rjust(scale + 1, "0")
    plain = f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits
    return _with_sign(quantity, current_language().number(plain))


def amount(quantity: int, unit: str) -> str:
    """A figure in a column, without its unit: `1:30` for minutes, `5,042.10` for money and barter values."""
    return hours_column(quantity) if unit == MINUTES else decimal_text(quantity, scale_of(unit))


def amount_with_unit(quantity: int, unit: str) -> str:
    """A figure in a sentence: `1 hour 30 minutes`, `80.00 EUR`; barter values have no unit, as in agreements."""
    if unit == MINUTES:
        return hours_in_words(quantity)
    figure = amount(quantity, unit)
    return (
        figure if unit == "NV" else current_language().gettext("%(figure)s %(currency)s", figure=figure, currency=unit)
    )


def quantity(milli: int, unit: str) -> str:
    """A measured quantity, from thousandths: `640 kWh`, `12.5 kg`."""
    plain = f"{Decimal(abs(milli)).scaleb(-3).normalize():f}"
    return current_language().gettext(
        "%(figure)s %(unit)s", figure=_with_sign(milli, current_language().number(plain)), unit=unit
    )


def day(when: dt.date, today: dt.date | None = None) -> str:
    """A day in a list: `Sat 2 May`; more than half a year from today, with the year in place of the weekday."""
    if today is not None and abs((today - when).days) > RECENT_DAYS:
        return current_language().date(when, "d MMM y")
    return current_language().date(when, "EEE d MMM")


def day_in_full(when: dt.date) -> str:
    """A day with weekday and year: `Mon 4 May 2026`."""
    return current_language().date(when, "EEE d MMM y")


def day_spoken(when: dt.date, today: dt.date) -> str:
    """A day relative to today: `Today`, `Yesterday`, or as in a list."""
    if when == today:
        return current_language().gettext("Today")
    return current_language().gettext("Yesterday") if (today - when).days == 1 else day(when, today)


def span(first: dt.date, last: dt.date) -> str:
    """A period from a first to a last day: `1 January to 30 April 2026`."""
    start = current_language().date(first, "d MMMM" if first.year == last.year else "d MMMM y")
    return current_language().gettext(
        "%(first)s to %(last)s", first=start, last=current_language().date(last, "d MMMM y")
    )


def month(when: dt.date) -> str:
    """A calendar month: `April 2026`."""
    return current_language().date(when, "MMMM y")


def month_short(when: dt.date) -> str:
    """A month, abbreviated: `Apr`."""
    return current_language().date(when, "MMM")


def moment(instant: dt.datetime) -> str:
    """A recorded time: `Sun 25 Jan 2026, 10:12 UTC`."""
    utc = instant.astimezone(dt.UTC) if instant.tzinfo else instant
    return current_language().gettext("%(day)s, %(time)s UTC", day=day_in_full(utc.date()), time=f"{utc:%H:%M}")


def names(texts: Iterable[str]) -> str:
    """A list in words: `Ana, Bea and Cai`."""
    return current_language().listing(list(texts))


def seal(digest: bytes | str, fours: int = 4) -> str:
    """The first digits of a hash in groups of four, for comparison by eye: `932e 7e27 b847 2149`."""
    text = digest.hex() if isinstance(digest, bytes) else digest
    return " ".join(text[start : start + 4] for start in range(0, min(len(text), fours * 4), 4))


def format_message(message: Message | str) -> str:
    """A message in the language of the page, with its values in the formats of this language."""
    if isinstance(message, str):
        return current_language().gettext(message)
    values = {name: _format_value(value) for name, value in message.values.items()}
    if message.plural is None or message.count is None:
        return current_language().gettext(message.text, **values)
    return current_language().ngettext(message.text, message.plural, message.count, **values)


def _format_value(value: object) -> object:
    if isinstance(value, Message):
        return format_message(value)
    if isinstance(value, Amount):
        return amount_with_unit(value.quantity, value.unit)
    return day_in_full(value) if isinstance(value, dt.date) else value
