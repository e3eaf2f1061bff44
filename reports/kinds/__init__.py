"""The report kinds, one file each."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from reports.kinds.base import Parameters, Report, ReportUnknown

__all__ = ["Parameters", "Report", "ReportUnknown", "all_reports", "find_report"]


@cache
def all_reports() -> dict[str, Report]:
    """Every report by slug, found by importing the modules of this package."""
    return {slug: _report_in(module) for slug, module in _modules().items()}


def find_report(slug: str) -> Report:
    """A report by slug; raises ReportUnknown, which lists the known slugs."""
    module = _modules().get(slug)
    if module is None:
        raise ReportUnknown(slug, all_reports())
    return _report_in(module)  # this one only: a command starts sooner without the others


def _modules() -> dict[str, str]:
    """The files of the reports by slug: `budget-review` is in `budget_review`."""
    names = sorted(module.name for module in iter_modules(__path__) if module.name != "base")
    return {name.replace("_", "-"): name for name in names}


def _report_in(module: str) -> Report:
    report: Report = import_module(f"{__name__}.{module}").REPORT
    return report
