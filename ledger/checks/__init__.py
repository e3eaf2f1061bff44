"""Whole-book checks: everything is added up and hashed again; the first number that does not hold is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ledger.checks.holds import check_holds
from ledger.checks.parallel import AT_ONCE, check_links
from ledger.checks.raw_reader import UNRECKONABLE, Finding, RawBooks, reckoning
from ledger.checks.replay import check_identities, check_limits, check_names, check_periods, check_registers
from ledger.checks.snapshots import check_snapshots
from ledger.checks.total_checks import check_balances, check_foreign_keys, check_guards, check_invariants, check_shapes
from ledger.core.messages import make_message
from ledger.database.unit_of_work import Head, ReadUnit

__all__ = ["AT_ONCE", "CHECKS", "Finding", "Verdict", "verify"]

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
"""Every check of the books, each giving its findings; a new check is one function more in this list."""


@dataclass(frozen=True)
class Verdict:
    """What `verify` found: counts, the head reached, the journal's digest, and the findings, first number first."""

    entries: int
    postings: int
    head: Head
    journal: str | None
    findings: tuple[Finding, ...]

    @property
    def ok(self) -> bool:
        """Whether everything holds."""
        return not self.findings


def verify(reading: ReadUnit, anchor: tuple[int, str] | None = None, processes: int = 1) -> Verdict:
    """Add up and hash the whole community's books again.

    `anchor` is a number and the hash (or its first letters) that someone kept, from a printed sheet or a backup:
    without one, whoever owns the database file could have rewritten it whole. Long books may be shared among some
    `processes`: the command line does, a page does not. Raises CheckCutShort where one of them died.
    """
    books = RawBooks(reading, processes)
    with reckoning(books):
        findings = [finding for check in CHECKS for finding in _finished(check, books)]
        findings += [] if anchor is None else _against(books, *anchor)
        findings.sort(key=lambda finding: (finding.seq is None, finding.seq or 0))
        journal = books.journal.hexdigest() if books.journal and not findings else None
        return Verdict(*books.counts(), reading.head, journal, tuple(findings))


def _finished(check: Callable[[RawBooks], Iterator[Finding]], books: RawBooks) -> Iterator[Finding]:
    """What a check finds; where a damaged value keeps it from going on, that is a finding too, and no crash."""
    try:
        yield from check(books)
    except UNRECKONABLE:
        name = check.__name__.removeprefix("check_")
        yield Finding(
            name, None, make_message("The check of “%(check)s” met a value that it cannot reckon with.", check=name)
        )


def _against(books: RawBooks, seq: int, kept: str) -> list[Finding]:
    kept = kept.replace(" ", "").lower()
    found = books.hash_at(seq)
    if found is None:
        return [Finding("anchor", seq, make_message("The books no longer reach number %(number)s.", number=seq))]
    if not kept or not found.startswith(kept):
        return [Finding("anchor", seq, make_message("Number %(number)s is not the one that was kept.", number=seq))]
    return []
