"""Typed wrapper of flask-smorest: blueprints whose operations declare schemas and keep their permission rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import marshmallow as ma
from flask_smorest import Blueprint

View = TypeVar("View", bound=Callable[..., Any])
_ERROR_DESCRIPTIONS = {
    401: "Sign in first.",
    404: "No such thing, or not yours to see.",
    422: "A parameter is not understood.",
}


class Operations:
    """A blueprint of operations under one tag."""

    def __init__(self, name: str, about: str) -> None:
        self.blueprint = Blueprint(f"api_{name}", f"web.api.{name}", description=about)

    def get(
        self, path: str, response_schema: type[ma.Schema], query_schema: type[ma.Schema] | None = None
    ) -> Callable[[View], View]:
        """Declare a GET operation: its path, and the schemas of its response and its query."""

        def declare(view: View) -> View:
            declared = self.blueprint.response(200, response_schema)(view)
            for status, description in _ERROR_DESCRIPTIONS.items():
                declared = self.blueprint.alt_response(status, description=description)(declared)
            if query_schema is not None:
                declared = self.blueprint.arguments(query_schema, location="query", unknown=ma.RAISE)(declared)
            declared.access_rule = view.access_rule  # type: ignore[attr-defined]
            self.blueprint.route(path)(declared)
            return view

        return declare
