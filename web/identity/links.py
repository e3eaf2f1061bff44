"""One-time links: handed over as a link, a QR code to scan, or a code to type; each works once.

The database stores hashes only. The maker of a printed sheet can show it again in the same session: its secrets are
derived from the session's reference, which the database does not hold either.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from web.models.identity import OneTimeLink, now

SET_UP, SIGN_IN, RESET = "set-up", "sign-in", "reset"
LIFETIMES = {SET_UP: dt.timedelta(days=7), SIGN_IN: dt.timedelta(days=14), RESET: dt.timedelta(days=3)}
CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""The characters of codes: none that look alike, and no vowels, so that no code spells a word."""
CODE_LENGTH = 8


@dataclass(frozen=True)
class Secret:
    """The secret of a link: a token for its address, and a code to type where there is no camera."""

    token: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code as it is printed: two groups of four."""
        return f"{self.code[:4]} {self.code[4:]}"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that is neither used nor expired; `draft` holds the answers of an unfinished set-up."""

    link_id: int
    token_hash: str
    purpose: str
    community_id: int | None
    party_id: int | None
    made_by: int | None
    expires_at: dt.datetime
    draft: Mapping[str, Any]


def random_secret() -> Secret:
    """A random secret."""
    return _derive_secret(secrets.token_bytes(32))


def sheet_secret(session_reference: str, sheet: str, party_id: int) -> Secret:
    """The secret of one person's slip on a printed sheet, derived from the session that made the sheet."""
    return _derive_secret(hmac.new(session_reference.encode(), f"{sheet}/{party_id}".encode(), hashlib.sha256).digest())


def _derive_secret(seed: bytes) -> Secret:
    remainder = int.from_bytes(hmac.new(seed, b"code", hashlib.sha256).digest(), "big")
    characters = []
    for _ in range(CODE_LENGTH):
        remainder, position = divmod(remainder, len(CODE_ALPHABET))
        characters.append(CODE_ALPHABET[position])
    return Secret(hmac.new(seed, b"token", hashlib.sha256).hexdigest(), "".join(characters))


def hash_secret(secret: Secret) -> dict[str, str]:
    """The hashes to store. They are slow to compute, so compute them before a transaction."""
    return {"token_hash": hash_token(secret.token), "code_hash": _hash_code(secret.code)}


def store(
    connection: Connection,
    hashes: Mapping[str, str],
    purpose: str,
    *,
    community_id: int | None = None,
    party_id: int | None = None,
    made_by: int | None = None,
    sheet: str | None = None,
) -> None:
    """Store a link and delete the person's earlier unused links; does nothing if this link is stored already."""
    stored = select(OneTimeLink.link_id).where(OneTimeLink.token_hash == hashes["token_hash"])
    if connection.scalar(stored) is not None:
        return
    if party_id is not None:
        same_party = (OneTimeLink.community_id == community_id, OneTimeLink.party_id == party_id)
        connection.execute(delete(OneTimeLink).where(*same_party, OneTimeLink.used_at.is_(None)))
    row: dict[str, Any] = {
        **hashes,
        "purpose": purpose,
        "community_id": community_id,
        "party_id": party_id,
        "made_by": made_by,
        "sheet": sheet,
    }
    row |= {"made_at": now(), "expires_at": now() + LIFETIMES[purpose]}
    connection.execute(insert(OneTimeLink).values(row))


def hash_token(token: str) -> str:
    """The hash of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _hash_code(code: str) -> str:
    """A slow hash: codes are short, and a stolen database must not reveal one before it expires."""
    return hashlib.scrypt(code.encode(), salt=b"hourstead.code.1", n=2**14, r=8, p=1).hex()[:64]


def find(connection: Connection, token: str) -> Link | None:
    """The link with this token; None if it is used, replaced or expired."""
    return find_by_hash(connection, hash_token(token))


def find_by_hash(connection: Connection, token_hash: str) -> Link | None:
    """The link with this hash of a token; None if it is used, replaced or expired."""
    return _find(connection, OneTimeLink.token_hash == token_hash)


def hash_typed_code(typed: str) -> str | None:
    """The hash of a typed code; capitals, spaces and hyphens do not matter. None if it is not a code."""
    code = "".join(character for character in typed.upper() if character.isalnum())
    return _hash_code(code) if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


def find_by_code(connection: Connection, code_hash: str) -> Link | None:
    """The link with this hash of a code, from `hash_typed_code`; None if it is used, replaced or expired."""
    return _find(connection, OneTimeLink.code_hash == code_hash)


def _find(connection: Connection, condition: Any) -> Link | None:
    columns = (
        OneTimeLink.link_id,
        OneTimeLink.token_hash,
        OneTimeLink.purpose,
        OneTimeLink.community_id,
        OneTimeLink.party_id,
        OneTimeLink.made_by,
        OneTimeLink.expires_at,
        OneTimeLink.draft,
    )
    query = select(*columns).where(condition, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
    row = connection.execute(query).first()
    return None if row is None else Link(**row._asdict() | {"draft": json.loads(row.draft or "{}")})


def find_by_sheet(connection: Connection, community_id: int, sheet: str) -> dict[int, Link]:
    """The usable links of a printed sheet, by the number of their person."""
    query = select(OneTimeLink.token_hash)
    query = query.where(OneTimeLink.community_id == community_id, OneTimeLink.sheet == sheet)
    sheet_links = [find_by_hash(connection, token_hash) for token_hash in connection.scalars(query)]
    return {link.party_id: link for link in sheet_links if link is not None and link.party_id is not None}


def open_link_expiries(connection: Connection, community_id: int) -> dict[int, dt.datetime]:
    """When the usable links of a community expire, by the number of their person."""
    query = select(OneTimeLink.party_id, OneTimeLink.expires_at).where(
        OneTimeLink.community_id == community_id,
        OneTimeLink.party_id.is_not(None),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now(),
    )
    return {party_id: expires_at for party_id, expires_at in connection.execute(query) if party_id is not None}


def find_last_maker(connection: Connection, community_id: int, party_id: int) -> tuple[int, dt.datetime] | None:
    """The maker of the link that a person used last, and when it was used; None if they used none."""
    query = select(OneTimeLink.made_by, OneTimeLink.used_at).where(
        OneTimeLink.community_id == community_id,
        OneTimeLink.party_id == party_id,
        OneTimeLink.used_at.is_not(None),
        OneTimeLink.made_by.is_not(None),
    )
    row = connection.execute(query.order_by(OneTimeLink.used_at.desc()).limit(1)).first()
    return None if row is None else (row.made_by, row.used_at)


def use(connection: Connection, link_id: int) -> bool:
    """Mark a link as used and delete its set-up draft; False if it is no longer usable."""
    usable = (OneTimeLink.link_id == link_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
    return connection.execute(update(OneTimeLink).where(*usable).values(used_at=now(), draft=None)).rowcount == 1


def store_draft(connection: Connection, link_id: int, draft: Mapping[str, Any]) -> None:
    """Store the answers so far of a set-up."""
    draft_json = json.dumps(draft, ensure_ascii=False)
    connection.execute(update(OneTimeLink).where(OneTimeLink.link_id == link_id).values(draft=draft_json))


def bind(connection: Connection, link_id: int, community_id: int, party_id: int | None = None) -> bool:
    """Bind a set-up link to the community it created, then to the person; False if it is bound already."""
    column = OneTimeLink.community_id if party_id is None else OneTimeLink.party_id
    change = {"community_id": community_id} | ({} if party_id is None else {"party_id": party_id})
    query = update(OneTimeLink).where(OneTimeLink.link_id == link_id, OneTimeLink.used_at.is_(None), column.is_(None))
    return connection.execute(query.values(change)).rowcount == 1
