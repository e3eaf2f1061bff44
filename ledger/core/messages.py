"""Words that people will read: message ids with named values, translated only at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def N_(text: str) -> str:  # noqa: N802 (the gettext world's own name)
    """Mark a text as a message for translators and give it back unchanged."""
    return text


@dataclass(frozen=True)
class Message:
    """A sentence still to be translated: its English text as the id, and the values named in it."""

    text: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    plural: str | None = None
    count: int | None = None

    def __str__(self) -> str:
        """The sentence in English, for logs, the command line and tests."""
        text = self.text if self.plural is None or self.count == 1 else self.plural
        return text % dict(self.values) if self.values else text


def make_message(text: str, **values: object) -> Message:
    """A message whose named values stand as `%(name)s` in the text."""
    return Message(text, MappingProxyType(values))


def make_counted_message(singular: str, plural: str, count: int, **values: object) -> Message:
    """A message with one counted noun; `count` chooses the form and stands as `%(count)s`."""
    return Message(singular, MappingProxyType({"count": count, **values}), plural, count)
