"""Willow's year straight from its files: a dataset that no database has touched."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from reports.dataset import Community, Dataset, Head, Row, Rows, in_order
from reports.plans import (
    Budget,
    BudgetLine,
    BudgetNote,
    Commitment,
    Emergency,
    ExpectedCash,
    Grant,
    KnownChange,
    TopUp,
    Use,
)
from reports.registers import (
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
    Registers,
    Restriction,
    RoleTerm,
)

HERE = Path(__file__).parent

Body = dict[str, Any]


@cache
def figures_file(name: str) -> Body:
    """What the golden file of a period says: `2026-03` or `2026`."""
    found: Body = json.loads((HERE / f"willow-{name}.json").read_text())
    return found


@cache
def willow() -> Dataset:
    """Willow's whole year with its registers; people are numbered in the order of the files, from 2."""
    body: Body = json.loads((HERE / "willow-registers.json").read_text())
    users = {member["user"]: number for number, member in enumerate(body["members"], 2)}
    names = {users[member["user"]]: member["name"] for member in body["members"]}
    names |= {number: p["name"] for number, p in enumerate(body["partners"], 2 + len(names))}
    registers = _registers(body, users, {name: number for number, name in names.items()})
    entries = [json.loads(line) for line in (HERE / "willow.jsonl").read_text().splitlines()]
    rows = sorted(_rows(entries, registers.accounts, {name: n for n, name in names.items()}), key=in_order)
    community = body["community"]
    return Dataset(
        community=Community(
            slug=community["slug"],
            name=community["name"],
            currency=community["currency"],
            books_began=day(community["books_began"]),
        ),
        head=Head(len(entries)),
        rows=Rows(rows),
        registers=registers,
        names=names,
    )


def _rows(entries: list[Body], chart: Mapping[str, Account], people: Mapping[str, int]) -> Iterator[Row]:
    taken_back = {key for entry in entries if "reverses" in entry for key in (entry["reverses"], entry["key"])}
    for seq, entry in enumerate(entries, 1):
        for line, posting in enumerate(entry["postings"], 1):
            quantity, unit, method = posting.get("quantity", (None, None, None))
            yield Row(
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
                about=day(entry.get("about")),
                live=entry["key"] not in taken_back,
                private=entry.get("private", False),
                quantity_milli=None if quantity is None else round(quantity * 1000),
                quantity_unit=unit,
                method=method,
                imported=True,
            )


def _registers(body: Body, users: Mapping[str, int], people: Mapping[str, int]) -> Registers:
    return Registers(
        accounts={a["code"]: Account(**a) for a in body["accounts"]},
        funds={f["code"]: _fund(f) for f in body["funds"]},
        programmes={p["code"]: Programme(**p) for p in body["programmes"]},
        places=tuple(Place(**p | {"funds": tuple(p["funds"])}) for p in body["places"]),
        members={users[m["user"]]: _member(m, users) for m in body["members"]},
        partners=tuple(_partner(p, people) for p in body["partners"]),
        roles=tuple(_role(r, users) for r in body["roles"]),
        decisions=tuple(_decision(d) for d in body["decisions"]),
        assemblies=tuple(Assembly(**_dated(a, "date")) for a in body["assemblies"]),
        budgets=tuple(_budget(b) for b in body["budgets"]),
        commitments=tuple(_commitment(c) for c in body["commitments"]),
        grants=tuple(Grant(**_dated(g, "deadline")) for g in body["grants"]),
        expected_cash=tuple(ExpectedCash(**_dated(x, "as_at", "date")) for x in body["expected_cash"]),
        farm_shares_offered={int(year): n for year, n in body["farm_shares_offered"].items()},
        hours_worked=tuple(HoursWorked(**w | {"member": users[w["member"]]}) for w in body["hours_worked"]),
        person_nights={n["month"]: n["person_nights"] for n in body["person_nights"]},
        meters=tuple(Meter(**{k: m[k] for k in ("code", "name", "unit", "kind")}) for m in body["meters"]),
        readings=tuple(_reading(r) for r in body["readings"]),
        emergency=_emergency(body["emergency"]),
        reconciliations=tuple(
            Reconciliation(**_dated(r, "to") | {"by": users[r["by"]]}) for r in body["reconciliations"]
        ),
        disputes=tuple(Dispute(**_dated(d, "opened", "agreed")) for d in body["disputes"]),
        exceptions=tuple(PolicyException(**_named(_dated(x, "from", "to"))) for x in body["exceptions"]),
        policies=body["policies"],
    )


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _dated(body: Body, *fields: str) -> Body:
    return body | {field: day(body[field]) for field in fields}


def _named(body: Body) -> Body:
    """Python's own words get an underscore."""
    return {f"{name}_" if name in ("from", "class") else name: value for name, value in body.items()}


def _fund(body: Body) -> Fund:
    rule = body["restriction"]
    lists = {name: tuple(value) if isinstance(value, list) else value for name, value in (rule or {}).items()}
    return Fund(**_named(_dated(body, "opened")) | {"restriction": Restriction(**lists) if rule else None})


def _member(body: Body, users: Mapping[str, int]) -> Member:
    dated = _dated(body, "joined", "left")
    return Member(party_id=users[body["user"]], joined=dated["joined"], left=dated["left"], household=body["household"])


def _partner(body: Body, people: Mapping[str, int]) -> Partner:
    limits = {name: body[name] for name in ("limit_they_owe_minutes", "limit_we_owe_minutes")}
    return Partner(party_id=people[body["name"]], code=body["code"], **limits)


def _role(body: Body, users: Mapping[str, int]) -> RoleTerm:
    learning = body.pop("trainee") if "trainee" in body else None
    return RoleTerm(
        **_named(_dated(body, "from", "to"))
        | {
            "holder": users.get(body["holder"]),
            "trainee": users[learning["user"]] if learning else None,
            "trainee_from": day(learning["from"]) if learning else None,
        }
    )


def _decision(body: Body) -> Decision:
    dates = ("proposed", "date", "review", "reviewed")
    left_out = ("result", "unit")
    return Decision(
        **{name: value for name, value in body.items() if name not in left_out} | {d: day(body.get(d)) for d in dates}
    )


def _budget(body: Body) -> Budget:
    return Budget(
        **body
        | {
            "approved": day(body["approved"]),
            "lines": tuple(BudgetLine(**line | {"months": tuple(line["months"])}) for line in body["lines"]),
            "known_changes": tuple(KnownChange(**_dated(c, "as_at")) for c in body["known_changes"]),
            "notes": tuple(BudgetNote(**n) for n in body["notes"]),
        }
    )


def _commitment(body: Body) -> Commitment:
    uses = tuple(Use(**_dated(use, "date")) for use in body["uses"])
    return Commitment(**_dated(body, "date", "cancelled") | {"uses": uses})


def _reading(body: Body) -> Reading:
    fields = {name: body[name] for name in ("meter", "month", "unit", "method")}
    return Reading(quantity=Fraction(str(body["quantity"])), **fields)


def _emergency(body: Body) -> Emergency:
    return Emergency(
        fund=body["fund"],
        essential_funds=tuple(body["essential_funds"]),
        top_ups_planned=tuple(
            TopUp(date=dt.date.fromisoformat(t["date"]), amount=t["amount"]) for t in body["top_ups_planned"]
        ),
        plan_checked=tuple(dt.date.fromisoformat(d) for d in body["plan_checked"]),
    )
