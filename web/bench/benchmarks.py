"""The benchmarks: posting, queries, verification, export and import, and a report, each with its requirement."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ledger.checks import MAX_PROCESSES, verify
from ledger.core.drafts import EntryDraft
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit, read_books
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.imports.input_files import journal_lines
from ledger.exchange.journal_line import line_text
from ledger.journal import balances, snapshots
from ledger.journal.account_history import Cursor, history
from reports import report_builder
from reports.kinds.base import Parameters
from web.bench import history as bench_history
from web.bench.baseline import account_name
from web.bench.fixtures import BANK, BATCH, SLUG, Bench, time_account
from web.bench.measuring import Requirement, Trial

SINGLES, LOOKUPS, LINES = 25, 20, 2000
NOW = Month.of(bench_history.LAST_DAY)
REPORT = "budget-review"


def list_trials(bench: Bench, entries: int) -> list[Trial]:
    """All benchmarks; a batch is never larger than the history."""
    return [
        *posting_trials(bench, min(BATCH, entries)),
        *query_trials(bench),
        *whole_book_trials(bench),
        *report_trials(bench),
    ]


def posting_trials(bench: Bench, batch: int) -> list[Trial]:
    """Posting, by clock time and by processor time."""
    sqlite = bench.engine.dialect.name == "sqlite"
    single_requirement, batch_requirement = (
        (Requirement(share=0.30), Requirement(share=0.12))
        if sqlite
        else (Requirement(share=0.25), Requirement(share=0.28))
    )
    post_singles = partial(_one_by_one, bench.post, bench)
    post_plain_singles = partial(_one_by_one, bench.plain.post, bench)
    trials = [
        Trial(
            slug="post-single",
            title="P2, P4: entries posted, each for itself",
            unit="per second",
            act=post_singles,
            limit=post_plain_singles,
            must=single_requirement,
        ),
        Trial(
            slug="post-batch",
            title=f"P6, P7: entries posted, {batch} at once",
            unit="per second",
            act=lambda: bench.post(bench.drafts(batch)),
            limit=lambda: bench.plain.post(bench.drafts(batch)),
            must=batch_requirement,
        ),
    ]
    cpu_trial = Trial(
        slug="post-single-cpu",
        title="P1: the same by the processor's time",
        unit="per second",
        act=post_singles,
        limit=post_plain_singles,
        must=Requirement(share=0.167),
        cpu=True,
    )
    return [trials[0], cpu_trial, trials[1]] if sqlite else trials


def query_trials(bench: Bench) -> list[Trial]:
    """Queries of pages; on SQLite by processor time, because they do not read from the disk."""
    cpu = bench.engine.dialect.name == "sqlite"
    return [replace(trial, cpu=cpu) for trial in (*_member_trials(bench), *_month_trials(bench))]


def _member_trials(bench: Bench) -> list[Trial]:
    people = bench.people[:LOOKUPS]
    leaves = [time_account(party_id) for party_id in people]
    accounts = [account_name("T2000", "TB", party_id) for party_id in people]
    bank = account_name("1000", "COP", 0)
    month = NOW.back(bench.months // 2)
    cursor = Cursor.after(month.last)
    return [
        Trial(
            slug="balance",
            title="R1: one balance, the bank's among them",
            unit="ms",
            act=lambda: _run_queries(bench, [partial(balances.balance_of, leaf=leaf) for leaf in (BANK, *leaves)]),
            limit=lambda: sum(_run_plain_query(bench, _BALANCE, account) for account in (bank, *accounts)),
            must=Requirement(most=0.15) if bench.engine.dialect.name == "sqlite" else None,
        ),
        Trial(
            slug="statement",
            title="R2: the newest page of a person's hours",
            unit="ms",
            act=lambda: _run_queries(bench, [partial(history, leaf=leaf) for leaf in leaves]),
            limit=lambda: sum(_run_plain_query(bench, _NEWEST, account) for account in accounts),
            must=Requirement(share=0.167),
        ),
        Trial(
            slug="statement-deep",
            title="R2: a page from halfway back",
            unit="ms",
            act=lambda: _run_queries(bench, [partial(history, leaf=leaf, before=cursor) for leaf in leaves]),
            limit=lambda: sum(
                _run_plain_query(bench, _DEEP, month.id, account, account, str(month.last)) for account in accounts
            ),
            must=Requirement(share=0.167),
        ),
    ]


def _month_trials(bench: Bench) -> list[Trial]:
    past = NOW.previous()  # the last month also has the entries posted by the benchmarks
    return [
        Trial(
            slug="trial-balance",
            title="R3: the trial balance now",
            unit="ms",
            act=lambda: _run_queries(bench, [balances.trial_balance] * 3),
            limit=lambda: _run_plain_query(bench, _TRIAL),
            must=Requirement(most=5),
        ),
        Trial(
            slug="past-balance",
            title="R4: the trial balance of a closed month",
            unit="ms",
            act=lambda: _run_queries(bench, [partial(balances.trial_balance, on=past.last)]),
            limit=lambda: _run_plain_query(bench, _PAST, past.id),
            must=Requirement(most=20),
        ),
        Trial(
            slug="month",
            title="R5: a month by fund and programme",
            unit="ms",
            act=lambda: _run_queries(bench, [partial(snapshots.compute_snapshot, month=past)]),
            limit=lambda: _run_plain_query(bench, _MONTH, past.id),
            must=Requirement(most=10),
        ),
    ]


def whole_book_trials(bench: Bench) -> list[Trial]:
    """Verification and export of the whole books, and reading a journal file."""
    journal = [line_text(line) + "\n" for line in bench_history.make_history(LINES)]
    return [
        Trial(
            slug="verify",
            title="postings checked",
            unit="per second",
            act=lambda: _verify_books(bench),
            limit=lambda: len(bench.plain.read(_EVERYTHING)),
        ),
        Trial(slug="export", title="entries exported", unit="per second", act=lambda: _export_books(bench)),
        Trial(slug="read", title="journal lines read", unit="per second", act=lambda: _read_journal(journal)),
    ]


def report_trials(bench: Bench) -> list[Trial]:
    """The report of a month: building it, and rendering it as PDF."""
    report = _build_report(bench)
    return [
        Trial(
            slug="collect", title=f"{REPORT}, collected and told", unit="ms", act=lambda: len([_build_report(bench)])
        ),
        Trial(slug="pdf", title=f"{REPORT} as PDF, once told", unit="ms", act=lambda: 1 if report.as_pdf() else 0),
    ]


_BALANCE = "SELECT amount FROM limit_balance WHERE account = ?"
_PAGE = """SELECT e.id, e.day, e.kind, e.narration, p.amount, {held} - coalesce(sum(p.amount) OVER
(ORDER BY p.day DESC, p.entry DESC, p.line DESC ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)
FROM (SELECT * FROM limit_posting WHERE account = ? {where} ORDER BY day DESC, entry DESC, line DESC LIMIT 50) p
JOIN limit_entry e ON e.id = p.entry {join} ORDER BY p.day DESC, p.entry DESC, p.line DESC"""
_NEWEST = _PAGE.format(held="b.amount", where="", join="JOIN limit_balance b ON b.account = p.account")
_DEEP = _PAGE.format(
    held="coalesce((SELECT amount FROM limit_closing WHERE month = ? AND account = ?), 0)",
    where="AND day <= ?",
    join="",
)
_TRIAL = "SELECT account, amount FROM limit_balance ORDER BY account"
_PAST = "SELECT account, amount FROM limit_closing WHERE month = ? ORDER BY account"
_MONTH = "SELECT fund, programme, account, sum(amount) FROM limit_posting WHERE month = ? GROUP BY 1, 2, 3"
_EVERYTHING = (
    "SELECT e.id, e.day, e.kind, e.narration, p.account, p.amount "
    "FROM limit_entry e JOIN limit_posting p ON p.entry = e.id ORDER BY e.id, p.line"
)


def _one_by_one(post: Callable[[list[EntryDraft]], int], bench: Bench) -> int:
    return sum(post([draft]) for draft in bench.drafts(SINGLES))


def _run_queries(bench: Bench, queries: Sequence[Callable[[ReadUnit], object]]) -> int:
    """Run queries in one snapshot, as a page does; returns their number."""
    with read_books(bench.engine, SLUG) as books:
        for query in queries:
            query(books)
    return len(queries)


def _verify_books(bench: Bench) -> int:
    with read_books(bench.engine, SLUG) as books:
        return verify(books, processes=MAX_PROCESSES).postings


def _export_books(bench: Bench) -> int:
    with read_books(bench.engine, SLUG) as books:
        return sum(1 for _ in jsonl(books))


def _read_journal(journal: Sequence[str]) -> int:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
        file.writelines(journal)
        file.flush()
        return sum(1 for _ in journal_lines(Path(file.name)))


def _build_report(bench: Bench) -> report_builder.BuiltReport:
    with read_books(bench.engine, SLUG) as books:
        return report_builder.build_report(books, REPORT, Parameters(NOW))


def _run_plain_query(bench: Bench, query: str, *values: object) -> int:
    bench.plain.read(query, *values)
    return 1
