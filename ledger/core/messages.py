"""Messages for people: message ids with named values, translated only when they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def N_(text: str) -> str:  # noqa: N802 (gettext's usual name)
    """Mark a text for translation; returns it unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence to translate: its English text as the message id, and its named values."""

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        """The English sentence, for logs, the command line and tests."""
        text = self.text if self.plural is None or self.count == 1 else self.plural
        return text % dict(self.values) if self.values else text


def make_message(text: str, **values: object) -> Message:
    """A message; the text names its values as `%(name)s`."""
    return Message(text, MappingProxyType(values))


def make_counted_message(singular: str, plural: str, count: int, **values: object) -> Message:
    """A message with a singular and a plural form; `count` selects the form and fills `%(count)s`."""
    return Message(singular, MappingProxyType({"count": count, **values}), plural, count)
