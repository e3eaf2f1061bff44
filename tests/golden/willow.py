"""Willow's year straight from its files: a dataset that no database has touched."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from ledger.registers.codec import PersonLookup, record_of
from ledger.registers.plan_records import (
    Budget,
    BudgetLine,
    BudgetNote,
    Commitment,
    Emergency,
    ExpectedCash,
    Grant,
    KnownChange,
)
from ledger.registers.policies import DEFAULTS
from ledger.registers.records import (
    Account,
    Assembly,
    Decision,
    Dispute,
    Fund,
    HoursWorked,
    Member,
    Meter,
    Partner,
    Place,
    PolicyException,
    Programme,
    Reading,
    Reconciliation,
    RoleTerm,
)
from reports.data.dataset import ChainHead, Community, Dataset
from reports.data.registers import Registers
from reports.data.rows import DatasetRow, DatasetRows, row_order

HERE = Path(__file__).parent

Body = dict[str, Any]
T = TypeVar("T")


@cache
def figures_file(name: str) -> Body:
    """What the golden file of a period says: `2026-03` or `2026`."""
    found: Body = json.loads((HERE / f"willow-{name}.json").read_text())
    return found


@cache
def willow() -> Dataset:
    """Willow's whole year with its registers; people are numbered in the order of the files, from 2."""
    body: Body = json.loads((HERE / "willow-registers.json").read_text())
    return numbered({person["name"]: n for n, person in enumerate([*body["members"], *body["partners"]], 2)})


def numbered(numbers: Mapping[str, int]) -> Dataset:
    """The same with other numbers for its people, by name."""
    body: Body = json.loads((HERE / "willow-registers.json").read_text())
    registers = _registers(body, {m["user"]: numbers[m["name"]] for m in body["members"]}, numbers)
    entries = [json.loads(line) for line in (HERE / "willow.jsonl").read_text().splitlines()]
    rows = sorted(_rows(entries, registers.accounts, numbers), key=row_order)
    community = body["community"]
    return Dataset(
        community=Community(
            slug=community["slug"],
            name=community["name"],
            currency=community["currency"],
            books_began=dt.date.fromisoformat(community["books_began"]),
        ),
        head=ChainHead(len(entries)),
        rows=DatasetRows(rows),
        registers=registers,
        names={number: name for name, number in numbers.items()},
    )


def _rows(entries: list[Body], chart: Mapping[str, Account], people: Mapping[str, int]) -> Iterator[DatasetRow]:
    taken_back = {key for entry in entries if "reverses" in entry for key in (entry["reverses"], entry["key"])}
    for seq, entry in enumerate(entries, 1):
        for line, posting in enumerate(entry["postings"], 1):
            quantity, unit, method = posting.get("quantity", (None, None, None))
            yield DatasetRow(
                seq=seq,
                line=line,
                key=entry["key"],
                date=dt.date.fromisoformat(entry["date"]),
                family=entry["family"],
                kind=entry["kind"],
                chart=chart[posting["account"]],
                unit=posting["unit"],
                fund=posting["fund"],
                amount=posting["amount"],
                owner=people[posting["owner"]] if "owner" in posting else 0,
                programme=posting.get("programme"),
                document=entry.get("document"),
                about=dt.date.fromisoformat(entry["about"]) if "about" in entry else None,
                live=entry["key"] not in taken_back,
                private=entry.get("private", False),
                quantity_milli=None if quantity is None else round(quantity * 1000),
                quantity_unit=unit,
                method=method,
                imported=True,
            )


def _registers(body: Body, users: Mapping[str, int], people: Mapping[str, int]) -> Registers:
    def read(kind: type[T], items: Iterable[Body], names: PersonLookup = users.__getitem__) -> tuple[T, ...]:
        is_ordered = "order" in kind.__dataclass_fields__  # type: ignore[attr-defined]  # records are dataclasses
        placed = ({"order": place} | item if is_ordered else item for place, item in enumerate(items, 1))
        return tuple(record_of(kind, item, names) for item in placed)

    members = [
        {k: m[k] for k in ("joined", "left", "household")} | {"party_id": users[m["user"]]} for m in body["members"]
    ]
    partners = [{k: v for k, v in p.items() if k != "name"} | {"party_id": people[p["name"]]} for p in body["partners"]]
    return Registers(
        accounts={account.code: account for account in read(Account, body["accounts"])},
        funds={fund.code: fund for fund in read(Fund, body["funds"])},
        programmes={programme.code: programme for programme in read(Programme, body["programmes"])},
        places=read(Place, body["places"]),
        members={member.party_id: member for member in read(Member, members)},
        partners=read(Partner, partners),
        roles=read(RoleTerm, map(_role, body["roles"])),
        decisions=read(Decision, body["decisions"]),
        assemblies=read(Assembly, body["assemblies"]),
        budgets=tuple(map(_budget, body["budgets"])),
        commitments=read(Commitment, body["commitments"]),
        grants=read(Grant, body["grants"]),
        expected_cash=read(ExpectedCash, body["expected_cash"]),
        farm_shares_offered={int(year): offered for year, offered in body["farm_shares_offered"].items()},
        hours_worked=read(HoursWorked, body["hours_worked"]),
        person_nights={nights["month"]: nights["person_nights"] for nights in body["person_nights"]},
        meters=read(Meter, body["meters"]),
        readings=read(Reading, body["readings"]),
        emergency=record_of(Emergency, body["emergency"]),
        reconciliations=read(Reconciliation, body["reconciliations"]),
        disputes=read(Dispute, body["disputes"]),
        exceptions=read(PolicyException, body["exceptions"]),
        policies={**DEFAULTS, **body["policies"]},
    )


def _without(body: Body, *names: str) -> Body:
    return {name: value for name, value in body.items() if name not in names}


def _role(body: Body) -> Body:
    learning = body["trainee"] or {"user": None, "from": None}
    return body | {"trainee": learning["user"], "trainee_from": learning["from"]}


def _budget(body: Body) -> Budget:
    return Budget(
        year=body["year"],
        version=body["version"],
        state=body["state"],
        decision=body["decision"],
        approved=dt.date.fromisoformat(body["approved"]),
        lines=tuple(record_of(BudgetLine, {"order": n} | line) for n, line in enumerate(body["lines"], 1)),
        known_changes=tuple(record_of(KnownChange, change) for change in body["known_changes"]),
        notes=tuple(record_of(BudgetNote, note) for note in sorted(body["notes"], key=lambda n: str(n["programme"]))),
    )
