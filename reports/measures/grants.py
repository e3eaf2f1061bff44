"""Grants and appeals, matched to their entries by document: received, spent, left and deadline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from ledger.core.account_roles import DEFERRED_GRANTS, TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.drafts import YEAR_CLOSE
from ledger.registers.plan_records import Grant
from reports.data.dataset import Dataset, cached_on_dataset
from reports.data.rows import DatasetRow, total_amount


@dataclass(frozen=True, kw_only=True)
class GrantLine:
    """A grant as of a day; minor units. `conditional_held` is deferred until the grant's condition is met."""

    document: str | None
    fund: str
    funder: str | None
    received: int
    costs: int
    transfers: int
    left: int
    conditional_held: int
    deadline: dt.date | None
    months_left: int | None


def months_to(day: dt.date, deadline: dt.date) -> int:
    """Calendar months from a day to a deadline; 0 once the deadline's month has come."""
    return max(0, (deadline.year - day.year) * 12 + deadline.month - day.month)


@cached_on_dataset
def grant_lines(dataset: Dataset, day: dt.date) -> tuple[GrantLine, ...]:
    """Every grant of the register with its sums, by fund, nearest deadline first.

    A fund's only grant takes all entries of the fund. Where a fund has several grants, entries without a grant's
    document form a line of their own, so that the lines add up to the fund.
    """
    return tuple(line for fund in dataset.fund_codes for line in _of_fund(dataset, day, fund))


def _of_fund(dataset: Dataset, day: dt.date, fund: str) -> list[GrantLine]:
    grants = [grant for grant in dataset.registers.grants if grant.fund == fund]
    grants.sort(key=lambda grant: (grant.deadline or dt.date.max, grant.document))
    rows = [row for row in dataset.fund_rows(fund).until(day) if row.family != YEAR_CLOSE]
    if len(grants) == 1:
        return [_line(day, grants[0], rows)]
    named = {grant.document for grant in grants}
    lines = [_line(day, grant, (row for row in rows if row.document == grant.document)) for grant in grants]
    rest = _line(day, Grant(document="", fund=fund), (row for row in rows if row.document not in named))
    return [*lines, rest] if grants and (rest.received or rest.left) else lines


def _line(day: dt.date, grant: Grant, rows: Iterable[DatasetRow]) -> GrantLine:
    lines = list(rows)
    transfers = (TRANSFERS_OUT, TRANSFERS_IN)
    received = -total_amount(r for r in lines if r.chart.kind in ("income", "equity") and r.account not in transfers)
    spent = total_amount(row for row in lines if row.chart.kind == "expense")
    moved = total_amount(row for row in lines if row.account in transfers)
    return GrantLine(
        document=grant.document or None,
        fund=grant.fund,
        funder=grant.funder,
        received=received,
        costs=spent,
        transfers=moved,
        left=received - spent - moved,
        conditional_held=-total_amount(row for row in lines if row.account == DEFERRED_GRANTS),
        deadline=grant.deadline,
        months_left=months_to(day, grant.deadline) if grant.deadline else None,
    )


def next_deadline(dataset: Dataset, day: dt.date, fund: str) -> dt.date | None:
    """The earliest deadline of the fund's grants with money left or deferred; of all its grants if none has any."""
    lines = [line for line in grant_lines(dataset, day) if line.fund == fund and line.deadline]
    left = [line for line in lines if line.left or line.conditional_held]
    return min((line.deadline for line in left or lines if line.deadline), default=None)
