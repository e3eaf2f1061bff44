"""A report's voice in the language of the page: its messages and values as this language writes them."""

from __future__ import annotations

import re

from ledger.core.amounts import MINUTES
from ledger.core.messages import Message
from reports.language.localizer import Localizer
from reports.language.value_formats import DayName, HoursInWords, Measure, MonthName
from web.i18n import translation
from web.i18n.formats import format_message as say_message

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def speech() -> Localizer:
    """The voice for reports read or printed by whoever is asking."""
    return Localizer(format_message=say, translate=translation.gettext, language=translation.current_language().code)


def say(message: object) -> str:
    """A message, or a value that writes itself, in the language of the page."""
    if isinstance(message, Message):
        values = {name: _value(value) for name, value in message.values.items()}
        return say_message(Message(message.text, values, message.plural, message.count))
    return translation.gettext(message) if isinstance(message, str) else _value(message)


def _value(value: object) -> str:
    """A value inside a sentence: months, days and spelled hours are messages, numbers have the language's marks."""
    if isinstance(value, Message):
        return say(value)
    if isinstance(value, DayName | MonthName | HoursInWords):
        return say(value.message)
    if isinstance(value, Measure) and value.unit != MINUTES:
        return _NUMBER.sub(lambda found: translation.current_language().number(found[0].replace(",", "")), str(value))
    return str(value)
