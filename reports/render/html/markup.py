"""Writing mark-up: everything that is said is escaped once, here; only tags written here are tags."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from reports.story.elements import Strong, Text


def tag(name: str, *content: str | Iterable[str], **attributes: str | int | None) -> Markup:
    """An element; attributes that are empty or None are left out, `class_` is `class`, `data_label` `data-label`."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    inside = "".join(escape(part) if isinstance(part, str) else join(part) for part in content)
    return Markup(f"<{name}{said}>{inside}</{name}>")  # noqa: S704 (every part of it is escaped above)


def rich_text(text: Text) -> Markup:
    """A text with the words that stand out in `strong`."""
    parts = (text,) if isinstance(text, str) else text
    return join(tag("strong", part.text) if isinstance(part, Strong) else part for part in parts)


def join(pieces: Iterable[str]) -> Markup:
    """Pieces one after the other; those that are not mark-up yet are words and get escaped."""
    return Markup("").join(pieces)
