"""Load claims: the day each was made and the day it was answered, in the community's time zone."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from sqlalchemy import and_, select

from ledger.database.unit_of_work import ReadUnit
from ledger.models import agreement, agreement_move
from ledger.workflow.courses import CLAIM, CONFIRMED
from reports.data.dataset import Claim


def read_claims(reading: ReadUnit, timezone: str) -> tuple[Claim, ...]:
    """Every claim with its answer, as of the time the head of the chain was recorded."""
    recorded_at = reading.head.recorded_at
    assert recorded_at is not None  # a founded community has its first act
    same = and_(
        agreement_move.c.community_id == agreement.c.community_id,
        agreement_move.c.agreement_id == agreement.c.agreement_id,
    )
    columns = (agreement.c.agreement_id, agreement.c.opened_at, agreement_move.c.to_state, agreement_move.c.moved_at)
    query = select(*columns).join(agreement_move, same).where(agreement.c.community_id == reading.community_id)
    query = query.where(agreement.c.kind == CLAIM.kind, agreement_move.c.moved_at <= recorded_at)
    zone, claims = ZoneInfo(timezone), dict[int, Claim]()
    ordered = query.order_by(agreement_move.c.agreement_id, agreement_move.c.move_no)
    for number, opened_at, state, moved_at in reading.connection.execute(ordered):
        claims[number] = _claim(_day(opened_at, zone), state, _day(moved_at, zone))
    return tuple(claims.values())


def _claim(opened: dt.date, state: str, moved: dt.date) -> Claim:
    if state in CLAIM.open_states:
        return Claim(opened=opened)
    return Claim(opened=opened, confirmed=moved if state == CONFIRMED else None, closed=moved)


def _day(instant: str, zone: ZoneInfo) -> dt.date:
    return dt.datetime.fromisoformat(instant).astimezone(zone).date()
