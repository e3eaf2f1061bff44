"""A report's voice in the language of the page: its messages and values as this language writes them."""

from __future__ import annotations

from dataclasses import fields, is_dataclass

from ledger.messages import Message
from reports.speech import Speech
from web import i18n
from web.formats import say as say_message


def speech() -> Speech:
    """The voice for reports read or printed by whoever is asking."""
    return Speech(say=say, translate=i18n.gettext, language=i18n.current().code)


def say(message: object) -> str:
    """A message, or a value that writes itself, in the language of the page."""
    if isinstance(message, Message):
        values = {name: _value(value) for name, value in message.values.items()}
        return say_message(Message(message.text, values, message.plural, message.count))
    return i18n.gettext(message) if isinstance(message, str) else _value(message)


def _value(value: object) -> str:
    """A value inside a sentence; names of months and days are messages of their own."""
    if isinstance(value, Message):
        return say(value)
    if is_dataclass(value) and not isinstance(value, type) and any(f.name in ("month", "day") for f in fields(value)):
        return " ".join(part if part.isdecimal() else i18n.gettext(part) for part in str(value).split(" "))
    return str(value)
