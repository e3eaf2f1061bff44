"""Functions, filters and variables of templates: translated messages, and formats of amounts and days."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup

from web.i18n import formats, translation
from web.shared import layout
from web.shared.components import group_options

FILTERS = (
    "amount", "amount_with_unit", "day", "day_in_full", "day_spoken", "hours_column", "hours_in_words", "hours_short",
    "moment", "month", "names", "quantity", "format_message", "seal",
)  # fmt: skip


def install(app: Flask) -> None:
    """Add them to the application's Jinja environment."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=translate, ngettext=translate_count)
    app.jinja_env.filters.update({name: getattr(formats, name) for name in FILTERS}, grouped=group_options)
    app.context_processor(template_context)


def translate(text: str, **values: object) -> Markup:
    """A translated message; its mark-up is kept, its values are escaped."""
    message = Markup(translation.current_language().look_up(text))  # noqa: S704 (messages are ours; values are escaped when put in)
    return message % values if values else message


def translate_count(singular: str, plural: str, count: int, /, **values: object) -> Markup:
    """A translated message with a plural form; its values are escaped."""
    message = Markup(translation.current_language().look_up_plural(singular, plural, count))  # noqa: S704 (as above)
    return message % {"count": count, **values}


def template_context() -> dict[str, object]:
    """The variables of every template, besides those of its route."""
    return {"language": translation.current_language(), "shell": layout.build_layout(), "private": False}
