"""Build a report from one snapshot of the books and render it in any format."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal, TypeAlias

from ledger.core.messages import N_
from ledger.database.unit_of_work import ReadUnit
from reports.kinds import Parameters, Report, find_report
from reports.language.localizer import Localizer
from reports.language.page_labels import PageLabels
from reports.pages.page_snippets import named_month, report_month
from reports.render import csv_export
from reports.render.json_export import figures_json, without_people
from reports.render.typography.style import EditionName, PaperName
from reports.story.elements import Story
from reports.story.header_footer import HeaderFooter
from reports.workbook import Workbook

ReportFormat: TypeAlias = Literal["pdf", "html", "csv", "json"]
ENGLISH = Localizer()
DRAFT = N_("Draft until it is signed.")
REVISED = N_("Revised: opened again after its close. Draft until it is signed.")
REVISED_PERIOD = N_("%(month)s, revised")


@dataclass(frozen=True, kw_only=True)
class BuiltReport:
    """A report ready to be rendered: its workbook, its story, its header and footer."""

    report: Report
    workbook: Workbook
    story: Story
    header_footer: HeaderFooter
    localizer: Localizer

    def as_pdf(self, paper: PaperName | None = None, edition: EditionName = "standard") -> bytes:
        """The report as PDF, on the community's paper size unless `paper` is given."""
        from reports.render.pdf.document import render_pdf  # takes longer to import than the rest

        paper_name: PaperName = paper or ("letter" if self.workbook.dataset.community.paper == "letter" else "a4")
        labels = PageLabels.by(self.localizer.translate)
        return render_pdf(self.story, self.header_footer, paper=paper_name, edition=edition, labels=labels)

    def as_html(self) -> str:
        """The report as a complete HTML page."""
        from reports.render.html import page

        return page.render_html(self.story, self.header_footer, PageLabels.by(self.localizer.translate))

    def as_csv(self) -> str:
        """The tables of the report as CSV."""
        return csv_export.render_csv(self.story, self.header_footer)

    def as_json(self, *, with_people: bool = True) -> str:
        """Figures, tables and sentences as JSON; `with_people` includes the rows of single members."""
        data = figures_json(self.workbook)
        return json.dumps(data if with_people else without_people(data), ensure_ascii=False, indent=1) + "\n"

    def render(self, form: ReportFormat, paper: PaperName | None = None, *, with_people: bool = True) -> bytes:
        """The report in any format, as bytes."""
        if form == "pdf":
            return self.as_pdf(paper)
        if form == "json":
            return self.as_json(with_people=with_people).encode()
        return {"html": self.as_html, "csv": self.as_csv}[form]().encode()


def build_report(
    reading: ReadUnit, slug: str, parameters: Parameters, localizer: Localizer = ENGLISH, host: str = ""
) -> BuiltReport:
    """Collect a report from a snapshot and build its story; `host` is the site where it can be checked."""
    report = find_report(slug)
    return report_from_workbook(report, report.collect(reading, parameters), localizer, host)


def report_from_workbook(
    report: Report, workbook: Workbook, localizer: Localizer = ENGLISH, host: str = ""
) -> BuiltReport:
    """Build the story, header and footer of a workbook."""
    header_footer = _header_footer(report, workbook, localizer, host)
    return BuiltReport(
        report=report,
        workbook=workbook,
        story=report.story(workbook, localizer),
        header_footer=header_footer,
        localizer=localizer,
    )


def _header_footer(report: Report, workbook: Workbook, localizer: Localizer, host: str) -> HeaderFooter:
    month_name = named_month(workbook, localizer)
    month, head, community = report_month(workbook), workbook.dataset.head, workbook.dataset.community
    revised = is_revised(workbook)
    host_name = host.partition("://")[2] or host
    address = f"{host_name}/c/{community.slug}/check" if host else ""
    return HeaderFooter(
        community=community.name,
        report=localizer.text(report.title),
        period=localizer.text(REVISED_PERIOD, month=month_name) if revised else month_name,
        edition=localizer.text(N_("Standard edition")),
        report_id=f"{community.slug[:1].upper()}{month.year % 100:02d}-{month.month:02d}-{report.letter}",
        state=localizer.text(REVISED if revised else DRAFT),
        entry=head.seq,
        chain_head=head.hash,
        recorded=_recorded(head.recorded_at),
        address=address,
        link=f"{host}/c/{community.slug}/check" if host else "",
        language=localizer.language,
    )


def is_revised(workbook: Workbook) -> bool:
    """Whether a month of the period was opened again after its close."""
    return not workbook.dataset.reopened.isdisjoint(workbook.columns.period.months())


def _recorded(instant: str | None) -> str:
    return instant[:16].replace("T", " ") + " UTC" if instant else ""
