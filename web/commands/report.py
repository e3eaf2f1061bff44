"""`hourstead report KIND`: one report for a month, printed or as data."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

import click

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books
from ledger.registers import communities
from reports.kinds import Parameters, find_report
from reports.render.typography.style import EditionName, PaperName
from reports.report_builder import BuiltReport, ReportFormat, build_report
from web.backup.atomic_files import write_atomic
from web.commands._params import MONTH
from web.commands._shared import choose_community, community_option, current_books, json_option, show_progress
from web.i18n import translation
from web.pages.reports.report_localizer_view import speech
from web.settings import Settings

FORMATS: dict[str, ReportFormat] = {".pdf": "pdf", ".csv": "csv", ".html": "html", ".json": "json"}


class FormUnknown(LedgerError):
    """The suffix of the file's name is not that of a report format."""

    slug = "form-unknown"


@click.command()
@click.argument("kind")
@click.option("--period", "month", type=MONTH, required=True, metavar="2026-03", help="The month.")
@click.option("--edition", type=click.Choice(get_args(EditionName)), default="standard", show_default=True)
@click.option("--paper", type=click.Choice(get_args(PaperName)), help="The community's own if not said.")
@click.option("--at", type=click.IntRange(min=1), metavar="SEQ", help="The books as they stood at this number.")
@click.option("--out", metavar="FILE.pdf/.csv/.html", help="The file to write; its end says the form.")
@community_option
@json_option
def command(
    kind: str,
    month: Month,
    edition: EditionName,
    paper: PaperName | None,
    at: int | None,
    out: str | None,
    community: str | None,
    as_json: bool,
) -> None:
    """Make the report KIND, such as budget-review or sustainability."""
    find_report(kind)
    file_format = _choose_format(out)
    if out is None and not as_json:
        raise click.UsageError("Say where to write it (--out FILE.pdf), or ask for --json.")
    host = Settings.load().public_url
    with current_books() as engine, read_books(engine, choose_community(engine, community), at) as books:
        language = communities.settings(books).language
        with show_progress("Printing"), translation.language_scope(language):
            built = build_report(books, kind, Parameters(month), speech(), host)
            rendered = None if file_format is None else _render(built, file_format, paper, edition)
    if out is not None and rendered is not None:
        write_atomic(Path(out), rendered)
        if not as_json:
            click.echo(f"Written: {out}")
    if as_json:
        sys.stdout.write(built.as_json())


def _choose_format(out: str | None) -> ReportFormat | None:
    if out is None:
        return None
    suffix = Path(out).suffix.lower()
    if suffix not in FORMATS:
        raise FormUnknown(make_message("A report is written as .pdf, .html, .csv or .json, not “%(end)s”.", end=suffix))
    return FORMATS[suffix]


def _render(built: BuiltReport, file_format: ReportFormat, paper: PaperName | None, edition: EditionName) -> bytes:
    return built.as_pdf(paper, edition) if file_format == "pdf" else built.render(file_format)
