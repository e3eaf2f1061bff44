"""Nothing is asked for that nobody uses."""

from __future__ import annotations

import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.house.source import CODE, ROOT, imports, modules

# What is used without being imported by name, and by whom.
UNNAMED = {
    "argon2-cffi": "passlib, for passwords",
    "gunicorn": "web.commands.serve, by its name",
    "psycopg": "SQLAlchemy, for PostgreSQL",
    "tzdata": "zoneinfo, where the system has no time zones",
    "uharfbuzz": "reportlab, to shape words",
}


def asked_for(name: str) -> list[str]:
    """Name what a requirements file asks for itself."""
    lines = (ROOT / name).read_text().splitlines()
    return [re.split(r"[\[~=<>;]", line)[0].strip().lower() for line in lines if re.match(r"\w", line)]


def used(*tops: str) -> set[str]:
    """Name the distributions that are imported under some folders."""
    roots = {name.partition(".")[0] for module in modules(*tops) for name in imports(module)}
    known = packages_distributions()
    found = {distribution for root in roots - set(sys.stdlib_module_names) for distribution in known.get(root, ())}
    return {name.lower().replace("_", "-") for name in found}


def test_every_requirement_is_imported_by_the_code() -> None:
    wanted = asked_for("requirements.in")
    assert len(wanted) > 10
    assert sorted(set(wanted) - used(*CODE, "migrations") - set(UNNAMED)) == []


@pytest.mark.parametrize("name", sorted(UNNAMED))
def test_what_is_not_imported_is_still_asked_for(name: str) -> None:
    assert name in asked_for("requirements.in")


def test_nothing_is_imported_that_only_others_ask_for() -> None:
    lent = {"flask-login", "libpass", "markupsafe", "werkzeug"}  # Flask's own, and Flask-Security's
    asked = set(asked_for("requirements.in"))
    assert {name for name in used(*CODE, "migrations") if name not in asked} <= lent | {"hourstead"}
