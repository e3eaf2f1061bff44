"""Identities: checks that what a draft names is in the community's lists, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Column, Select, Table, bindparam, select

from ledger.core import errors
from ledger.core.drafts import AccountKey
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.idempotency import chunks
from ledger.models import chart_line, decision, fund, party, programme, unit


def check_references(
    uow: UnitOfWork, leaves: Sequence[AccountKey], decisions: Sequence[str], programmes: Sequence[str]
) -> dict[str, int]:
    """The numbers of the decisions named; raises UnknownAccount, UnknownFund and so on for what is in no list."""
    if not (leaves or decisions or programmes):
        return {}
    _all_there(uow, chart_line, chart_line.c.code, {leaf.chart for leaf in leaves}, errors.UnknownAccount, _ACCOUNT)
    _all_there(uow, fund, fund.c.code, {leaf.fund for leaf in leaves}, errors.UnknownFund, _FUND)
    _all_there(uow, unit, unit.c.code, {leaf.unit for leaf in leaves}, errors.UnknownAccount, _UNIT)
    _all_there(uow, party, party.c.party_id, {leaf.owner for leaf in leaves}, errors.UnknownMember, _PARTY)
    _all_there(uow, programme, programme.c.code, set(programmes), errors.UnknownProgramme, _PROGRAMME)
    return _decisions(uow, decisions)


_ACCOUNT = N_("There is no account “%(code)s” in the chart of accounts.")
_FUND = N_("There is no fund “%(code)s”.")
_UNIT = N_("Nothing is counted in “%(code)s” here.")
_PARTY = N_("There is nobody with the number %(code)s in this community.")
_PROGRAMME = N_("There is no programme “%(code)s”.")
_DECISION = N_("There is no decision “%(code)s”.")


def _all_there(
    uow: UnitOfWork,
    table: Table,
    column: Column[Any],
    wanted: Iterable[Any],
    error: type[errors.LedgerError],
    words: str,
) -> None:
    codes = sorted(set(wanted))
    there: set[Any] = set()
    for some in chunks(codes):
        there |= set(uow.connection.scalars(_there(table, column), {"community": uow.community_id, "some": some}))
    for code in codes:
        if code not in there:
            raise error(make_message(words, code=code))


@cache
def _there(table: Table, column: Column[Any]) -> Select[Any]:
    here = table.c.community_id == bindparam("community")
    return select(column).where(here, column.in_(bindparam("some", expanding=True)))


def _decisions(uow: UnitOfWork, codes: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in chunks(codes):
        query = select(decision.c.code, decision.c.decision_id)
        query = query.where(decision.c.community_id == uow.community_id, decision.c.code.in_(some))
        found |= {row.code: row.decision_id for row in uow.connection.execute(query)}
    for code in codes:
        if code not in found:
            raise errors.UnknownDecision(make_message(_DECISION, code=code))
    return found
