"""The tables of the books: columns and constraints, without queries."""

from __future__ import annotations

from ledger.models.agreement import agreement, agreement_move
from ledger.models.balance import balance, hold
from ledger.models.chain import act, chain_head, seal
from ledger.models.chart import account, chart_line, decision, fund, programme, unit
from ledger.models.closing import period_balance, period_movement
from ledger.models.column_types import metadata
from ledger.models.community import community, party
from ledger.models.journal import entry_text, journal_entry, period, posting
from ledger.models.register import party_text, register_row
from ledger.models.status import standing

__all__ = [
    "account",
    "act",
    "agreement",
    "agreement_move",
    "balance",
    "chain_head",
    "chart_line",
    "community",
    "decision",
    "entry_text",
    "fund",
    "hold",
    "journal_entry",
    "metadata",
    "party",
    "party_text",
    "period",
    "period_balance",
    "period_movement",
    "posting",
    "programme",
    "register_row",
    "seal",
    "standing",
    "unit",
]
