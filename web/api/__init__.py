"""The reading API: the books as JSON under `/api/v1`, described by OpenAPI 3.1 at `/api/v1/openapi.json`."""

from __future__ import annotations

from typing import cast

import marshmallow as ma
from flask import Flask
from flask.typing import ResponseReturnValue
from flask_smorest import Api

from web.api import balances, communities, entries, reports
from web.identity import permissions

BLUEPRINTS = (communities.api, balances.api, entries.api, reports.api)


class RefusalSchema(ma.Schema):
    """Why something was not done: the rule's short name, a sentence, and for our own faults a reference word."""

    error = ma.fields.String(required=True, metadata={"description": "Short name of the rule, or the HTTP status"})
    message = ma.fields.String(required=True, metadata={"description": "What happened and what to do"})
    reference = ma.fields.String(allow_none=True, metadata={"description": "Finds a fault of ours in the log"})
    errors = ma.fields.Dict(metadata={"description": "What is wrong with each parameter"})


class BooksApi(Api):
    """flask-smorest with the application's own error responses."""

    ERROR_SCHEMA = RefusalSchema

    def _register_error_handlers(self) -> None:
        """Register none: `web.errors` answers the errors of pages and of the API."""


def install(app: Flask) -> None:
    """Add the API to an application."""
    app.config.update(
        API_TITLE="Hourstead",
        API_VERSION="v1",
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/api/v1",
        OPENAPI_JSON_PATH="openapi.json",
    )
    api = BooksApi(app, spec_kwargs={"info": {"description": __doc__}})
    cookie = {"type": "apiKey", "in": "cookie", "name": app.config["SESSION_COOKIE_NAME"]}
    api.spec.components.security_scheme("session", cookie)
    for blueprint in BLUEPRINTS:
        api.register_blueprint(blueprint, url_prefix="/api/v1")
    _allow_anyone(app, "api-docs.openapi_json")


def _allow_anyone(app: Flask, endpoint: str) -> None:
    """Let anyone read the API's description, which holds no data."""
    view = app.view_functions[endpoint]

    def show() -> ResponseReturnValue:
        return cast(ResponseReturnValue, view())

    app.view_functions[endpoint] = permissions.allow_anyone(show)
