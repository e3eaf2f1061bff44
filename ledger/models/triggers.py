"""Guards: the triggers by which the database itself keeps the books. The migrations make them, `verify` counts them."""

from __future__ import annotations

from sqlalchemy import Connection, text

from ledger.models.column_types import metadata

_MAY_CHANGE = frozenset("agreement balance chain_head community entry_text hold party_text period".split())
_IDENTITY = ("agreement", "community")
_BY_HAND = ("balance", "chain_head", "entry_text", "party_text", "period")
_BOTH = (
    "account_balance act_apply balance_insert chain_head_insert entry_text_insert hold_end hold_insert "
    "journal_entry_insert party_text_insert period_balance_insert period_insert period_movement_insert posting_insert "
    "register_row_insert seal_insert seal_months standing_insert"
).split()
_SQLITE = (
    "account_insert act_insert agreement_insert agreement_move_insert balance_held balance_limits chart_line_insert "
    "community_insert decision_insert fund_insert hold_release hold_reserve party_insert programme_insert seal_apply "
    "seal_entry seal_reversal unit_insert"
).split()
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = 'public'::regnamespace "
    "UNION ALL SELECT relname || '_walled' FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
    "WHERE relrowsecurity AND polname = 'one_community' AND relname || '_kept' IN (SELECT tgname FROM pg_trigger)",
}


def expected(dialect: str) -> frozenset[str]:
    """The names of the guards that the books' database must hold, on `sqlite` or `postgresql`.

    `..._kept` refuses to delete, `..._whole` to empty a table, `..._frozen` and `..._identity` to change what stands,
    `..._by_hand` to write where only the database writes, `..._walled` to show rows of another community; the rest
    check what is added, or apply it.
    """
    tables = frozenset(metadata.tables)
    both = {f"{table}_kept" for table in tables} | {f"{table}_frozen" for table in tables - _MAY_CHANGE}
    both |= {f"{table}_identity" for table in _IDENTITY} | {f"{table}_by_hand" for table in _BY_HAND} | set(_BOTH)
    if dialect == "sqlite":
        return frozenset(both | set(_SQLITE))
    walls = {f"{table}_{guard}" for table in tables for guard in ("whole", "walled")}
    return frozenset(both | walls | {"community_begins"})


def present(connection: Connection) -> frozenset[str]:
    """The names of the guards that the database holds and that are switched on."""
    return frozenset(connection.scalars(text(_PRESENT[connection.dialect.name])))
