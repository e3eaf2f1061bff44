"""`hourstead verify`: adds up and hashes the whole books again."""

from __future__ import annotations

import re
import sys
from typing import Any

import click
from sqlalchemy import Engine

from ledger.checks import MAX_PROCESSES, Verdict, verify
from ledger.core.errors import LedgerError
from ledger.database import book_status
from ledger.database.book_status import BookStatus
from ledger.database.unit_of_work import read_for_verify, read_transaction, set_book_status
from ledger.registers import communities
from web.commands._shared import community_option, current_books, json_option, print_json

HAS_FINDINGS, COULD_NOT_RUN = 1, 2


class AnchorType(click.ParamType[tuple[int, str]]):
    """An anchor: a number, and the hash at it or the hash's first digits."""

    name = "SEQ:HASH"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, str]:
        """The number and the digits."""
        seq, _, digits = value.partition(":")
        if not seq.isdecimal() or not re.fullmatch(r"[0-9a-fA-F][0-9a-fA-F\s]*", digits.strip()):
            self.fail("write the number, a colon and the hash, as they are printed.", param, ctx)
        return int(seq), digits


@click.command()
@click.option("--anchor", type=AnchorType(), help="A head that someone kept: from a printed sheet, a backup.")
@click.option("--lift", is_flag=True, help="Let books that were made read-only be written in again, where all holds.")
@community_option
@json_option
def command(anchor: tuple[int, str] | None, lift: bool, community: str | None, as_json: bool) -> None:
    """Check the whole books: 0 when all holds, 1 on a finding, 2 when the check could not run.

    Without --anchor, whoever owns the database could have rewritten it whole; keep a head somewhere else.
    """
    try:
        with current_books() as engine:
            verdicts = {
                slug: _verify_community(engine, slug, anchor) for slug in _choose_slugs(engine, community, anchor)
            }
            statuses = {
                slug: _read_or_lift_status(engine, slug, lift=lift and verdict.ok) for slug, verdict in verdicts.items()
            }
    except LedgerError as refusal:
        click.echo(f"hourstead: {refusal.message}", err=True)
        sys.exit(COULD_NOT_RUN)
    if as_json:
        data = [{"community": slug, **as_data(verdict)} for slug, verdict in verdicts.items()]
        print_json(data[0] if len(data) == 1 else data)
    else:
        for slug, verdict in verdicts.items():
            click.echo("\n".join([*as_lines(slug, verdict), *_status_lines(statuses[slug])]))
    if not all(verdict.ok for verdict in verdicts.values()):
        sys.exit(HAS_FINDINGS)


def _choose_slugs(engine: Engine, community: str | None, anchor: tuple[int, str] | None) -> list[str]:
    with read_transaction(engine) as connection:
        slugs = [community] if community else communities.slugs(connection)
    if anchor and len(slugs) != 1:
        raise click.UsageError("An anchor belongs to one community: --community SLUG")
    return slugs


def _verify_community(engine: Engine, slug: str, anchor: tuple[int, str] | None) -> Verdict:
    with read_for_verify(engine, slug) as books:
        return verify(books, anchor, MAX_PROCESSES)


def _read_or_lift_status(engine: Engine, slug: str, *, lift: bool) -> BookStatus:
    with read_for_verify(engine, slug) as books:
        status = book_status.read_status(books.connection, books.community_id)
    return set_book_status(engine, slug, book_status.OPEN) if lift and status.state == book_status.READ_ONLY else status


def _status_lines(status: BookStatus) -> list[str]:
    return [] if status.is_open else [f"  {status.state} since {status.since}: {status.about}"]


def as_data(verdict: Verdict) -> dict[str, Any]:
    """The verdict as data of `--json`."""
    return {
        "ok": verdict.ok,
        "entries": verdict.entries,
        "postings": verdict.postings,
        "head": {"seq": verdict.head.seq, "hash": verdict.head.hash.hex()},
        "journal": verdict.journal,
        "findings": [
            {"check": finding.check, "seq": finding.seq, "says": str(finding.says)} for finding in verdict.findings
        ],
    }


def as_lines(slug: str, verdict: Verdict) -> list[str]:
    """The verdict as printed lines."""
    head = f"{verdict.head.seq}:{verdict.head.hash.hex()}"
    if verdict.ok:
        return [f"{slug}: {verdict.entries} entries, {verdict.postings} postings: all holds. Head {head}"]
    findings = [f"  {finding.says}" for finding in verdict.findings]
    return [f"{slug}: {len(findings)} finding{'s' * (len(findings) > 1)}. Head {head}", *findings]
