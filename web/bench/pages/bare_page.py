"""The limit of page benchmarks: a Flask page with one query of fifty rows, one template, and a given size."""

from __future__ import annotations

from flask import Flask, render_template
from jinja2 import DictLoader
from sqlalchemy import Engine, create_engine, make_url, select

from ledger.models import community, journal_entry
from web.bench.fixtures import SLUG

ROWS = 50
TEMPLATE = """<!doctype html>
<html lang="en"><title>Entries</title><table>
{% for row in rows %}<tr><td>{{ row.entry_id }}</td><td>{{ row.effective_on }}</td><td>{{ row.kind }}</td></tr>
{% endfor %}</table></html>
"""


def make_bare_app(database_url: str) -> Flask:
    """An application with one page: `/SIZE` shows the newest entries, padded to that many bytes."""
    app = Flask("bare")
    app.jinja_loader = DictLoader({"bare.html": TEMPLATE})
    engine = app.extensions["engine"] = _engine(database_url)
    community_id = select(community.c.community_id).where(community.c.slug == SLUG).scalar_subquery()
    query = (
        select(journal_entry.c.entry_id, journal_entry.c.effective_on, journal_entry.c.kind)
        .where(journal_entry.c.community_id == community_id)
        .order_by(journal_entry.c.entry_id.desc())
        .limit(ROWS)
    )

    @app.get("/<int:size>")
    def show(size: int) -> str:
        with engine.connect() as connection:
            rows = connection.execute(query).all()
        return render_template("bare.html", rows=rows).ljust(size)

    return app


def _engine(database_url: str) -> Engine:
    """A plain SQLAlchemy engine, without the guards of the books."""
    address = make_url(database_url)
    if address.get_backend_name() == "postgresql":
        address = address.set(drivername="postgresql+psycopg")
    return create_engine(address)
