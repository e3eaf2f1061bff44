"""Checks over the whole books: balances, zero sums, foreign keys, triggers and column types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ledger.checks.holds import last_changes
from ledger.checks.raw_reader import Finding, RawBooks
from ledger.core.messages import N_, make_message
from ledger.models import triggers

_BALANCE = N_("The balance of account %(account)s differs from its postings.")
_NONZERO = N_("The books do not add up to nought in %(unit)s, fund %(fund)s.")
_BROKEN_KEYS = N_("Rows in the list “%(table)s” point to something that is not there.")
_TYPE = N_("The list “%(table)s” holds a value that its column cannot hold.")
_MISSING_TRIGGER = N_("The database lacks the guard “%(guard)s”.")


def check_balances(books: RawBooks) -> Iterator[Finding]:
    """Each balance is the sum of its postings, names their last entry, and includes its open holds."""
    posted = books.require_totals().sums()
    held = _held(books)
    changes = last_changes(books.acts)
    for row in books.rows("balance", "account_id"):
        number = row["account_id"]
        last_entry, last_move = books.require_totals().last_move(number)
        total, move = posted.pop(number, 0), 0 if changes.get(number, 0) > last_entry else last_move
        stored = (row["posted"], row["last_entry"], row["held_debit"], row["held_credit"])
        if stored != (total, last_entry, *held.get(number, (0, 0))) or row["last_move"] != move:
            yield Finding("balances", last_entry or row["last_entry"] or None, make_message(_BALANCE, account=number))
    for number in posted:
        yield Finding("balances", books.require_totals().last_move(number)[0], make_message(_BALANCE, account=number))
    yield from _without_balance(books)


def _held(books: RawBooks) -> dict[int, tuple[int, int]]:
    held: dict[int, tuple[int, int]] = {}
    for row in books.rows("hold", "hold_id"):
        debit, credit = held.get(row["account_id"], (0, 0))
        amount = row["amount"] if row["state"] == "open" else 0
        held[row["account_id"]] = (debit + max(amount, 0), credit + max(-amount, 0))
    return held


def _without_balance(books: RawBooks) -> Iterator[Finding]:
    with_balance = {row["account_id"] for row in books.rows("balance", "account_id")}
    yield from (
        Finding("balances", None, make_message(_BALANCE, account=number))
        for number in books.leaves
        if number not in with_balance
    )


def check_invariants(books: RawBooks) -> Iterator[Finding]:
    """All postings add up to zero for each unit and fund, hours and barter values included."""
    sums: Counter[tuple[str, str]] = Counter()
    for account, moved in books.require_totals().sums().items():
        if account in books.leaves:
            _, unit, fund, _ = books.leaves[account]
            sums[unit, fund] += moved
    for (unit, fund), total in sums.items():
        if total:
            yield Finding("invariants", None, make_message(_NONZERO, unit=unit, fund=fund))


def check_foreign_keys(books: RawBooks) -> Iterator[Finding]:
    """No foreign key is broken (SQLite may have been written with its checks off)."""
    if books.uow.engine_name == "sqlite":
        broken = {row[0] for row in books.uow.connection.exec_driver_sql("PRAGMA foreign_key_check")}
        yield from (Finding("keys", None, make_message(_BROKEN_KEYS, table=table)) for table in sorted(broken))


def check_guards(books: RawBooks) -> Iterator[Finding]:
    """Every trigger that the database should have exists and is enabled."""
    connection = books.uow.connection
    missing = triggers.expected(books.uow.engine_name) - triggers.active(connection)
    yield from (Finding("guards", None, make_message(_MISSING_TRIGGER, guard=name)) for name in sorted(missing))


def check_shapes(books: RawBooks) -> Iterator[Finding]:
    """No row that the other checks read has a value of a type that its column does not allow."""
    yield from (Finding("shapes", seq, make_message(_TYPE, table=table)) for table, seq in books.damaged)
