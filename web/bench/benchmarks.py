"""What is measured: posting, reading, checking, in and out, and the month's sheet, each with what must be reached."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from ledger.checks import MAX_PROCESSES, verify
from ledger.core.drafts import AccountKey, EntryDraft
from ledger.core.periods import Month
from ledger.database.unit_of_work import ReadUnit, read_books
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.imports.input_files import journal_lines
from ledger.exchange.journal_line import line_text
from ledger.journal import balances, snapshots
from ledger.journal.account_history import Cursor, history
from reports import report_builder
from reports.kinds.base import Parameters
from web.bench import history as invented
from web.bench.baseline import account_name
from web.bench.fixtures import BANK, BATCH, SLUG, Bench, time_account
from web.bench.measuring import Requirement, Trial

SINGLES, LOOKUPS, LINES = 25, 20, 2000
NOW = Month.of(invented.LAST_DAY)
REPORT = "budget-review"


def list_trials(bench: Bench, entries: int) -> list[Trial]:
    """Everything that is measured; a batch is never larger than the history."""
    return [
        *posting_trials(bench, min(BATCH, entries)),
        *query_trials(bench),
        *whole_book_trials(bench),
        *report_trials(bench),
    ]


def posting_trials(bench: Bench, batch: int) -> list[Trial]:
    """Entries written, by the clock and by the processor alone."""
    sqlite = bench.engine.dialect.name == "sqlite"
    single, many = (
        (Requirement(share=0.30), Requirement(share=0.12))
        if sqlite
        else (Requirement(share=0.25), Requirement(share=0.28))
    )
    ours, limit = partial(_one_by_one, bench.post, bench), partial(_one_by_one, bench.plain.post, bench)
    found = [
        Trial(
            slug="post-single",
            title="P2, P4: entries posted, each for itself",
            unit="per second",
            act=ours,
            limit=limit,
            must=single,
        ),
        Trial(
            slug="post-batch",
            title=f"P6, P7: entries posted, {batch} at once",
            unit="per second",
            act=lambda: bench.post(bench.drafts(batch)),
            limit=lambda: bench.plain.post(bench.drafts(batch)),
            must=many,
        ),
    ]
    spared = Trial(
        slug="post-single-cpu",
        title="P1: the same by the processor's time",
        unit="per second",
        act=ours,
        limit=limit,
        must=Requirement(share=0.167),
        cpu=True,
    )
    return [found[0], spared, found[1]] if sqlite else found


def query_trials(bench: Bench) -> list[Trial]:
    """Questions that pages ask; on SQLite by the processor's time, for the disk is not asked."""
    cpu = bench.engine.dialect.name == "sqlite"
    return [replace(trial, cpu=cpu) for trial in (*_about_people(bench), *_about_months(bench))]


def _about_people(bench: Bench) -> list[Trial]:
    here = [account_name("T2000", "TB", person) for person in bench.people[:LOOKUPS]]
    month = NOW.back(bench.months // 2)
    back = Cursor.after(month.last)
    return [
        Trial(
            slug="balance",
            title="R1: one balance, the bank's among them",
            unit="ms",
            act=lambda: _look(bench, [partial(balances.balance_of, leaf=leaf) for leaf in _leaves(bench)]),
            limit=lambda: sum(_raw(bench, _BALANCE, one) for one in [account_name("1000", "COP", 0), *here]),
            must=Requirement(most=0.15) if bench.engine.dialect.name == "sqlite" else None,
        ),
        Trial(
            slug="statement",
            title="R2: the newest page of a person's hours",
            unit="ms",
            act=lambda: _look(bench, [partial(history, leaf=time_account(one)) for one in bench.people[:LOOKUPS]]),
            limit=lambda: sum(_raw(bench, _NEWEST, one) for one in here),
            must=Requirement(share=0.167),
        ),
        Trial(
            slug="statement-deep",
            title="R2: a page from halfway back",
            unit="ms",
            act=lambda: _look(
                bench, [partial(history, leaf=time_account(p), before=back) for p in bench.people[:LOOKUPS]]
            ),
            limit=lambda: sum(_raw(bench, _DEEP, month.id, one, one, str(month.last)) for one in here),
            must=Requirement(share=0.167),
        ),
    ]


def _about_months(bench: Bench) -> list[Trial]:
    past = NOW.previous()  # a thousand entries, where the last month has all that is posted meanwhile too
    return [
        Trial(
            slug="trial-balance",
            title="R3: the trial balance now",
            unit="ms",
            act=lambda: _look(bench, [balances.trial_balance] * 3),
            limit=lambda: _raw(bench, _TRIAL),
            must=Requirement(most=5),
        ),
        Trial(
            slug="past-balance",
            title="R4: the trial balance of a closed month",
            unit="ms",
            act=lambda: _look(bench, [partial(balances.trial_balance, on=past.last)]),
            limit=lambda: _raw(bench, _PAST, past.id),
            must=Requirement(most=20),
        ),
        Trial(
            slug="month",
            title="R5: a month by fund and programme",
            unit="ms",
            act=lambda: _look(bench, [partial(snapshots.compute_snapshot, month=past)]),
            limit=lambda: _raw(bench, _MONTH, past.id),
            must=Requirement(most=10),
        ),
    ]


def whole_book_trials(bench: Bench) -> list[Trial]:
    """Work through the whole books, or a file."""
    told = [line_text(line) + "\n" for line in invented.make_history(LINES)]
    return [
        Trial(
            slug="verify",
            title="postings checked",
            unit="per second",
            act=lambda: _verified(bench),
            limit=lambda: len(bench.plain.read(_EVERYTHING)),
        ),
        Trial(slug="export", title="entries exported", unit="per second", act=lambda: _exported(bench)),
        Trial(slug="read", title="journal lines read", unit="per second", act=lambda: _read(told)),
    ]


def report_trials(bench: Bench) -> list[Trial]:
    """The month's sheet."""
    told = _told(bench)
    return [
        Trial(slug="collect", title=f"{REPORT}, collected and told", unit="ms", act=lambda: len([_told(bench)])),
        Trial(slug="pdf", title=f"{REPORT} as PDF, once told", unit="ms", act=lambda: 1 if told.as_pdf() else 0),
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


def _look(bench: Bench, questions: Sequence[Callable[[ReadUnit], object]]) -> int:
    """Ask some questions of one snapshot, as a page does."""
    with read_books(bench.engine, SLUG) as books:
        for question in questions:
            question(books)
    return len(questions)


def _leaves(bench: Bench) -> list[AccountKey]:
    return [BANK, *(time_account(person) for person in bench.people[:LOOKUPS])]


def _verified(bench: Bench) -> int:
    with read_books(bench.engine, SLUG) as books:
        return verify(books, processes=MAX_PROCESSES).postings


def _exported(bench: Bench) -> int:
    with read_books(bench.engine, SLUG) as books:
        return sum(1 for _ in jsonl(books))


def _read(told: Sequence[str]) -> int:
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".jsonl") as file:
        file.writelines(told)
        file.flush()
        return sum(1 for _ in journal_lines(Path(file.name)))


def _told(bench: Bench) -> report_builder.BuiltReport:
    with read_books(bench.engine, SLUG) as books:
        return report_builder.build_report(books, REPORT, Parameters(NOW))


def _raw(bench: Bench, sentence: str, *values: object) -> int:
    bench.plain.read(sentence, *values)
    return 1
