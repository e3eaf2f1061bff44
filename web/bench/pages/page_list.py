"""The measured pages, and the visitor of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ledger.core.periods import Month, financial_year
from web.bench.fixtures import SLUG
from web.bench.history import LAST_DAY


@dataclass(frozen=True, kw_only=True)
class BenchPage:
    """A page with its path and visitor."""

    slug: str
    title: str
    path: str
    visitor: Literal["member", "treasurer"] = "member"


def list_pages(months: int) -> list[BenchPage]:
    """Every page of the benchmark; the deep page of the statement is the year halfway back in the books."""
    last_month = Month.of(LAST_DAY)
    newest, deep = (Month.of(financial_year(month, 1).first) for month in (last_month, last_month.back(months // 2)))
    root = f"/c/{SLUG}"
    return [
        BenchPage(slug="home", title="Home", path=f"{root}/"),
        BenchPage(slug="statement", title="Statement, the newest year", path=f"{root}/statement?from={newest.id}"),
        BenchPage(slug="statement-deep", title="Statement, halfway back", path=f"{root}/statement?from={deep.id}"),
        BenchPage(slug="log-hours", title="Log hours", path=f"{root}/hours"),
        BenchPage(slug="claims", title="Confirm what others logged", path=f"{root}/waiting"),
        BenchPage(slug="desk", title="Desk", path=f"{root}/desk", visitor="treasurer"),
        BenchPage(slug="entries", title="Entries", path=f"{root}/entries", visitor="treasurer"),
        BenchPage(slug="budget", title="Budget", path=f"{root}/budgets", visitor="treasurer"),
    ]
