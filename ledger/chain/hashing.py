"""The chain: one numbered link for each entry and act, each bound to the one before (docs/chain.md)."""

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
    """The one way to write a value down for hashing: a JSON array without white space, in UTF-8."""
    return _PLAIN.encode(value).encode()


def canonical_facts(facts: Mapping[str, Any]) -> str:
    """Facts as they are stored and hashed: JSON with sorted names and no white space."""
    return _SORTED.encode(dict(facts)) if facts else "{}"


def sha256(data: bytes) -> bytes:
    """The 32 bytes of SHA-256."""
    return hashlib.sha256(data).digest()


def genesis_hash(uid: str) -> bytes:
    """The hash that a community's chain begins from, at number 0."""
    return sha256(b"hourstead.chain.1" + uid.encode())


def link_hash(previous: bytes, seq: int, digest: bytes) -> bytes:
    """The hash of link number `seq`: it binds the digest to everything before it."""
    return hashlib.sha256(b"hourstead.link.1" + previous + seq.to_bytes(8, "big") + digest).digest()


def new_salt() -> bytes:
    """32 random bytes; without them a MAC says nothing about the words it was made from."""
    return os.urandom(32)


def text_mac(salt: bytes, uid: str, entry_id: int, part: str, body: str) -> bytes:
    """Binds erasable words to their entry; it stays when words and salt are erased."""
    said = f'["hourstead.text.1",{_quoted(uid)},{entry_id},{_quoted(part)},{_quoted(body)}]'
    return hmac.digest(salt, said.encode(), "sha256")


def name_mac(salt: bytes, uid: str, party_id: int, act_id: int, part: str, body: str) -> bytes:
    """Binds an erasable name to its owner and to the act that wrote it."""
    return hmac.digest(salt, canonical_json(["hourstead.name.1", uid, party_id, act_id, part, body]), "sha256")


def entry_digest(
    uid: str, entry: Row, texts: Sequence[tuple[str, bytes]], lines: Sequence[Row], leaves: Mapping[int, Sequence[Any]]
) -> bytes:
    """The digest of an entry with its texts' MACs and its lines, accounts spelled out (preimage 1)."""
    return entry_digest_of_values(
        uid,
        [_plain(entry[name]) for name in ENTRY_COLUMNS],
        texts,
        [[row[name] for name in LINE_COLUMNS] for row in lines],
        account_texts(leaves),
    )


def account_texts(leaves: Mapping[int, Sequence[Any]]) -> dict[int, str]:
    """Accounts as an entry's digest spells them out: number, chart line, unit, fund and owner, as JSON."""
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
    linked = ",".join(["null" if value is None else _json(value) for value in links])
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
        f"{_quoted(recorded_at)},{linked},{_quoted(privacy)},{_quoted(scope)},{_quoted(key)},"
        f'"{fingerprint.hex()}",{_quoted(facts)},[{macs}],[{moves}]]'.encode()
    ).digest()


def _json(value: str | int | None) -> str:
    if value is None:
        return "null"
    return _quoted(value) if isinstance(value, str) else f"{value:d}"


def act_digest(uid: str, act: Row) -> bytes:
    """The digest of an act: a deed that moves no value but must stand in the chain."""
    return sha256(canonical_json(["hourstead.act.1", uid, act["act_id"], *(_plain(act[name]) for name in ACT_COLUMNS)]))


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def seal_row(writing: WriteUnit, seq: int, subject: str, digest: bytes, previous: bytes) -> dict[str, Any]:
    """The next link as a row, not yet inserted."""
    return {
        "community_id": writing.community_id,
        "seq": seq,
        "subject": subject,
        "digest": digest,
        "prev_hash": previous,
        "hash": link_hash(previous, seq, digest),
    }


@contextmanager
def recording_act(
    writing: WriteUnit, kind: str, *, entered_by: int, facts: Mapping[str, Any], **targets: int | None
) -> Iterator[int]:
    """Write an act, let the block write the rows that belong to it, then seal it; gives the act's number.

    `targets` are `period_id`, `account_id`, `entry_id`, `decision_id`; the facts must be known beforehand.
    """
    seq = writing.head.seq + 1
    row: dict[str, Any] = {
        "community_id": writing.community_id,
        "act_id": seq,
        "kind": kind,
        **dict.fromkeys(("period_id", "account_id", "entry_id", "decision_id")),
        **targets,
        "entered_by": entered_by,
        "recorded_at": writing.now,
        "facts": canonical_facts(facts),
    }
    writing.connection.execute(_INSERT, row)
    yield seq
    append_seals(writing, [seal_row(writing, seq, ACT, act_digest(writing.uid, row), writing.head.hash)])


def append_act(
    writing: WriteUnit, kind: str, *, entered_by: int, facts: Mapping[str, Any], **targets: int | None
) -> int:
    """Write and seal an act that brings no rows of its own: close, reopen, limits, erase."""
    with recording_act(writing, kind, entered_by=entered_by, facts=facts, **targets) as seq:
        pass
    return seq


def append_seals(writing: WriteUnit, seals: Sequence[dict[str, Any]]) -> None:
    """Insert the seals of entries or acts, in order, and remember the new head."""
    write_statements.write_seals(
        writing.connection, [tuple(row[name] for name in write_statements.COLUMNS["seal"]) for row in seals]
    )
    writing.set_head(Head(seals[-1]["seq"], seals[-1]["hash"], writing.now))
