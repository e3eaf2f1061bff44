"""How amounts, hours and days are written for people, in the language of the page.

Hours stand as words in prose (`1 hour 30 minutes`), short on buttons (`1 h 30`), as `1:30` in columns. A figure below
nought carries a true minus sign. Reading them back is in `web.parsing`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal

from ledger.core.amounts import MINUTES, Amount, scale_of
from ledger.core.messages import Message
from web.i18n.translation import current_language

MINUS = "\u2212"
RECENT_DAYS = 200


def _signed(minutes: int, text: str) -> str:
    return f"{MINUS}{text}" if minutes < 0 else text


def hours_in_words(minutes: int) -> str:
    """Time as it is said: `1 hour 30 minutes`, `45 minutes`, `2 hours`. The sentence around it says the sign."""
    speech = current_language()
    hours, rest = divmod(abs(minutes), 60)
    in_hours = speech.ngettext("%(count)s hour", "%(count)s hours", hours)
    in_minutes = speech.ngettext("%(count)s minute", "%(count)s minutes", rest)
    if not hours:
        return in_minutes
    return speech.gettext("%(hours)s %(minutes)s", hours=in_hours, minutes=in_minutes) if rest else in_hours


def hours_short(minutes: int) -> str:
    """Time as it stands on a button: `1 h 30`, `30 min`, `2 h`."""
    speech = current_language()
    hours, rest = divmod(abs(minutes), 60)
    if not hours:
        return _signed(minutes, speech.gettext("%(minutes)s min", minutes=rest))
    if not rest:
        return _signed(minutes, speech.gettext("%(hours)s h", hours=hours))
    return _signed(minutes, speech.gettext("%(hours)s h %(minutes)s", hours=hours, minutes=f"{rest:02d}"))


def hours_column(minutes: int) -> str:
    """Time as it stands in a column: `1:30`, `0:09`, `−0:33`."""
    hours, rest = divmod(abs(minutes), 60)
    return _signed(minutes, f"{hours}:{rest:02d}")


def decimal_text(quantity: int, scale: int) -> str:
    """A whole number of minor units as people read it: 504210 with two decimals is `5,042.10`."""
    digits = str(abs(quantity)).rjust(scale + 1, "0")
    plain = f"{digits[:-scale]}.{digits[-scale:]}" if scale else digits
    return _signed(quantity, current_language().number(plain))


def amount(quantity: int, unit: str) -> str:
    """A column's figure without its unit: `1:30` for minutes, `5,042.10` for money and barter values."""
    return hours_column(quantity) if unit == MINUTES else decimal_text(quantity, scale_of(unit))


def amount_with_unit(quantity: int, unit: str) -> str:
    """A figure in running text: `1 hour 30 minutes`, `80.00 EUR`; barter values stand bare, as in the agreement."""
    if unit == MINUTES:
        return hours_in_words(quantity)
    figure = amount(quantity, unit)
    return (
        figure if unit == "NV" else current_language().gettext("%(figure)s %(currency)s", figure=figure, currency=unit)
    )


def quantity(milli: int, unit: str) -> str:
    """A measured quantity, held in thousandths: `640 kWh`, `12.5 kg`."""
    plain = f"{Decimal(abs(milli)).scaleb(-3).normalize():f}"
    return current_language().gettext(
        "%(figure)s %(unit)s", figure=_signed(milli, current_language().number(plain)), unit=unit
    )


def day(when: datetime.date, today: datetime.date | None = None) -> str:
    """A day in a list: `Sat 2 May`; one further from today than half a year shows its year instead of the weekday."""
    if today is not None and abs((today - when).days) > RECENT_DAYS:
        return current_language().date(when, "d MMM y")
    return current_language().date(when, "EEE d MMM")


def day_in_full(when: datetime.date) -> str:
    """A day where it must be certain: `Mon 4 May 2026`."""
    return current_language().date(when, "EEE d MMM y")


def day_spoken(when: datetime.date, today: datetime.date) -> str:
    """A day as people say it: `Today`, `Yesterday`, or the day in a list."""
    if when == today:
        return current_language().gettext("Today")
    return current_language().gettext("Yesterday") if (today - when).days == 1 else day(when, today)


def span(first: datetime.date, last: datetime.date) -> str:
    """A stretch of days, both included: `1 January to 30 April 2026`."""
    start = current_language().date(first, "d MMMM" if first.year == last.year else "d MMMM y")
    return current_language().gettext(
        "%(first)s to %(last)s", first=start, last=current_language().date(last, "d MMMM y")
    )


def month(when: datetime.date) -> str:
    """A calendar month: `April 2026`."""
    return current_language().date(when, "MMMM y")


def month_short(when: datetime.date) -> str:
    """A month in a crowded cell: `Apr`."""
    return current_language().date(when, "MMM")


def moment(instant: datetime.datetime) -> str:
    """A moment the database recorded: `Sun 25 Jan 2026, 10:12 UTC`."""
    utc = instant.astimezone(datetime.UTC) if instant.tzinfo else instant
    return current_language().gettext("%(day)s, %(time)s UTC", day=day_in_full(utc.date()), time=f"{utc:%H:%M}")


def names(people: Iterable[str]) -> str:
    """People side by side: `Ana, Bea and Cai`."""
    return current_language().listing(list(people))


def seal(digest: bytes | str, fours: int = 4) -> str:
    """The beginning of a seal in groups of four, for comparing by eye: `932e 7e27 b847 2149`."""
    text = digest.hex() if isinstance(digest, bytes) else digest
    return " ".join(text[start : start + 4] for start in range(0, min(len(text), fours * 4), 4))


def format_message(message: Message | str) -> str:
    """A message in the language of the page, its values written as this language writes them."""
    if isinstance(message, str):
        return current_language().gettext(message)
    values = {name: _shown(value) for name, value in message.values.items()}
    if message.plural is None or message.count is None:
        return current_language().gettext(message.text, **values)
    return current_language().ngettext(message.text, message.plural, message.count, **values)


def _shown(value: object) -> object:
    if isinstance(value, Message):
        return format_message(value)
    if isinstance(value, Amount):
        return amount_with_unit(value.quantity, value.unit)
    return day_in_full(value) if isinstance(value, datetime.date) else value
