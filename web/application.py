"""The application, put together: walls first, then who may come in, then the pages that are found by walking."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from flask import Flask
from jinja2 import FileSystemLoader
from werkzeug.routing import IntegerConverter

from ledger.database.engine import make_engine
from web import api, database, errors, pages, request_guards
from web.i18n import locale_negotiation
from web.identity import flask_security_adapter as sign_in
from web.identity import permissions
from web.settings import Settings
from web.shared import layout, template_globals

WEB_FOLDER = Path(__file__).parent


class BoundedIntegerConverter(IntegerConverter):
    """A number in an address. One that no table could hold is no page, not a fault."""

    regex = r"\d{1,9}"


def build_app(settings: Settings) -> Flask:
    """The application with these settings.

    Every `*_routes` module in `web/pages` and every module in `web/api` is found by walking: its `install(app)` is
    called where it has one, its `bp` is registered, and its `PLACES` enter the contents of every page.
    """
    app = Flask("web")
    app.jinja_loader = FileSystemLoader([WEB_FOLDER / "pages", WEB_FOLDER / "shared" / "templates"])
    app.url_map.converters["int"] = BoundedIntegerConverter
    app.extensions["settings"] = settings
    app.extensions["engine"] = make_engine(settings.database_url)
    locale_negotiation.install(app, settings)
    request_guards.install(app, settings)
    template_globals.install(app)
    sign_in.install(app)
    database.install(app)
    for module in import_modules():
        register_module(app, module)
    permissions.install(app)
    locale_negotiation.install_preferences(app, settings)
    errors.install(app)
    return app


def import_modules() -> Iterator[ModuleType]:
    """The modules that bring pages: the screens, then the API."""
    for name in sorted(name for _, name, _ in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")):
        if name.endswith("_routes"):
            yield importlib.import_module(name)
    yield api
    for entry in sorted(pkgutil.iter_modules(api.__path__), key=lambda entry: entry.name):
        yield importlib.import_module(f"{api.__name__}.{entry.name}")


def register_module(app: Flask, module: ModuleType) -> None:
    """Take a module's pages into the application."""
    if hasattr(module, "install"):
        module.install(app)
    if hasattr(module, "bp"):
        app.register_blueprint(module.bp)
    layout.add_places(app, getattr(module, "PLACES", ()))
