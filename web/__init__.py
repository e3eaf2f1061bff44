"""The pages and the API: one Flask application over the books."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.settings import Settings

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["Settings", "create_app"]


def create_app(settings: Settings | None = None) -> Flask:
    """The application with the environment's settings, or with those given."""
    from web.application import build_app  # imported late: commands without pages start faster

    return build_app(settings or Settings.load())
