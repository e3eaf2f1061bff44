"""Builds the Flask application: request guards first, then sign-in and permissions, then pages and API."""

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
from web.identity import flask_security_adapter, permissions
from web.settings import Settings
from web.shared import layout, template_globals

WEB_FOLDER = Path(__file__).parent


class BoundedIntegerConverter(IntegerConverter):
    """A number in an address: at most nine digits. A longer one is answered with 404, not with a database error."""

    regex = r"\d{1,9}"


def build_app(settings: Settings) -> Flask:
    """The application with these settings.

    Imports every `*_routes` module in `web/pages` and every module in `web/api`. Of each module it calls
    `install(app)`, registers `bp` and adds `PLACES` to the navigation, where the module has them.
    """
    app = Flask("web")
    app.jinja_loader = FileSystemLoader([WEB_FOLDER / "pages", WEB_FOLDER / "shared" / "templates"])
    app.url_map.converters["int"] = BoundedIntegerConverter
    app.extensions["settings"] = settings
    app.extensions["engine"] = make_engine(settings.database_url)
    locale_negotiation.install(app, settings)
    request_guards.install(app, settings)
    template_globals.install(app)
    flask_security_adapter.install(app)
    database.install(app)
    for module in import_modules():
        register_module(app, module)
    permissions.install(app)
    locale_negotiation.install_preferences(app, settings)
    errors.install(app)
    return app


def import_modules() -> Iterator[ModuleType]:
    """Import the modules with endpoints: first the pages, then the API."""
    for name in sorted(name for _, name, _ in pkgutil.walk_packages(pages.__path__, f"{pages.__name__}.")):
        if name.endswith("_routes"):
            yield importlib.import_module(name)
    yield api
    for entry in sorted(pkgutil.iter_modules(api.__path__), key=lambda entry: entry.name):
        yield importlib.import_module(f"{api.__name__}.{entry.name}")


def register_module(app: Flask, module: ModuleType) -> None:
    """Add a module's endpoints and navigation items to the application."""
    if hasattr(module, "install"):
        module.install(app)
    if hasattr(module, "bp"):
        app.register_blueprint(module.bp)
    layout.add_places(app, getattr(module, "PLACES", ()))
