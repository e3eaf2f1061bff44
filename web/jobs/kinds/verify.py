"""The nightly check of each community's books; a finding makes them read-only."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Engine

from ledger.checks import MAX_PROCESSES, verify
from ledger.core.messages import N_
from ledger.database import book_status
from ledger.database.book_status import MOVED, READ_ONLY, WARNING_CHECKS
from ledger.database.unit_of_work import read_for_verify, read_transaction, set_book_status
from ledger.registers import communities
from web.jobs.kinds import DAILY, JobKind
from web.jobs.queue import Task
from web.settings import Settings


def about(engine: Engine, _settings: Settings) -> Iterable[str]:
    """Every community whose books have not moved to another database."""
    with read_transaction(engine) as connection:
        slugs = communities.slugs(connection)
    return [slug for slug in slugs if not _has_moved(engine, slug)]


def _has_moved(engine: Engine, slug: str) -> bool:
    with read_for_verify(engine, slug) as books:
        return book_status.read_status(books.connection, books.community_id).state == MOVED


def run(engine: Engine, _settings: Settings, task: Task) -> str:
    """Verify the books; a finding makes them read-only until somebody has looked at it."""
    with read_for_verify(engine, task.about) as books:
        verdict = verify(books, processes=MAX_PROCESSES)
    findings = [finding for finding in verdict.findings if finding.check not in WARNING_CHECKS]
    if findings:
        set_book_status(
            engine, task.about, READ_ONLY, book_status.finding_reference(findings[0].check, findings[0].seq)
        )
    return f"{verdict.entries} entries, {len(verdict.findings)} findings, {verdict.head.seq}:{verdict.head.hash.hex()}"


KIND = JobKind("verify", N_("The nightly check of the books"), DAILY, about, run)
