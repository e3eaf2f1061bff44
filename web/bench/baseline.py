"""The limit of the benchmarks: the same rows in plain tables, by the bare driver, without checks and hash chain."""

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
"""A function that posts one entry in one round trip."""


class PlainTables:
    """Entries, lines and balances in tables that check nothing."""

    def __init__(self, engine: Engine) -> None:
        self._sqlite = engine.dialect.name == "sqlite"
        self._connection: Any = engine.raw_connection()
        self._numbers = count(1)
        for statement in TABLES if self._sqlite else (*TABLES, POST_FUNCTION):
            self._connection.cursor().execute(statement)
        self._connection.commit()

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def post(self, drafts: Sequence[EntryDraft]) -> int:
        """Insert entries with lines and balances in one transaction, in the fastest way of the engine."""
        rows = list(zip(self._numbers, drafts, strict=False))
        entry_rows = [(number, str(draft.effective_on), draft.kind, draft.narration) for number, draft in rows]
        line_rows = [(number, *line) for number, draft in rows for line in _line_rows(draft)]
        cursor = self._connection.cursor()
        if self._sqlite:
            self._insert_on_sqlite(cursor, entry_rows, line_rows)
        elif len(rows) == 1:
            _, _, accounts, _, months, *rest = (list(column) for column in zip(*line_rows, strict=True))
            values = (*entry_rows[0], months[0], accounts, *rest)
            cursor.execute("SELECT limit_post(%s, %s, %s, %s, %s, %s, %s, %s, %s)", values)
        else:
            self._copy(cursor, entry_rows, line_rows)
        self._connection.commit()
        return len(rows)

    def _insert_on_sqlite(self, cursor: Any, entry_rows: list[Any], line_rows: list[Any]) -> None:
        cursor.execute("BEGIN IMMEDIATE")
        for sentence, values in (
            (INSERT_ENTRY, entry_rows),
            (INSERT_POSTING, line_rows),
            (UPSERT_BALANCE, sorted(_sum_by_account(line_rows).items())),
        ):
            cursor.executemany(sentence, values)

    def _copy(self, cursor: Any, entry_rows: list[Any], line_rows: list[Any]) -> None:
        for (table, columns), rows in zip(COPY_COLUMNS.items(), (entry_rows, line_rows), strict=True):
            with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        balances = sorted(_sum_by_account(line_rows).items())
        cursor.execute(
            UPSERT_BALANCE.replace("VALUES (?, ?)", "SELECT * FROM unnest(%s::text[], %s::bigint[])"),
            ([account for account, _ in balances], [amount for _, amount in balances]),
        )

    def close_month(self, month_id: int) -> None:
        """Store the balance of every account at the end of a month."""
        self._connection.cursor().execute(self._marked(INSERT_CLOSING), (month_id,))
        self._connection.commit()

    def read(self, query: str, *values: object) -> list[Any]:
        """All rows of a query."""
        cursor = self._connection.cursor()
        cursor.execute(self._marked(query), values)
        rows = list(cursor.fetchall())
        self._connection.commit()
        return rows

    def _marked(self, statement: str) -> str:
        return statement if self._sqlite else statement.replace("?", "%s")


def account_name(chart: str, fund: str, owner: int) -> str:
    """The name of an account in the plain tables."""
    return f"{chart}/{fund}/{owner}"


def _sum_by_account(line_rows: Iterable[Any]) -> Counter[str]:
    sums = Counter[str]()
    for _, _, account, _, _, _, _, amount in line_rows:
        sums[account] += amount
    return sums


def _line_rows(draft: EntryDraft) -> Iterator[tuple[Any, ...]]:
    day, month = str(draft.effective_on), Month.of(draft.effective_on).id
    for place, line in enumerate(draft.postings, 1):
        leaf = line.leaf
        account = account_name(leaf.chart, leaf.fund, leaf.owner)
        yield place, account, day, month, leaf.fund, line.programme, line.amount
