"""Hashing of the chain: one numbered link for each entry and act, linked to the one before (docs/chain.md)."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from json.encoder import encode_basestring as _quoted
from typing import Any

from sqlalchemy import insert

from ledger.database import write_statements
from ledger.database.unit_of_work import Head, WriteUnit
from ledger.models import act as act_table

ENTRY, ACT = "E", "A"
_PLAIN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False)
_SORTED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False, sort_keys=True)
ENTRY_COLUMNS = (
    "entry_id kind family effective_on period_id recorded_at about_on entered_by on_behalf_of confirmed_by decision_id "
    "reverses corrects agreement_id document privacy idem_scope idem_key fingerprint facts"
).split()
LINE_COLUMNS = "line account_id programme amount quantity_milli quantity_unit method".split()
ACT_COLUMNS = "kind period_id account_id entry_id entered_by decision_id recorded_at facts".split()

_INSERT = insert(act_table)

Row = Mapping[str, Any]


def canonical_json(value: Sequence[Any]) -> bytes:
    """The canonical form of a value for hashing: a JSON array without white space, in UTF-8."""
    return _PLAIN.encode(value).encode()


def canonical_facts(facts: Mapping[str, Any]) -> str:
    """Facts as they are stored and hashed: JSON with sorted keys and no white space."""
    return _SORTED.encode(dict(facts)) if facts else "{}"


def sha256(data: bytes) -> bytes:
    """The 32 bytes of SHA-256."""
    return hashlib.sha256(data).digest()


def genesis_hash(uid: str) -> bytes:
    """The hash at number 0, where a community's chain begins."""
    return sha256(b"hourstead.chain.1" + uid.encode())


def link_hash(previous: bytes, seq: int, digest: bytes) -> bytes:
    """The hash of link number `seq`: it covers the digest and all links before it."""
    return hashlib.sha256(b"hourstead.link.1" + previous + seq.to_bytes(8, "big") + digest).digest()


def new_salt() -> bytes:
    """32 random bytes; without them a MAC reveals nothing about its text."""
    return os.urandom(32)


def text_mac(salt: bytes, uid: str, entry_id: int, part: str, body: str) -> bytes:
    """A MAC that binds an erasable text to its entry; it is kept when text and salt are erased."""
    message = f'["hourstead.text.1",{_quoted(uid)},{entry_id},{_quoted(part)},{_quoted(body)}]'
    return hmac.digest(salt, message.encode(), "sha256")


def name_mac(salt: bytes, uid: str, party_id: int, act_id: int, part: str, body: str) -> bytes:
    """A MAC that binds an erasable name to its party and to the act that wrote it."""
    return hmac.digest(salt, canonical_json(["hourstead.name.1", uid, party_id, act_id, part, body]), "sha256")


def entry_digest(
    uid: str, entry: Row, texts: Sequence[tuple[str, bytes]], lines: Sequence[Row], leaves: Mapping[int, Sequence[Any]]
) -> bytes:
    """The digest of an entry from rows: its columns, the MACs of its texts, and its lines with their accounts."""
    return entry_digest_of_values(
        uid,
        [_plain(entry[name]) for name in ENTRY_COLUMNS],
        texts,
        [[row[name] for name in LINE_COLUMNS] for row in lines],
        account_texts(leaves),
    )


def account_texts(leaves: Mapping[int, Sequence[Any]]) -> dict[int, str]:
    """Accounts in the form of the entry digest: number, chart line, unit, fund and owner, as JSON."""
    return {number: ",".join(map(_json, (number, *leaf))) for number, leaf in leaves.items()}


def entry_digest_of_values(
    uid: str,
    entry: Sequence[Any],
    texts: Iterable[tuple[str, bytes]],
    lines: Iterable[Sequence[Any]],
    accounts: Mapping[int, str],
) -> bytes:
    """The digest of an entry from bare values, in the order of ENTRY_COLUMNS and LINE_COLUMNS.

    `accounts` are the texts of `account_texts`. The JSON is written by hand for speed, as this runs for every
    entry that is posted or checked; `canonical_json` gives the same bytes.
    """
    number, kind, family, day, month, recorded_at, *links, privacy, scope, key, fingerprint, facts = entry
    link_texts = ",".join(["null" if value is None else _json(value) for value in links])
    macs = ",".join([f'[{_quoted(part)},"{mac.hex()}"]' for part, mac in texts])
    moves = ",".join(
        [
            f"[{line},{accounts[account]},null,{amount},null,null,null]"
            if programme is milli is unit is method is None
            else f"[{line},{accounts[account]},{_json(programme)},{amount},"
            f"{_json(milli)},{_json(unit)},{_json(method)}]"
            for line, account, programme, amount, milli, unit, method in lines
        ]
    )
    return hashlib.sha256(
        f'["hourstead.entry.1",{_quoted(uid)},{number},{_quoted(kind)},{_quoted(family)},{_quoted(day)},{month},'
        f"{_quoted(recorded_at)},{link_texts},{_quoted(privacy)},{_quoted(scope)},{_quoted(key)},"
        f'"{fingerprint.hex()}",{_quoted(facts)},[{macs}],[{moves}]]'.encode()
    ).digest()


def _json(value: str | int | None) -> str:
    if value is None:
        return "null"
    return _quoted(value) if isinstance(value, str) else f"{value:d}"


def act_digest(uid: str, act: Row) -> bytes:
    """The digest of an act: a change in the chain that posts no amount."""
    return sha256(canonical_json(["hourstead.act.1", uid, act["act_id"], *(_plain(act[name]) for name in ACT_COLUMNS)]))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def seal_row(uow: WriteUnit, seq: int, subject: str, digest: bytes, previous: bytes) -> dict[str, Any]:
    """The row of the next link, not inserted yet."""
    return {
        "community_id": uow.community_id,
        "seq": seq,
        "subject": subject,
        "digest": digest,
        "prev_hash": previous,
        "hash": link_hash(previous, seq, digest),
    }


@contextmanager
def recording_act(
    uow: WriteUnit, kind: str, *, entered_by: int, facts: Mapping[str, Any], **targets: int | None
) -> Iterator[int]:
    """Insert an act, let the block insert the rows that belong to it, then seal it; yields the act's number.

    `targets` are `period_id`, `account_id`, `entry_id` and `decision_id`. The facts must be complete before the block.
    """
    seq = uow.head.seq + 1
    row: dict[str, Any] = {
        "community_id": uow.community_id,
        "act_id": seq,
        "kind": kind,
        **dict.fromkeys(("period_id", "account_id", "entry_id", "decision_id")),
        **targets,
        "entered_by": entered_by,
        "recorded_at": uow.now,
        "facts": canonical_facts(facts),
    }
    uow.connection.execute(_INSERT, row)
    yield seq
    append_seals(uow, [seal_row(uow, seq, ACT, act_digest(uow.uid, row), uow.head.hash)])


def append_act(uow: WriteUnit, kind: str, *, entered_by: int, facts: Mapping[str, Any], **targets: int | None) -> int:
    """Insert and seal an act without rows of its own: close, reopen, limits, erase."""
    with recording_act(uow, kind, entered_by=entered_by, facts=facts, **targets) as seq:
        pass
    return seq


def append_seals(uow: WriteUnit, seals: Sequence[dict[str, Any]]) -> None:
    """Insert the seals of entries or acts in order, and set the new head."""
    write_statements.write_seals(
        uow.connection, [tuple(row[name] for name in write_statements.COLUMNS["seal"]) for row in seals]
    )
    uow.set_head(Head(seals[-1]["seq"], seals[-1]["hash"], uow.now))
