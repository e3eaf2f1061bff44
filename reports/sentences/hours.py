"""Sentences on hours and electricity."""

from __future__ import annotations

from ledger.core.amounts import MINUTES
from ledger.core.messages import N_, Message, make_message
from ledger.core.periods import Month
from reports.data.columns import LAST_YEAR, Columns
from reports.data.dataset import Dataset
from reports.language.value_formats import HoursInWords, Measure, MonthName
from reports.measures.hours import minutes_given, minutes_received, pot_balance
from reports.measures.meter_series import ENERGY, readings_by_kind
from reports.sentences.plan import PeriodKind, period_kind, period_values
from reports.sentences.registry import sentence
from reports.tables.registry import MONTHLY


@sentence("pot")
def pot_held(dataset: Dataset, columns: Columns) -> Message:
    """The balance of the community account."""
    minutes = pot_balance(dataset, columns.end)
    if not minutes:
        return make_message(N_("The community pot stands at nought."))
    promised, holds = (
        N_("The community has promised %(hours)s of future help."),
        N_("The community pot holds %(hours)s."),
    )
    return make_message(promised if minutes < 0 else holds, hours=HoursInWords(abs(minutes)))


@sentence("time")
def time_given(dataset: Dataset, columns: Columns) -> Message:
    """Hours given by members; in annual reports also hours received."""
    to_date, now = (sum(minutes_given(dataset, span).values()) for span in (columns.year_to_date, columns.period))
    got = sum(minutes_received(dataset, columns.period).values())
    texts = {
        PeriodKind.MONTHS: N_("Members gave %(given)s from %(first)s to %(last)s and %(now)s in %(last)s."),
        PeriodKind.MONTH: N_("Members gave %(given)s in %(last)s."),
        PeriodKind.YEAR: N_("Members gave %(given)s and received %(got)s in %(year)s."),
    }
    amounts = {name: Measure(value, MINUTES) for name, value in {"given": to_date, "now": now, "got": got}.items()}
    return make_message(texts[period_kind(columns)], **amounts, **period_values(columns))


@sentence("resources", (MONTHLY,))
def electricity_used(dataset: Dataset, columns: Columns) -> Message | None:
    """Electricity of the month and the same month a year before; None where it was not read."""
    counted = readings_by_kind(dataset, ENERGY, "kWh")
    month, before = Month.of(columns.end), Month.of(columns.spans[LAST_YEAR].last)
    used, was = counted.get(str(month)), counted.get(str(before))
    if used is None:
        return None
    values = {"used": Measure(used, "kWh"), "month": MonthName(month)}
    if was is None:
        return make_message(N_("We used %(used)s kWh of electricity in %(month)s."), **values)
    less = N_("We used %(used)s kWh of electricity in %(month)s, %(gap)s less than a year before.")
    more = N_("We used %(used)s kWh of electricity in %(month)s, %(gap)s more than a year before.")
    return make_message(less if used <= was else more, gap=Measure(abs(was - used), "kWh"), **values)
