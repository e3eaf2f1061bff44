"""Create the books: communities, chart, chain, journal, balances, agreements and registers, each with its guards."""

from __future__ import annotations

from pathlib import Path

from alembic import op

from migrations import sql_files

revision = "0001_create_books"
down_revision = None

IDEAS = ("communities", "chart", "chain", "agreements", "journal", "balances", "registers")
TABLES = (
    "party_text register_row hold balance entry_text posting journal_entry period agreement_move agreement act "
    "chain_head seal account decision programme chart_line fund unit party community"
).split()
FUNCTIONS = (
    "account_balance act_apply act_erase append_only chain_head_insert community_begins entry_text_insert "
    "hold_change identity_kept journal_entry_insert party_text_insert period_insert posting_insert refuse "
    "refuse_by_hand register_row_insert seal_insert whole"
).split()


def upgrade() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    sql_files.run(Path(__file__).with_suffix(""), *IDEAS, *(["sealing"] if postgresql else []))


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        for function in FUNCTIONS:
            op.execute(f"DROP FUNCTION {function}")
