"""What is measured: posting, checking, looking up, and the month's sheet."""

from __future__ import annotations

from ledger import balances
from ledger.checks import verify
from ledger.db import reading
from ledger.periods import Month, Span
from ledger.statements import statement
from reports import printing
from reports.kinds.base import Parameters
from web.bench.books import BATCH, SLUG, Bench, time_of
from web.bench.limit import account_of
from web.bench.measuring import Trial

SINGLES = 25
LOOKS = 20
MONTH = Month(2025, 6)
SHEET = "budget-review"


def trials(bench: Bench, entries: int) -> list[Trial]:
    """Everything that is measured, quick things first; a batch is never larger than the history."""
    batch, told = min(BATCH, entries), _told(bench)
    return [
        Trial(
            slug="post-single",
            title="entries posted, each for itself",
            unit="per second",
            act=lambda: sum(bench.post([draft]) for draft in bench.drafts(SINGLES)),
            limit=lambda: sum(bench.plain.post([draft]) for draft in bench.drafts(SINGLES)),
        ),
        Trial(
            slug="post-batch",
            title=f"entries posted, {batch} at once",
            unit="per second",
            act=lambda: bench.post(bench.drafts(batch)),
            limit=lambda: bench.plain.post(bench.drafts(batch)),
        ),
        Trial(
            slug="balance",
            title="one balance",
            unit="ms",
            act=lambda: look_up_balances(bench),
            limit=lambda: sum(_raw(bench, _BALANCE, person) for person in bench.people[:LOOKS]),
        ),
        Trial(
            slug="statement",
            title="a person's statement for a month",
            unit="ms",
            act=lambda: read_statements(bench),
            limit=lambda: sum(_raw(bench, _STATEMENT, person, *_DAYS) for person in bench.people[:LOOKS]),
        ),
        Trial(
            slug="verify",
            title="entries checked",
            unit="per second",
            act=lambda: verify_everything(bench),
            limit=lambda: read_everything(bench),
        ),
        Trial(slug="collect", title=f"{SHEET}, collected and told", unit="ms", act=lambda: collect(bench)),
        Trial(slug="pdf", title=f"{SHEET} as PDF, once told", unit="ms", act=lambda: 1 if told.as_pdf() else 0),
    ]


_BALANCE = "SELECT amount FROM limit_balance WHERE account = ?"
_STATEMENT = (
    "SELECT e.id, e.day, e.kind, e.narration, p.amount FROM limit_posting p JOIN limit_entry e ON e.id = p.entry "
    "WHERE p.account = ? AND e.day BETWEEN ? AND ? ORDER BY e.day, e.id"
)
_EVERYTHING = (
    "SELECT e.id, e.day, e.kind, e.narration, p.account, p.amount "
    "FROM limit_entry e JOIN limit_posting p ON p.entry = e.id ORDER BY e.id, p.line"
)
_DAYS = (str(MONTH.first), str(MONTH.last))


def look_up_balances(bench: Bench) -> int:
    """Ask for some people's balances, each in a snapshot of its own, as pages do."""
    for person in bench.people[:LOOKS]:
        with reading(bench.engine, SLUG) as books:
            balances.balance_of(books, time_of(person))
    return LOOKS


def read_statements(bench: Bench) -> int:
    """Read some people's month, each in a snapshot of its own."""
    for person in bench.people[:LOOKS]:
        with reading(bench.engine, SLUG) as books:
            statement(books, person, Span(MONTH.first, MONTH.last))
    return LOOKS


def verify_everything(bench: Bench) -> int:
    """Check the whole books."""
    with reading(bench.engine, SLUG) as books:
        return verify(books).entries


def read_everything(bench: Bench) -> int:
    """Read every plain line: what any check has to do at least."""
    rows = bench.plain.read(_EVERYTHING)
    return len({row[0] for row in rows if row[-1]})


def collect(bench: Bench) -> int:
    """Collect the month's sheet and tell its story."""
    _told(bench)
    return 1


def _told(bench: Bench) -> printing.Printed:
    with reading(bench.engine, SLUG) as books:
        return printing.make(books, SHEET, Parameters(MONTH))


def _raw(bench: Bench, sentence: str, person: int, *values: str) -> int:
    bench.plain.read(sentence, account_of(person, "T2000"), *values)
    return 1
