"""The least a program has to do to keep the same rows: plain tables, the bare driver, no guards and no chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Engine

from ledger.drafts import EntryDraft

TABLES = (
    "CREATE TABLE limit_entry (id BIGINT PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, narration TEXT)",
    """CREATE TABLE limit_posting (entry BIGINT NOT NULL REFERENCES limit_entry, line INTEGER NOT NULL,
       account TEXT NOT NULL, amount BIGINT NOT NULL, PRIMARY KEY (entry, line))""",
    "CREATE INDEX limit_posting_account ON limit_posting (account, entry)",
    "CREATE TABLE limit_balance (account TEXT PRIMARY KEY, amount BIGINT NOT NULL)",
)
ENTRY = "INSERT INTO limit_entry (id, day, kind, narration) VALUES (?, ?, ?, ?)"
POSTING = "INSERT INTO limit_posting (entry, line, account, amount) VALUES (?, ?, ?, ?)"
BALANCE = (
    "INSERT INTO limit_balance (account, amount) VALUES (?, ?) "
    "ON CONFLICT (account) DO UPDATE SET amount = limit_balance.amount + excluded.amount"
)


class Plain:
    """Entries, lines and balances in tables that check nothing."""

    def __init__(self, engine: Engine) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        self._connection = engine.raw_connection()
        self._numbers = count(1)
        for sentence in TABLES:
            self._connection.cursor().execute(sentence)
        self._connection.commit()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def post(self, drafts: Sequence[EntryDraft]) -> int:
        """Keep entries with their lines and balances, in one transaction."""
        rows = list(zip(self._numbers, drafts, strict=False))
        lines = [(number, *line) for number, draft in rows for line in _lines(draft)]
        moved = Counter[str]()
        for _, _, account, amount in lines:
            moved[account] += amount
        cursor = self._connection.cursor()
        if self._sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        heads = [(number, str(draft.effective_on), draft.kind, draft.narration) for number, draft in rows]
        for sentence, values in ((ENTRY, heads), (POSTING, lines), (BALANCE, sorted(moved.items()))):
            cursor.executemany(self._marked(sentence), values)
        self._connection.commit()
        return len(rows)

    def read(self, sentence: str, *values: object) -> list[Any]:
        """Every row of a question."""
        cursor = self._connection.cursor()
        cursor.execute(self._marked(sentence), values)
        found = list(cursor.fetchall())
        self._connection.commit()
        return found

    def _marked(self, sentence: str) -> str:
        return sentence if self._sqlite else sentence.replace("?", "%s")


def account_of(owner: int, chart: str) -> str:
    """An account's name in the plain tables."""
    return f"{chart}/{owner}"


def _lines(draft: EntryDraft) -> Iterator[tuple[int, str, int]]:
    for place, line in enumerate(draft.postings, 1):
        yield place, account_of(line.leaf.owner, line.leaf.chart), line.amount
