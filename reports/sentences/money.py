"""Sentences on funds, net assets, cover, and each restricted fund."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from fractions import Fraction

from ledger.core.account_roles import DUE_FROM_FUNDS, DUE_TO_FUNDS
from ledger.core.amounts import MINUTES
from ledger.core.messages import N_, Message, make_counted_message, make_message
from ledger.registers.records import Fund
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.data.rows import DatasetRow, total_amount
from reports.indicators.emergency import AIM_MONTHS, LEAST_MONTHS, months_of_cover
from reports.indicators.income import own_income_share
from reports.indicators.money import general_months
from reports.language.value_formats import DayName, Measure, NameInSentence
from reports.measures.aggregates import balance, cash, fund_net_assets
from reports.measures.emergency_fund import emergency_fund
from reports.measures.grants import grant_lines
from reports.sentences.registry import sentence
from reports.tables.cash_forecast import cash_line
from reports.tables.funds import funds_table
from reports.tables.net_assets import net_assets
from reports.tables.registry import ANNUAL, MONTHLY
from reports.tables.trial_balance import trial_balance_on


def _owed(row: DatasetRow) -> bool:
    return row.chart.kind == "liability" and row.account != DUE_TO_FUNDS


def _things(row: DatasetRow) -> bool:
    return row.chart.kind == "asset" and not row.chart.cash and row.account != DUE_FROM_FUNDS


@sentence("funds")
def funds(dataset: Dataset, columns: Columns) -> Message:
    """The total of all funds: cash + other assets - liabilities; loans between funds cancel out."""
    rows = dataset.money.until(columns.end)
    held = funds_table(dataset, columns.period).total.close
    return make_message(
        N_(
            "Our funds hold %(held)s: %(cash)s in money and %(things)s in things and claims, less %(owed)s that we owe."
        ),
        held=Measure(held, dataset.currency),
        cash=Measure(cash(dataset, columns.end), dataset.currency),
        things=Measure(total_amount(filter(_things, rows)), dataset.currency),
        owed=Measure(-total_amount(filter(_owed, rows)), dataset.currency),
    )


@sentence("trial_balance")
def trial_balance(dataset: Dataset, columns: Columns) -> Message:
    """The totals of the trial balance, in money and in hours."""
    sides = trial_balance_on(dataset, columns.end).total
    return make_message(
        N_("Debits and credits are equal: %(money)s in money and %(hours)s in hours."),
        money=Measure(sides[dataset.currency].debit, dataset.currency),
        hours=Measure(sides[MINUTES].debit, MINUTES),
    )


@sentence("emergency")
def emergency(dataset: Dataset, columns: Columns) -> Message:
    """The months of cover of the emergency fund, with the minimum and the target."""
    if emergency_fund(dataset) is None:
        return make_message(N_("We keep no emergency fund."))
    months = months_of_cover(dataset, columns.end).value
    if not isinstance(months, int | Fraction):
        return make_message(N_("Our usual costs are not known yet, so nobody can say how long the fund would last."))
    return make_message(
        N_("The fund would pay our usual costs for %(months)s months. Our least is %(least)s, our aim is %(aim)s."),
        months=Measure(months, "months"),
        least=dataset.policy_number(*LEAST_MONTHS),
        aim=dataset.policy_number(*AIM_MONTHS),
    )


@sentence("at_a_glance", (MONTHLY,))
def at_a_glance(dataset: Dataset, columns: Columns) -> Message:
    """The whole months for which the general fund's cash would pay the usual costs."""
    months = general_months(dataset, columns.end).value
    if not isinstance(months, int | Fraction):
        return make_message(N_("Our usual costs are not known yet, so nobody can say how long our money would last."))
    singular, plural = (
        N_("We can pay our usual costs for %(count)s month."),
        N_("We can pay our usual costs for %(count)s months."),
    )
    return make_counted_message(singular, plural, max(0, int(months)))


@sentence("cash_line", (MONTHLY,))
def lowest_day(dataset: Dataset, columns: Columns) -> Message:
    """The day with the lowest cash in the forecast."""
    line = cash_line(dataset, columns)
    if not line.rows:
        return make_message(N_("No payments are expected yet."))
    return make_message(
        N_("Our lowest day is %(day)s: %(amount)s at hand."),
        day=DayName(line.lowest.date),
        amount=Measure(line.lowest.amount, dataset.currency),
    )


@sentence("restricted", (MONTHLY,))
def restricted(dataset: Dataset, columns: Columns) -> Mapping[str, Message]:
    """For each restricted fund the amounts used, left, and held on a condition."""
    sentences: dict[str, Message] = {}
    for fund in dataset.money_funds:
        if fund.class_ == "restricted" and (fund.opened or dt.date.min) <= columns.end:
            suffix = f"_{fund.code.lower()}"
            deferred = sum(
                line.conditional_held for line in grant_lines(dataset, columns.end) if line.fund == fund.code
            )
            sentences[suffix] = _standing(dataset, columns.end, fund)
            if deferred:
                text = N_("Another %(held)s is ours only when its condition is met.")
                sentences[f"{suffix}_conditional"] = make_message(text, held=Measure(deferred, dataset.currency))
    return sentences


def _standing(dataset: Dataset, day: dt.date, fund: Fund) -> Message:
    left = fund_net_assets(dataset, day, fund.code)
    if left < 0:
        return _below_zero(dataset, day, fund, left)
    received = sum(line.received for line in grant_lines(dataset, day) if line.fund == fund.code)
    if not received:
        return make_message(
            N_("The %(fund)s holds %(left)s."), fund=NameInSentence(fund.name), left=Measure(left, dataset.currency)
        )
    return make_message(
        N_("Of %(received)s received for the %(purpose)s, %(used)s is used and %(left)s is left."),
        received=Measure(received, dataset.currency),
        purpose=_purpose(dataset, fund),
        used=Measure(received - left, dataset.currency),
        left=Measure(left, dataset.currency),
    )


def _purpose(dataset: Dataset, fund: Fund) -> NameInSentence:
    """The purpose of the fund: its only programme, else the fund itself."""
    programmes = fund.restriction.programmes if fund.restriction else ()
    names = [dataset.registers.programmes[code].name for code in programmes if code in dataset.registers.programmes]
    return NameInSentence(names[0] if len(names) == 1 else fund.name)


def _below_zero(dataset: Dataset, day: dt.date, fund: Fund, left: int) -> Message:
    values = {"fund": NameInSentence(fund.name), "amount": Measure(-left, dataset.currency)}
    lent, lender = -balance(dataset, day, DUE_TO_FUNDS, fund.code), _lender(dataset, day, fund.code)
    if not lent or lender is None:
        return make_message(N_("The %(fund)s is %(amount)s below zero."), **values)
    return make_message(
        N_("The %(fund)s is %(amount)s below zero; the %(lender)s fund has lent it %(lent)s."),
        lender=NameInSentence(lender.name),
        lent=Measure(lent, dataset.currency),
        **values,
    )


def _lender(dataset: Dataset, day: dt.date, fund: str) -> Fund | None:
    """The fund of the latest loan."""
    loans = [row for row in dataset.account_rows(DUE_TO_FUNDS).until(day) if row.fund == fund and row.amount < 0]
    lines = dataset.entries.get(loans[-1].seq, ()) if loans else ()
    codes = [line.fund for line in lines if line.account == DUE_FROM_FUNDS and line.amount > 0]
    return dataset.registers.funds.get(codes[0]) if codes else None


@sentence("net_assets", (ANNUAL,))
def ours(dataset: Dataset, columns: Columns) -> Message:
    """Assets, liabilities and net assets at the year's end."""
    worths = net_assets(dataset, columns)
    return make_message(
        N_("On %(day)s we hold %(assets)s and owe %(liabilities)s: %(total)s is ours."),
        day=DayName(columns.end),
        **{name: Measure(worths[name], dataset.currency) for name in ("assets", "liabilities", "total")},
    )


@sentence("own_income", (ANNUAL,))
def own_income(dataset: Dataset, columns: Columns) -> Message | None:
    """The share of earned income; None without income."""
    share = own_income_share(dataset, columns.period).value
    if not isinstance(share, int | Fraction):
        return None
    return make_message(N_("%(share)s of our income was our own."), share=Measure(share, "percent"))
