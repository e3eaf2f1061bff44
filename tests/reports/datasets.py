"""Small datasets for tests: made by hand, or random and balanced."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from ledger.core.drafts import FAMILIES
from ledger.registers.records import Account, Fund, Member, Programme
from reports.data.dataset import Community, Dataset
from reports.data.registers import Registers
from reports.data.rows import DatasetRow, DatasetRows, row_order
from tests.golden.willow import willow

BEGAN = dt.date(2025, 2, 10)
PEOPLE = (2, 3, 4)
KINDS = sorted({row.kind for row in willow().rows} | {"emergency-grant", "solidarity-loan", "barter"})
DOCUMENTS = (None, "grant-01", "appeal-01", "trade-01", "loan-01")


def account(code: str) -> Account:
    """A line of the default chart."""
    return willow().registers.accounts[code]


def posting_row(code: str, amount: int, day: dt.date = BEGAN, seq: int = 1, **more: Any) -> DatasetRow:
    """One row; minutes go to the time bank's fund, barter values to barter's, all else to the general fund."""
    chart = account(code)
    fund = {"min": "TB", "NV": "BAR"}.get(chart.unit, "GEN")
    row = DatasetRow(seq, 1, f"k{seq}", day, "other", "cost", chart, chart.unit, fund, amount)
    return row._replace(**more)


def make_dataset(*rows: DatasetRow, **registers: Any) -> Dataset:
    """A dataset of some rows with Willow's chart and a new community's funds."""
    base = Registers(
        accounts=willow().registers.accounts,
        funds={code: willow().registers.funds[code] for code in ("GEN", "EMF", "TB", "BAR")},
        members={party: Member(party_id=party, joined=dt.date(2024, 1, 1)) for party in PEOPLE},
    )
    numbered = [row._replace(line=place) for place, row in enumerate(rows, 1)]
    return Dataset(
        community=Community(slug="lane", name="Lane", books_began=BEGAN),
        rows=DatasetRows(sorted(numbered, key=row_order)),
        registers=replace(base, **registers),
        names={party: f"Person {party}" for party in PEOPLE},
    )


@st.composite
def entries(draw: st.DrawFn, seq: int) -> list[DatasetRow]:
    """One entry of any kind on any accounts of one fund, balanced."""
    fund, unit = draw(st.sampled_from([("GEN", "EUR"), ("EMF", "EUR"), ("GRN", "EUR"), ("TB", "min"), ("BAR", "NV")]))
    codes = sorted(code for code, chart in willow().registers.accounts.items() if chart.unit == unit)
    amounts = draw(st.lists(st.integers(-5000, 5000).filter(bool), min_size=1, max_size=3))
    head: dict[str, Any] = {
        "date": draw(st.dates(BEGAN, dt.date(2026, 12, 31))),
        "family": draw(st.sampled_from(FAMILIES)),
        "kind": draw(st.sampled_from(KINDS)),
        "document": draw(st.sampled_from(DOCUMENTS)),
        "live": draw(st.booleans()),
        "private": draw(st.booleans()),
    }
    return [
        posting_row(draw(st.sampled_from(codes)), amount, seq=seq, fund=fund, **head)._replace(
            owner=draw(st.sampled_from((0, *PEOPLE))),
            programme=draw(st.sampled_from((None, "GARDEN", "PEER"))),
            quantity_milli=draw(st.sampled_from((None, 1500, 12000))),
            quantity_unit="kg",
        )
        for amount in [*amounts, -sum(amounts)]
    ]


@st.composite
def random_datasets(draw: st.DrawFn) -> Dataset:
    """Up to a dozen entries, with or without Willow's registers."""
    rows = [row for seq in range(1, draw(st.integers(0, 12)) + 1) for row in draw(entries(seq))]
    willow_registers: Registers = willow().registers
    kept = {name: getattr(willow_registers, name) for name in draw(st.sets(st.sampled_from(LISTS)))}
    return make_dataset(*rows, **more_funds(willow_registers.funds.values(), draw(st.booleans())), **kept)


LISTS = (
    "places budgets commitments grants expected_cash hours_worked person_nights meters readings emergency roles "
    "decisions assemblies reconciliations disputes exceptions policies partners"
).split()


def more_funds(funds: Iterable[Fund], described: bool) -> dict[str, Any]:
    """Willow's funds and programmes, or only the funds that the entries use."""
    kept = [fund for fund in funds if described or fund.code in ("GEN", "EMF", "GRN", "TB", "BAR")]
    programmes = {code: Programme(code=code, name=code.title(), private=code == "PEER") for code in ("GARDEN", "PEER")}
    return {"funds": {fund.code: fund for fund in kept}, "programmes": programmes}
