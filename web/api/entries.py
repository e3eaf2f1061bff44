"""Entries as JSON, page by page; the cursor is the number before which a page begins."""

from __future__ import annotations

from typing import Any

import marshmallow as ma
from flask import abort

from ledger.journal import queries
from ledger.journal.queries import Entry, EntryFilter
from web.api.blueprint import Operations
from web.database import open_books
from web.identity import permissions
from web.pages.entries.entries_view import may_see, sees_whole
from web.shared.fields import StrictSchema
from web.shared.labels import Labels

operations = Operations("entries", "Entries of the journal.")
api = operations.blueprint
FILTERS = ("first", "last", "kind", "family", "chart", "fund", "programme", "unit", "document")


class QuerySchema(StrictSchema):
    """Which entries, and which page of them."""

    before = ma.fields.Integer(
        load_default=None,
        validate=ma.validate.Range(1, 2**53),
        metadata={"description": "The cursor of the page before"},
    )
    limit = ma.fields.Integer(load_default=50, validate=ma.validate.Range(1, 200))
    first = ma.fields.Date(metadata={"description": "Done on this day or later"})
    last = ma.fields.Date(metadata={"description": "Done on this day or earlier"})
    kind = ma.fields.String()
    family = ma.fields.String()
    chart = ma.fields.String(metadata={"description": "Code of an account"})
    fund = ma.fields.String()
    programme = ma.fields.String()
    unit = ma.fields.String()
    document = ma.fields.String()


class QuantitySchema(ma.Schema):
    """How much of a thing a line is about, in whole thousandths."""

    milli = ma.fields.Integer(required=True)
    unit = ma.fields.String(required=True)
    method = ma.fields.String(required=True)


class LineSchema(ma.Schema):
    """One posting; whole minor units, debit positive."""

    account = ma.fields.String(required=True)
    unit = ma.fields.String(required=True)
    fund = ma.fields.String(required=True)
    owner = ma.fields.String(required=True, allow_none=True)
    programme = ma.fields.String(required=True, allow_none=True)
    amount = ma.fields.Integer(required=True)
    quantity = ma.fields.Nested(QuantitySchema, required=True, allow_none=True)


class EntrySchema(ma.Schema):
    """One entry. Of a private one its owners see their own lines."""

    number = ma.fields.Integer(required=True)
    kind = ma.fields.String(required=True)
    family = ma.fields.String(required=True)
    date = ma.fields.Date(required=True)
    recorded_at = ma.fields.String(required=True)
    private = ma.fields.Boolean(required=True)
    narration = ma.fields.String(required=True, allow_none=True)
    document = ma.fields.String(required=True, allow_none=True)
    decision = ma.fields.String(required=True, allow_none=True)
    reverses = ma.fields.Integer(required=True, allow_none=True)
    reversed_by = ma.fields.Integer(required=True, allow_none=True)
    corrects = ma.fields.Integer(required=True, allow_none=True)
    hash = ma.fields.String(required=True)
    postings = ma.fields.List(ma.fields.Nested(LineSchema), required=True)


class EntriesSchema(ma.Schema):
    """A page of entries, newest number first."""

    entries = ma.fields.List(ma.fields.Nested(EntrySchema), required=True)
    next = ma.fields.Integer(required=True, allow_none=True, metadata={"description": "`before` of the next page"})


@operations.get("/communities/<slug>/entries", EntriesSchema, QuerySchema)
@permissions.require_member
def list_entries(query: dict[str, Any], slug: str) -> dict[str, Any]:
    """Entries, newest number first: for who keeps or checks the books all, for a member what is open to them."""
    member = permissions.current_member()
    seen_by = None if permissions.may_read_all() else member.party_id
    entry_filter = EntryFilter(**{name: query[name] for name in FILTERS if name in query}, seen_by=seen_by)
    with open_books(slug) as books:
        labels = Labels.of(books)
        page = queries.entries(books, entry_filter, query["before"], query["limit"])
    return {"entries": [entry_data(entry, labels) for entry in page.entries], "next": page.before}


@operations.get("/communities/<slug>/entries/<int:number>", EntrySchema)
@permissions.require_member
def show_entry(slug: str, number: int) -> dict[str, Any]:
    """One entry by its printed number."""
    with open_books(slug) as books:
        entry, labels = queries.entry(books, number), Labels.of(books)
    if not may_see(permissions.current_member(), entry):
        abort(404)
    return entry_data(entry, labels)


def entry_data(entry: Entry, labels: Labels) -> dict[str, Any]:
    """The data of an entry that the member may see; of a private entry members get their own lines only."""
    member = permissions.current_member()
    lines = [line for line in entry.lines if sees_whole(member, entry) or line.leaf.owner == member.party_id]
    fields = "kind family recorded_at document decision reverses reversed_by corrects".split()
    return {
        **{name: getattr(entry, name) for name in fields},
        "number": entry.entry_id,
        "date": entry.effective_on,
        "private": entry.privacy == "private",
        "narration": entry.narration,
        "hash": entry.hash.hex(),
        "postings": [_line_data(line, labels) for line in lines],
    }


def _line_data(line: queries.Line, labels: Labels) -> dict[str, Any]:
    return {
        "account": line.leaf.chart,
        "unit": line.leaf.unit,
        "fund": line.leaf.fund,
        "owner": labels.person(line.leaf.owner) if line.leaf.owner else None,
        "programme": line.programme,
        "amount": line.amount,
        "quantity": line.quantity,
    }
