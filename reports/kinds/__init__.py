"""The reports, one file each: what it collects from one snapshot, and the story it tells of it."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.kinds.base import Parameters, Report, ReportUnknown

__all__ = ["Parameters", "Report", "ReportUnknown", "all_reports", "find_report"]


@cache
def all_reports() -> dict[str, Report]:
    """Every report by its slug, found by walking the files beside this one."""
    modules = sorted(found.name for found in iter_modules(__path__) if found.name != "base")
    reports: list[Report] = [import_module(f"{__name__}.{module}").REPORT for module in modules]
    return {report.slug: report for report in reports}


def find_report(slug: str) -> Report:
    """A report by its slug; ReportUnknown names those there are."""
    reports = all_reports()
    if slug not in reports:
        raise ReportUnknown(slug, reports)
    return reports[slug]
