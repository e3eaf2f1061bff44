"""Parameter types of the command line: days, months."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import click

from ledger.core.periods import Month

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


class DayType(click.ParamType[dt.date]):
    """A day, written 2026-03-31."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """The day of the text."""
        try:
            return dt.date.fromisoformat(value if _DAY.fullmatch(value) else "")
        except ValueError:
            self.fail(f"“{value}” is not a day; write it like 2026-03-31.", param, ctx)


class MonthType(click.ParamType[Month]):
    """A month, written 2026-03."""

    name = "month"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Month:
        """The month of the text."""
        try:
            return Month.parse(value)
        except ValueError:
            self.fail(f"“{value}” is not a month; write it like 2026-03.", param, ctx)


DAY, MONTH = DayType(), MonthType()
