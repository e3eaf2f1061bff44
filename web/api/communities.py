"""Communities: those that one belongs to, and what one of them says of itself."""

from __future__ import annotations

from typing import Any

import marshmallow as ma

from ledger.registers import communities
from ledger.registers.registry import ACCOUNTS
from web.api.blueprint import Operations
from web.database import open_books, open_connection
from web.identity import flask_security_adapter, logins, permissions

operations = Operations("communities", "Communities and their charts of accounts.")
api = operations.blueprint


class HeadSchema(ma.Schema):
    """The last link of the chain."""

    seq = ma.fields.Integer(required=True, metadata={"description": "The printed number of the last entry or act"})
    hash = ma.fields.String(required=True, metadata={"description": "64 hexadecimal digits"})


class CommunitySchema(ma.Schema):
    """A community, as its settings say."""

    slug = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    currency = ma.fields.String(required=True)
    timezone = ma.fields.String(required=True)
    language = ma.fields.String(required=True)
    head = ma.fields.Nested(HeadSchema, required=True)


class ShortSchema(ma.Schema):
    """A community by name."""

    slug = ma.fields.String(required=True)


class CommunitiesSchema(ma.Schema):
    """The communities that one belongs to."""

    communities = ma.fields.List(ma.fields.Nested(ShortSchema), required=True)


class AccountSchema(ma.Schema):
    """A line of the chart of accounts."""

    code = ma.fields.String(required=True)
    name = ma.fields.String(required=True)
    kind = ma.fields.String(required=True, metadata={"description": "asset, liability, equity, income or expense"})
    side = ma.fields.String(required=True, metadata={"description": "debit or credit: where it grows"})
    unit = ma.fields.String(required=True)
    clearing = ma.fields.Boolean(required=True, metadata={"description": "Comes to nought by the close"})
    cash = ma.fields.Boolean(required=True)


class AccountsSchema(ma.Schema):
    """The chart of accounts."""

    accounts = ma.fields.List(ma.fields.Nested(AccountSchema), required=True)


@operations.get("/communities", CommunitiesSchema)
@permissions.require_sign_in
def list_communities() -> dict[str, Any]:
    """The communities that one belongs to."""
    session = flask_security_adapter.current_session()
    if session is None:
        raise LookupError("nobody is signed in")
    with open_connection() as connection:
        return {
            "communities": [{"slug": place.slug} for place in logins.list_memberships(connection, session.login_id)]
        }


@operations.get("/communities/<slug>", CommunitySchema)
@permissions.require_member
def show_community(slug: str) -> dict[str, Any]:
    """One community, with the head of its chain."""
    with open_books(slug) as books:
        settings = communities.settings(books)
        head = {"seq": books.head.seq, "hash": books.head.hash.hex()}
    fields = {name: getattr(settings, name) for name in ("name", "currency", "timezone", "language")}
    return {"slug": slug, "head": head, **fields}


@operations.get("/communities/<slug>/accounts", AccountsSchema)
@permissions.require_member
def list_accounts(slug: str) -> dict[str, Any]:
    """The chart of accounts, in the order of the codes."""
    with open_books(slug) as books:
        accounts = ACCOUNTS.all(books)
    return {"accounts": [accounts[code] for code in sorted(accounts)]}
