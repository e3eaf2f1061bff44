"""One-time links: handed over by a person, as a link, a picture to scan, or a code to type; each works once.

The database keeps hashes only. A printed sheet can be shown again by whoever made it, in the same session: its
secrets are derived from that session's reference, which the database does not know either.
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
"""What codes are made of: nothing that looks like something else, and no vowels, so no words."""
CODE_LENGTH = 8


@dataclass(frozen=True)
class Secret:
    """What is handed over: a token for the link, and a code to type where there is no camera."""

    token: str
    code: str

    @property
    def spaced_code(self) -> str:
        """The code as it is printed: two groups of four."""
        return f"{self.code[:4]} {self.code[4:]}"


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link that can still be used."""

    link_id: int
    token_hash: str
    purpose: str
    community_id: int | None
    party_id: int | None
    made_by: int | None
    expires_at: dt.datetime
    draft: Mapping[str, Any]


def random_secret() -> Secret:
    """A secret of chance alone."""
    return _secret(secrets.token_bytes(32))


def sheet_secret(reference: str, sheet: str, party_id: int) -> Secret:
    """The secret of one person's slip on a sheet that was made in the session with this reference."""
    return _secret(hmac.new(reference.encode(), f"{sheet}/{party_id}".encode(), hashlib.sha256).digest())


def _secret(seed: bytes) -> Secret:
    number = int.from_bytes(hmac.new(seed, b"code", hashlib.sha256).digest(), "big")
    signs = []
    for _ in range(CODE_LENGTH):
        number, sign = divmod(number, len(CODE_ALPHABET))
        signs.append(CODE_ALPHABET[sign])
    return Secret(hmac.new(seed, b"token", hashlib.sha256).hexdigest(), "".join(signs))


def hash_secret(secret: Secret) -> dict[str, str]:
    """What is written down of a secret. It takes a moment, so it is worked out before any transaction."""
    return {"token_hash": hash_token(secret.token), "code_hash": _code_hash(secret.code)}


def store(
    connection: Connection,
    hashed: Mapping[str, str],
    purpose: str,
    *,
    community_id: int | None = None,
    party_id: int | None = None,
    made_by: int | None = None,
    sheet: str | None = None,
) -> None:
    """Write a link down; the person's earlier links stop working. The same one again changes nothing."""
    known = select(OneTimeLink.link_id).where(OneTimeLink.token_hash == hashed["token_hash"])
    if connection.scalar(known) is not None:
        return
    if party_id is not None:
        same = (OneTimeLink.community_id == community_id, OneTimeLink.party_id == party_id)
        connection.execute(delete(OneTimeLink).where(*same, OneTimeLink.used_at.is_(None)))
    row: dict[str, Any] = {
        **hashed,
        "purpose": purpose,
        "community_id": community_id,
        "party_id": party_id,
        "made_by": made_by,
        "sheet": sheet,
    }
    row |= {"made_at": now(), "expires_at": now() + LIFETIMES[purpose]}
    connection.execute(insert(OneTimeLink).values(row))


def hash_token(token: str) -> str:
    """What is written down of a link's token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(code: str) -> str:
    """Slow on purpose: a code is short, and a stolen file must not give it away within its days."""
    return hashlib.scrypt(code.encode(), salt=b"hourstead.code.1", n=2**14, r=8, p=1).hex()[:64]


def find(connection: Connection, token: str) -> Link | None:
    """The link with this token, unless it was used, replaced, or has run out."""
    return find_by_hash(connection, hash_token(token))


def find_by_hash(connection: Connection, hashed: str) -> Link | None:
    """A link that was found before, if it is still good."""
    return _find(connection, OneTimeLink.token_hash == hashed)


def hash_typed_code(typed: str) -> str | None:
    """What to look for when somebody types a code: case, spaces and hyphens do not matter; None when it is none."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    return _code_hash(code) if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


def find_by_code(connection: Connection, key: str) -> Link | None:
    """The link with this code, in the form that `hash_typed_code` gives."""
    return _find(connection, OneTimeLink.code_hash == key)


def _find(connection: Connection, same: Any) -> Link | None:
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
    query = select(*columns).where(same, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
    row = connection.execute(query).first()
    return None if row is None else Link(**row._asdict() | {"draft": json.loads(row.draft or "{}")})


def find_by_sheet(connection: Connection, community_id: int, sheet: str) -> dict[int, Link]:
    """By person, the links of a printed sheet that can still be used."""
    query = select(OneTimeLink.token_hash)
    query = query.where(OneTimeLink.community_id == community_id, OneTimeLink.sheet == sheet)
    found = [find_by_hash(connection, hashed) for hashed in connection.scalars(query)]
    return {link.party_id: link for link in found if link is not None and link.party_id is not None}


def open_link_expiries(connection: Connection, community_id: int) -> dict[int, dt.datetime]:
    """Who in a community holds a link that can still be used, and until when."""
    query = select(OneTimeLink.party_id, OneTimeLink.expires_at).where(
        OneTimeLink.community_id == community_id,
        OneTimeLink.party_id.is_not(None),
        OneTimeLink.used_at.is_(None),
        OneTimeLink.expires_at > now(),
    )
    return {party: until for party, until in connection.execute(query) if party is not None}


def find_last_maker(connection: Connection, community_id: int, party_id: int) -> tuple[int, dt.datetime] | None:
    """Who made the link that a person used last, and when it was used; None where they never used one."""
    query = select(OneTimeLink.made_by, OneTimeLink.used_at).where(
        OneTimeLink.community_id == community_id,
        OneTimeLink.party_id == party_id,
        OneTimeLink.used_at.is_not(None),
        OneTimeLink.made_by.is_not(None),
    )
    row = connection.execute(query.order_by(OneTimeLink.used_at.desc()).limit(1)).first()
    return None if row is None else (row.made_by, row.used_at)


def use(connection: Connection, link_id: int) -> bool:
    """Use a link up; False when somebody was quicker. What it held of a set-up is forgotten."""
    still = (OneTimeLink.link_id == link_id, OneTimeLink.used_at.is_(None), OneTimeLink.expires_at > now())
    return connection.execute(update(OneTimeLink).where(*still).values(used_at=now(), draft=None)).rowcount == 1


def store_draft(connection: Connection, link_id: int, draft: Mapping[str, Any]) -> None:
    """Keep what was filled in so far of a set-up."""
    words = json.dumps(draft, ensure_ascii=False)
    connection.execute(update(OneTimeLink).where(OneTimeLink.link_id == link_id).values(draft=words))


def bind(connection: Connection, link_id: int, community_id: int, party_id: int | None = None) -> bool:
    """Tie a set-up link to the community, then to the person, that it made; False when it is tied already."""
    column = OneTimeLink.community_id if party_id is None else OneTimeLink.party_id
    change = {"community_id": community_id} | ({} if party_id is None else {"party_id": party_id})
    query = update(OneTimeLink).where(OneTimeLink.link_id == link_id, OneTimeLink.used_at.is_(None), column.is_(None))
    return connection.execute(query.values(change)).rowcount == 1
