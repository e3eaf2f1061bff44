"""Form receipts: a form sent twice is carried out once, and shows the first result again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from ledger.core.errors import KeyReused
from ledger.core.messages import make_message
from web.models.identity import FormReceipt, now

RETENTION = dt.timedelta(days=90)


def find_result(
    connection: Connection, community_id: int, key: str, content: Mapping[str, Any]
) -> dict[str, Any] | None:
    """The result of a form, None if it was not carried out yet; KeyReused if it had other content then."""
    query = select(FormReceipt.fingerprint, FormReceipt.result)
    row = connection.execute(query.where(*_key_condition(community_id, key))).first()
    if row is None:
        return None
    if row.fingerprint != _fingerprint(content):
        raise KeyReused(
            make_message(
                "This form was sent before with other answers. Open the page again and look what stands there."
            )
        )
    return dict(json.loads(row.result))


def get_result(connection: Connection, community_id: int, key: str) -> dict[str, Any] | None:
    """The result of a form, to show it again."""
    result = connection.scalar(select(FormReceipt.result).where(*_key_condition(community_id, key)))
    return None if result is None else dict(json.loads(result))


def store_result(
    connection: Connection, community_id: int, key: str, content: Mapping[str, Any], result: Mapping[str, Any]
) -> None:
    """Store the result of a form in the transaction that carries it out; deletes receipts past their retention."""
    expired = (FormReceipt.community_id == community_id, FormReceipt.made_at < now() - RETENTION)
    connection.execute(delete(FormReceipt).where(*expired))
    row = {"community_id": community_id, "form_key": key, "fingerprint": _fingerprint(content)}
    connection.execute(insert(FormReceipt).values(row | {"result": json.dumps(dict(result)), "made_at": now()}))


def _key_condition(community_id: int, key: str) -> tuple[Any, Any]:
    return FormReceipt.community_id == community_id, FormReceipt.form_key == key


def _fingerprint(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(dict(content), sort_keys=True, default=str).encode()).hexdigest()
