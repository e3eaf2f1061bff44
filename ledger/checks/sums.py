"""Sums over the whole books: balances against postings, the time and barter books at nought, guards in place."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from ledger.checks.books import Books, Finding
from ledger.checks.holds import touched
from ledger.messages import N_, say
from ledger.models import guards

_BALANCE = N_("The balance of account %(account)s differs from its postings.")
_UNIT = N_("The books do not add up to nought in %(unit)s, fund %(fund)s.")
_KEYS = N_("Rows in the list “%(table)s” point to something that is not there.")
_SHAPE = N_("The list “%(table)s” holds a value that its column cannot hold.")
_GUARD = N_("The database lacks the guard “%(guard)s”.")

_MOVES = """
SELECT p.account_id, sum(p.amount) AS posted, max(p.entry_id) AS last_entry FROM posting p
WHERE p.community_id = :community GROUP BY p.account_id"""
_LAST = """
SELECT p.account_id, sum(p.amount) AS move, max(e.reverses) AS reverses FROM posting p
JOIN journal_entry e ON e.community_id = p.community_id AND e.entry_id = p.entry_id
JOIN balance b ON b.community_id = p.community_id AND b.account_id = p.account_id AND b.last_entry = p.entry_id
WHERE p.community_id = :community GROUP BY p.account_id"""


def check_balances(books: Books) -> Iterator[Finding]:
    """Each balance is the sum of its postings, names their last entry, and reserves what the open holds say."""
    run = books.reading.connection.execute
    here = {"community": books.reading.community_id}
    posted = {row.account_id: (int(row.posted), row.last_entry) for row in run(text(_MOVES), here)}
    last = {row.account_id: 0 if row.reverses is not None else int(row.move) for row in run(text(_LAST), here)}
    held = _held(books)
    still = touched(books.deeds)
    for row in books.rows("balance", "account_id"):
        number = row["account_id"]
        total, last_entry = posted.pop(number, (0, 0))
        move = 0 if still.get(number, 0) > last_entry else last.get(number, 0)
        found = (row["posted"], row["last_entry"], row["held_debit"], row["held_credit"])
        if found != (total, last_entry, *held.get(number, (0, 0))) or row["last_move"] != move:
            yield Finding("balances", last_entry or row["last_entry"] or None, say(_BALANCE, account=number))
    yield from (Finding("balances", seq, say(_BALANCE, account=number)) for number, (_, seq) in posted.items())
    yield from _without_balance(books)


def _held(books: Books) -> dict[int, tuple[int, int]]:
    held: dict[int, tuple[int, int]] = {}
    for row in books.rows("hold", "hold_id"):
        debit, credit = held.get(row["account_id"], (0, 0))
        amount = row["amount"] if row["state"] == "open" else 0
        held[row["account_id"]] = (debit + max(amount, 0), credit + max(-amount, 0))
    return held


def _without_balance(books: Books) -> Iterator[Finding]:
    there = {row["account_id"] for row in books.rows("balance", "account_id")}
    yield from (
        Finding("balances", None, say(_BALANCE, account=number)) for number in books.leaves if number not in there
    )


def check_invariants(books: Books) -> Iterator[Finding]:
    """All postings add up to nought for each unit and fund; so the time book and the barter book do too."""
    sql = """SELECT unit, fund, sum(amount) FROM posting WHERE community_id = :community
    GROUP BY unit, fund HAVING sum(amount) <> 0"""
    for unit, fund, _ in books.reading.connection.execute(text(sql), {"community": books.reading.community_id}):
        yield Finding("invariants", None, say(_UNIT, unit=unit, fund=fund))


def check_foreign_keys(books: Books) -> Iterator[Finding]:
    """Nothing points to what is not there (SQLite can have been written with its checks off)."""
    if books.reading.engine_name == "sqlite":
        broken = {row[0] for row in books.reading.connection.exec_driver_sql("PRAGMA foreign_key_check")}
        yield from (Finding("keys", None, say(_KEYS, table=table)) for table in sorted(broken))


def check_guards(books: Books) -> Iterator[Finding]:
    """Every guard that the database should hold is there."""
    connection = books.reading.connection
    missing = guards.expected(books.reading.engine_name) - guards.present(connection)
    yield from (Finding("guards", None, say(_GUARD, guard=name)) for name in sorted(missing))


def check_shapes(books: Books) -> Iterator[Finding]:
    """No row that the other checks read held nothing, a text, a number or bytes where another sort belongs."""
    yield from (Finding("shapes", seq, say(_SHAPE, table=table)) for table, seq in books.damaged)
