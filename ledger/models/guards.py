"""Guards: the triggers by which the database itself keeps the books. The migrations make them, `verify` counts them."""

from __future__ import annotations

from sqlalchemy import Connection, text

_KEPT = (
    "account act agreement agreement_move balance chain_head chart_line community decision entry_text fund hold "
    "journal_entry party party_text period posting programme register_row seal unit"
).split()
_FROZEN = "act agreement_move journal_entry posting register_row seal".split()
_IDENTITY = "account agreement chart_line community decision fund party programme unit".split()
_APPLIED = (
    "account_balance act_apply chain_head_insert entry_text_insert hold_end hold_insert party_text_insert period_insert "
    "posting_insert register_row_insert seal_insert"
).split()
_BY_HAND = "balance chain_head entry_text party_text period".split()
_ON_SQLITE = (
    "account_insert act_insert agreement_insert agreement_move_insert balance_held balance_insert balance_limits "
    "chart_line_insert community_insert decision_insert fund_insert hold_release hold_reserve journal_entry_insert "
    "party_insert programme_insert seal_apply seal_entry seal_reversal unit_insert"
).split()
_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
    "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()::regnamespace",
}


def expected(dialect: str) -> frozenset[str]:
    """The names of the guards that the books' database must hold, on `sqlite` or `postgresql`.

    `..._kept` refuses to delete, `..._whole` to empty a table, `..._frozen` and `..._identity` to change what stands,
    `..._by_hand` to write where only the database writes; the rest check or apply what is added.
    """
    both = {f"{table}_kept" for table in _KEPT} | {f"{table}_frozen" for table in _FROZEN}
    both |= {f"{table}_identity" for table in _IDENTITY} | {f"{table}_by_hand" for table in _BY_HAND} | set(_APPLIED)
    if dialect == "sqlite":
        return frozenset(both | set(_ON_SQLITE))
    return frozenset(both | {f"{table}_whole" for table in _KEPT})


def present(connection: Connection) -> frozenset[str]:
    """The names of the guards that the database holds and that are switched on."""
    return frozenset(connection.scalars(text(_PRESENT[connection.dialect.name])))
