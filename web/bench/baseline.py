"""The least a program has to do to keep the same rows: plain tables, the bare driver, no guards and no chain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Engine

from ledger.core.drafts import EntryDraft
from ledger.core.periods import Month

TABLES = (
    "CREATE TABLE limit_entry (id BIGINT PRIMARY KEY, day TEXT NOT NULL, kind TEXT NOT NULL, narration TEXT)",
    """CREATE TABLE limit_posting (entry BIGINT NOT NULL REFERENCES limit_entry, line INTEGER NOT NULL,
       account TEXT NOT NULL, day TEXT NOT NULL, month INTEGER NOT NULL, fund TEXT NOT NULL, programme TEXT,
       amount BIGINT NOT NULL, PRIMARY KEY (entry, line))""",
    "CREATE INDEX limit_posting_account ON limit_posting (account, day, entry, line)",
    "CREATE INDEX limit_posting_month ON limit_posting (month, account)",
    "CREATE TABLE limit_balance (account TEXT PRIMARY KEY, amount BIGINT NOT NULL)",
    """CREATE TABLE limit_closing (month INTEGER NOT NULL, account TEXT NOT NULL, amount BIGINT NOT NULL,
       PRIMARY KEY (month, account))""",
)
INSERT_ENTRY = "INSERT INTO limit_entry (id, day, kind, narration) VALUES (?, ?, ?, ?)"
INSERT_POSTING = """INSERT INTO limit_posting (entry, line, account, day, month, fund, programme, amount)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
UPSERT_BALANCE = (
    "INSERT INTO limit_balance (account, amount) VALUES (?, ?) "
    "ON CONFLICT (account) DO UPDATE SET amount = limit_balance.amount + excluded.amount"
)
INSERT_CLOSING = "INSERT INTO limit_closing (month, account, amount) SELECT ?, account, amount FROM limit_balance"
COPY_COLUMNS = {
    "limit_entry": "id, day, kind, narration",
    "limit_posting": "entry, line, account, day, month, fund, programme, amount",
}
POST_FUNCTION = """CREATE FUNCTION limit_post(entry bigint, day text, kind text, narration text, month integer,
accounts text[], funds text[], programmes text[], amounts bigint[]) RETURNS void LANGUAGE sql AS $$
INSERT INTO limit_entry VALUES ($1, $2, $3, $4);
INSERT INTO limit_posting SELECT $1, x.line, x.account, $2, $5, x.fund, x.programme, x.amount
FROM unnest($6, $7, $8, $9) WITH ORDINALITY AS x(account, fund, programme, amount, line);
INSERT INTO limit_balance SELECT x.account, x.amount FROM unnest($6, $9) AS x(account, amount) ORDER BY 1
ON CONFLICT (account) DO UPDATE SET amount = limit_balance.amount + excluded.amount $$"""
"""Everything about one entry in one round trip."""


class PlainTables:
    """Entries, lines and balances in tables that check nothing."""

    def __init__(self, engine: Engine) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        self._connection: Any = engine.raw_connection()
        self._numbers = count(1)
        for sentence in TABLES if self._sqlite else (*TABLES, POST_FUNCTION):
            self._connection.cursor().execute(sentence)
        self._connection.commit()

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def post(self, drafts: Sequence[EntryDraft]) -> int:
        """Keep entries with their lines and balances, in one transaction, the quickest way that the engine has."""
        rows = list(zip(self._numbers, drafts, strict=False))
        heads = [(number, str(draft.effective_on), draft.kind, draft.narration) for number, draft in rows]
        lines = [(number, *line) for number, draft in rows for line in _lines(draft)]
        cursor = self._connection.cursor()
        if self._sqlite:
            self._on_sqlite(cursor, heads, lines)
        elif len(rows) == 1:
            _, _, accounts, _, months, *rest = (list(column) for column in zip(*lines, strict=True))
            values = (*heads[0], months[0], accounts, *rest)
            cursor.execute("SELECT limit_post(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
        else:
            self._copy(cursor, heads, lines)
        self._connection.commit()
        return len(rows)

    def _on_sqlite(self, cursor: Any, heads: list[Any], lines: list[Any]) -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for sentence, values in (
            (INSERT_ENTRY, heads),
            (INSERT_POSTING, lines),
            (UPSERT_BALANCE, sorted(_moved(lines).items())),
        ):
            cursor.executemany(sentence, values)

    def _copy(self, cursor: Any, heads: list[Any], lines: list[Any]) -> None:
        for (table, columns), rows in zip(COPY_COLUMNS.items(), (heads, lines), strict=True):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        moved = sorted(_moved(lines).items())
        cursor.execute(
            UPSERT_BALANCE.replace("VALUES (?, ?)", "SELECT * FROM unnest(%s::text[], %s::bigint[])"),
            ([account for account, _ in moved], [amount for _, amount in moved]),
        )

    def close_month(self, month: int) -> None:
        """Keep what every account holds by the end of a month."""
        self._connection.cursor().execute(self._marked(INSERT_CLOSING), (month,))
        self._connection.commit()

    def read(self, sentence: str, *values: object) -> list[Any]:
        """Every row of a question."""
        cursor = self._connection.cursor()
        cursor.execute(self._marked(sentence), values)
        found = list(cursor.fetchall())
        self._connection.commit()
        return found

    def _marked(self, sentence: str) -> str:
        return sentence if self._sqlite else sentence.replace("?", "%s")


def account_name(chart: str, fund: str, owner: int) -> str:
    """An account's name in the plain tables."""
    return f"{chart}/{fund}/{owner}"


def _moved(lines: Iterable[Any]) -> Counter[str]:
    moved = Counter[str]()
    for _, _, account, _, _, _, _, amount in lines:
        moved[account] += amount
    return moved


def _lines(draft: EntryDraft) -> Iterator[tuple[Any, ...]]:
    day, month = str(draft.effective_on), Month.of(draft.effective_on).id
    for place, line in enumerate(draft.postings, 1):
        leaf = line.leaf
        account = account_name(leaf.chart, leaf.fund, leaf.owner)
        yield place, account, day, month, leaf.fund, line.programme, line.amount
