"""A journal line: one entry as JSON, with names and codes instead of ids."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from ledger.core import drafts
from ledger.kinds.general.journal import Journal

_PLAIN = json.JSONEncoder(ensure_ascii=False)
_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class PostingLine:
    """One posting of a journal line; the owner is a name, None for the community itself."""

    account: str
    unit: str
    fund: str
    amount: int
    owner: str | None = None
    programme: str | None = None
    quantity: drafts.Quantity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalLine:
    """One entry of a journal file; links are the keys of other entries."""

    key: str
    date: dt.date
    family: str
    kind: str = Journal.slug
    narration: str | None = None
    subject: str | None = None
    private: bool = False
    reverses: str | None = None
    corrects: str | None = None
    about: dt.date | None = None
    decision: str | None = None
    document: str | None = None
    postings: tuple[PostingLine, ...]


def as_json(line: JournalLine) -> dict[str, Any]:
    """The line as a JSON object: fields in the order of the format, empty ones left out."""
    members = {
        "key": line.key,
        "date": line.date.isoformat(),
        "family": line.family,
        "kind": line.kind,
        "narration": line.narration,
        "subject": line.subject,
        "private": line.private or None,
        "reverses": line.reverses,
        "corrects": line.corrects,
        "about": line.about.isoformat() if line.about else None,
        "decision": line.decision,
        "document": line.document,
        "postings": [_posting_as_json(posting) for posting in line.postings],
    }
    return {name: value for name, value in members.items() if value is not None}


def _posting_as_json(posting: PostingLine) -> dict[str, Any]:
    members: dict[str, Any] = {
        "account": posting.account,
        "unit": posting.unit,
        "fund": posting.fund,
        "amount": posting.amount,
    }
    if posting.owner is not None:
        members["owner"] = posting.owner
    if posting.programme is not None:
        members["programme"] = posting.programme
    if posting.quantity is not None:
        members["quantity"] = [quantity_number(posting.quantity.milli), posting.quantity.unit, posting.quantity.method]
    return members


def quantity_number(milli: int) -> int | float:
    """A quantity from thousandths: whole if possible, else with up to three decimals."""
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


def line_text(line: JournalLine) -> str:
    """The line as text for a journal file, without a line end."""
    return _PLAIN.encode(as_json(line))


def canonical_line(line: JournalLine) -> bytes:
    """The canonical form for the journal's digest: sorted keys, no white space, no texts of private entries."""
    members = as_json(line)
    if line.private:
        members.pop("narration", None)
        members.pop("subject", None)
    return _CANONICAL.encode(members).encode()
