"""HTML elements. All text is escaped once, here; only this module makes tags."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from reports.story.elements import Strong, Text


def tag(name: str, *content: str | Iterable[str], **attributes: str | int | None) -> Markup:
    """An HTML element. Empty and None attributes are left out; `class_` becomes `class`, `data_label` `data-label`."""
    attribute_text = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value not in (None, "")
    )
    content_text = "".join(escape(part) if isinstance(part, str) else join(part) for part in content)
    return Markup(f"<{name}{attribute_text}>{content_text}</{name}>")  # noqa: S704 (every part of it is escaped above)


def rich_text(text: Text) -> Markup:
    """A text with bold parts in `strong`."""
    parts = (text,) if isinstance(text, str) else text
    return join(tag("strong", part.text) if isinstance(part, Strong) else part for part in parts)


def join(pieces: Iterable[str]) -> Markup:
    """Join pieces; plain strings are escaped."""
    return Markup("").join(pieces)
