"""A typed door to flask-smorest: blueprints whose operations say who may use them and what they answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow as ma
from flask_smorest import Blueprint

View = TypeVar("View", bound=Callable[..., Any])
_ELSE = {401: "Sign in first.", 404: "No such thing, or not yours to see.", 422: "A parameter is not understood."}


class Operations:
    """A group of operations under one tag."""

    def __init__(self, name: str, about: str) -> None:
        self.blueprint = Blueprint(f"api_{name}", f"web.api.{name}", description=about)

    def get(self, path: str, answer: type[ma.Schema], query: type[ma.Schema] | None = None) -> Callable[[View], View]:
        """Declare a reading operation: its path, the schema of its answer and of its query."""

        def declare(view: View) -> View:
            declared = self.blueprint.response(200, answer)(view)
            for status, words in _ELSE.items():
                declared = self.blueprint.alt_response(status, description=words)(declared)
            if query is not None:
                declared = self.blueprint.arguments(query, location="query", unknown=ma.RAISE)(declared)
            declared.access_rule = view.access_rule  # type: ignore[attr-defined]
            self.blueprint.route(path)(declared)
            return view

        return declare


class Strict(ma.Schema):
    """Takes the parameters it knows, and no others."""

    class Meta:
        """Marshmallow's own settings."""

        unknown = ma.RAISE
