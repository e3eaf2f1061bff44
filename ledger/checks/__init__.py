"""Checks of the whole books: recomputes all sums and hashes, and names the first number with an error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ledger.checks.holds import check_holds
from ledger.checks.parallel import MAX_PROCESSES, check_links
from ledger.checks.raw_reader import DAMAGE_ERRORS, Finding, RawBooks, prepared
from ledger.checks.replay import check_identities, check_limits, check_names, check_periods, check_registers
from ledger.checks.snapshots import check_snapshots
from ledger.checks.total_checks import check_balances, check_foreign_keys, check_guards, check_invariants, check_shapes
from ledger.core.messages import make_message
from ledger.database.unit_of_work import Head, ReadUnit

__all__ = ["CHECKS", "MAX_PROCESSES", "Finding", "Verdict", "verify"]

CHECKS: tuple[Callable[[RawBooks], Iterator[Finding]], ...] = (
    check_links,
    check_identities,
    check_names,
    check_registers,
    check_periods,
    check_snapshots,
    check_limits,
    check_holds,
    check_balances,
    check_invariants,
    check_foreign_keys,
    check_guards,
    check_shapes,
)
"""All checks of the books; each yields its findings. Add a new check here."""


@dataclass(frozen=True)
class Verdict:
    """The result of `verify`: counts, head, the journal's digest (None after a finding), findings by number."""

    entries: int
    postings: int
    head: Head
    journal: str | None
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def verify(uow: ReadUnit, anchor: tuple[int, str] | None = None, processes: int = 1) -> Verdict:
    """Check the whole books of a community.

    `anchor` is a number with its hash (or the first digits) from a printed sheet or a backup: without one, the owner of
    the database file could have rewritten all of it. Long books are split among `processes`: the command line uses
    several, a page one. Raises CheckCutShort if a worker process died.
    """
    books = RawBooks(uow, processes)
    with prepared(books):
        findings = [finding for check in CHECKS for finding in _run(check, books)]
        findings += [] if anchor is None else _check_anchor(books, *anchor)
        findings.sort(key=lambda finding: (finding.seq is None, finding.seq or 0))
        journal = books.journal.hexdigest() if books.journal and not findings else None
        return Verdict(*books.counts(), uow.head, journal, tuple(findings))


def _run(check: Callable[[RawBooks], Iterator[Finding]], books: RawBooks) -> Iterator[Finding]:
    """The findings of a check; if a damaged value stops it, that is a finding too."""
    try:
        yield from check(books)
    except DAMAGE_ERRORS:
        name = check.__name__.removeprefix("check_")
        yield Finding(
            name, None, make_message("The check of “%(check)s” met a value that it cannot reckon with.", check=name)
        )


def _check_anchor(books: RawBooks, seq: int, anchor: str) -> list[Finding]:
    anchor = anchor.replace(" ", "").lower()
    stored = books.hash_at(seq)
    if stored is None:
        return [Finding("anchor", seq, make_message("The books no longer reach number %(number)s.", number=seq))]
    if not anchor or not stored.startswith(anchor):
        return [Finding("anchor", seq, make_message("Number %(number)s is not the one that was kept.", number=seq))]
    return []
