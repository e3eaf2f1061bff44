"""The triggers that protect the books in the database. Migrations create them, `verify` checks that they exist."""

from __future__ import annotations

from sqlalchemy import Connection, text

from ledger.models.column_types import metadata

_CHANGEABLE_TABLES = frozenset("agreement balance chain_head community entry_text hold party_text period".split())
_IDENTITY_TABLES = ("agreement", "community")
_DATABASE_WRITTEN_TABLES = ("balance", "chain_head", "entry_text", "party_text", "period")
_TRIGGERS_ON_BOTH = (
    "account_balance act_apply balance_insert chain_head_insert entry_text_insert hold_end hold_insert "
    "journal_entry_insert party_text_insert period_balance_insert period_insert period_movement_insert posting_insert "
    "register_row_insert seal_insert seal_months standing_insert"
).split()
_TRIGGERS_ON_SQLITE = (
    "account_insert act_insert agreement_insert agreement_move_insert balance_held balance_limits chart_line_insert "
    "community_insert decision_insert fund_insert hold_release hold_reserve party_insert programme_insert seal_apply "
    "seal_entry seal_reversal unit_insert"
).split()
_SELECT_ACTIVE = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = 'public'::regnamespace "
    "UNION ALL SELECT relname || '_walled' FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid "
    "WHERE relrowsecurity AND polname = 'one_community' AND relname || '_kept' IN (SELECT tgname FROM pg_trigger)",
}


def expected(dialect: str) -> frozenset[str]:
    """The names of the triggers that the database must have, on `sqlite` or `postgresql`.

    `..._kept` refuses DELETE, `..._whole` TRUNCATE, `..._frozen` and `..._identity` UPDATE, `..._by_hand` any write
    to a table that only triggers write. `..._walled` stands for row-level security. The others check inserted rows or
    apply them.
    """
    tables = frozenset(metadata.tables)
    names = {f"{table}_kept" for table in tables} | {f"{table}_frozen" for table in tables - _CHANGEABLE_TABLES}
    names |= (
        {f"{table}_identity" for table in _IDENTITY_TABLES}
        | {f"{table}_by_hand" for table in _DATABASE_WRITTEN_TABLES}
        | set(_TRIGGERS_ON_BOTH)
    )
    if dialect == "sqlite":
        return frozenset(names | set(_TRIGGERS_ON_SQLITE))
    postgresql_only = {f"{table}_{guard}" for table in tables for guard in ("whole", "walled")}
    return frozenset(names | postgresql_only | {"community_begins"})


def active(connection: Connection) -> frozenset[str]:
    """The names of the triggers that exist in the database and are enabled."""
    return frozenset(connection.scalars(text(_SELECT_ACTIVE[connection.dialect.name])))
