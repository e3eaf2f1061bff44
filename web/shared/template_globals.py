"""What templates may call: messages in the language of the page, and amounts and days written for people."""

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
    """Give an application's templates their words."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update(_=translate, ngettext=translate_count)
    app.jinja_env.filters.update({name: getattr(formats, name) for name in FILTERS}, grouped=group_options)
    app.context_processor(template_context)


def translate(text: str, **values: object) -> Markup:
    """A message for a template; its mark-up is ours, every value is escaped."""
    found = Markup(translation.current_language().look_up(text))  # noqa: S704 (messages are ours; values are escaped when put in)
    return found % values if values else found


def translate_count(singular: str, plural: str, count: int, /, **values: object) -> Markup:
    """A counted message for a template."""
    found = Markup(translation.current_language().look_up_plural(singular, plural, count))  # noqa: S704 (as above)
    return found % {"count": count, **values}


def template_context() -> dict[str, object]:
    """What every template sees besides what its route gives it."""
    return {"language": translation.current_language(), "shell": layout.build_layout(), "private": False}
