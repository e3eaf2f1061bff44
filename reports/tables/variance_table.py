"""A plan beside what happened: the difference, its share of the plan, and whether it must be explained."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from ledger.core.messages import N_, Message, make_message
from reports.data.dataset import Dataset
from reports.language.figure import Reason
from reports.language.value_formats import Measure


@dataclass(frozen=True, kw_only=True)
class PlanAndActual:
    """A year plan, a plan to date and what happened, in minor units or minutes; a difference above 0 is better."""

    year_plan: int
    plan: int
    actual: int
    difference: int


@dataclass(frozen=True, kw_only=True)
class Variance(PlanAndActual):
    """The same with the difference in hundredths of the plan, and why that is missing where nothing was planned."""

    percent: Fraction | None = field(init=False)
    percent_display: Measure | Message | str = field(init=False)
    reason: Reason | None = field(init=False)

    def __post_init__(self) -> None:
        percent = Fraction(self.difference * 100, self.plan) if self.plan else None
        unplanned = make_message(N_("not planned")) if self.difference else ""
        object.__setattr__(self, "percent", percent)
        object.__setattr__(self, "percent_display", unplanned if percent is None else Measure(percent, "percent"))
        object.__setattr__(self, "reason", Reason.DIV0 if percent is None else None)


def is_flagged(dataset: Dataset, plan: int, difference: int, least: tuple[str, int]) -> bool:
    """Whether a difference is so large, by amount and by share of the plan, that a note must explain it.

    `least` is the policy for the amount and its safe value.
    """
    percent = dataset.policy_number("budget.flag_percent", 10)
    return bool(plan) and abs(difference) >= dataset.policy_number(*least) and abs(difference) * 100 >= percent * plan


def sum_fields(rows: Iterable[object], *names: str) -> dict[str, int]:
    """The sums of some fields over rows."""
    listed = list(rows)
    return {name: sum(getattr(row, name) for row in listed) for name in names}


VARIANCE_FIELDS = ("year_plan", "plan", "actual", "difference")
FLAG_AMOUNT = ("budget.flag_cents", 5000)
FLAG_MINUTES = ("budget.flag_minutes", 300)
