"""The application, put together: walls first, then who may come in, then the pages that are found by walking."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from importlib.util import find_spec
from types import ModuleType

from flask import Flask
from werkzeug.routing import IntegerConverter

from ledger.database.unit_of_work import make_engine
from web import access, errors, languages, security, shell, wording
from web.identity import security as sign_in
from web.settings import Settings


class Number(IntegerConverter):
    """A number in an address. One that no table could hold is no page, not a fault."""

    regex = r"\d{1,9}"


def build(settings: Settings) -> Flask:
    """The application with these settings.

    Every module in `web/routes` and `web/api` is found by walking: its `install(app)` is called where it has one, its
    `bp` is registered, and its `PLACES` enter the contents of every page.
    """
    app = Flask("web")
    app.url_map.converters["int"] = Number
    app.extensions["settings"] = settings
    app.extensions["engine"] = make_engine(settings.database_url)
    languages.install(app, settings)
    security.install(app, settings)
    wording.install(app)
    sign_in.install(app)
    for module in walk():
        register(app, module)
    access.install(app)
    languages.settle(app, settings)
    errors.install(app)
    return app


def walk() -> Iterator[ModuleType]:
    """The modules that bring pages: the screens, then the API."""
    for package in (importlib.import_module(f"web.{name}") for name in ("routes", "api") if find_spec(f"web.{name}")):
        yield package
        for entry in sorted(pkgutil.iter_modules(package.__path__), key=lambda entry: entry.name):
            yield importlib.import_module(f"{package.__name__}.{entry.name}")


def register(app: Flask, module: ModuleType) -> None:
    """Take a module's pages into the application."""
    if hasattr(module, "install"):
        module.install(app)
    if hasattr(module, "bp"):
        app.register_blueprint(module.bp)
    shell.add_places(app, getattr(module, "PLACES", ()))
