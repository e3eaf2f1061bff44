"""The registers by name, each with the record type that it holds and the key of a record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from ledger.database.unit_of_work import UnitOfWork
from ledger.registers import plan_records, records, store
from ledger.registers.cache import cached
from ledger.registers.codec import body_of, record_of
from ledger.registers.records import LAST
from ledger.registers.store import Change

T = TypeVar("T")


@dataclass(frozen=True)
class Register(Generic[T]):
    """One list of the community: its slug, the type of its records, and the key of a record."""

    slug: str
    record_type: type[T]
    key_of: Callable[[T], str]

    def all(self, uow: UnitOfWork, prefix: str = "") -> dict[str, T]:
        """Every item at the head of the unit of work, by key, in the list's order; `prefix` selects keys."""
        records = self._records(uow)
        return {key: record for key, record in records.items() if key.startswith(prefix)} if prefix else dict(records)

    def get(self, uow: UnitOfWork, key: str) -> T | None:
        """One item, or None."""
        return self._records(uow).get(key)

    def _records(self, uow: UnitOfWork) -> Mapping[str, T]:
        return cached(uow, (self.slug, self.record_type), lambda: self._read(uow))

    def _read(self, uow: UnitOfWork) -> dict[str, T]:
        records = {key: record_of(self.record_type, body) for key, body in store.fetch_items(uow, self.slug).items()}
        return dict(sorted(records.items(), key=lambda item: (getattr(item[1], "order", LAST), item[0])))

    def change(self, record: T, key: str | None = None) -> Change:
        """The change that adds or replaces an item."""
        return Change(self.slug, key or self.key_of(record), body_of(record))

    def withdraw(self, key: str) -> Change:
        """The change that removes an item; its earlier versions stay stored."""
        return Change(self.slug, key, None)


def _line_key(line: plan_records.BudgetLine) -> str:
    return f"{line.fund}/{line.programme or ''}/{line.account}"


def _role_key(term: records.RoleTerm) -> str:
    holder = "" if term.holder is None else term.holder
    return f"{term.role}/{term.scope or ''}/{holder}/{term.from_}"


COMMUNITY = Register("community", records.CommunitySettings, lambda _: "settings")
ACCOUNTS = Register("account", records.Account, lambda record: record.code)
FUNDS = Register("fund", records.Fund, lambda record: record.code)
PROGRAMMES = Register("programme", records.Programme, lambda record: record.code)
PLACES = Register("place", records.Place, lambda record: record.code)
HOUSEHOLDS = Register("household", records.Household, lambda record: record.code)
MEMBERS = Register("member", records.Member, lambda record: str(record.party_id))
PARTNERS = Register("partner", records.Partner, lambda record: str(record.party_id))
ROLES = Register("role", records.RoleTerm, _role_key)
DECISIONS = Register("decision", records.Decision, lambda record: record.id)
ASSEMBLIES = Register("assembly", records.Assembly, lambda record: record.date.isoformat())
BUDGETS = Register("budget", plan_records.Budget, lambda record: f"{record.year}/{record.version}")
BUDGET_LINES = Register("budget-line", plan_records.BudgetLine, _line_key)
"""A line's key begins with its budget's key: `2026/1/GEN/HOME/6100`."""
BUDGET_NOTES = Register(
    "budget-note", plan_records.BudgetNote, lambda record: f"{record.period}/{record.programme or ''}"
)
KNOWN_CHANGES = Register("known-change", plan_records.KnownChange, lambda record: f"{record.as_at}/001")
"""The key is the date and the position in that day's list: `2026-03-31/002`."""
COMMITMENTS = Register("commitment", plan_records.Commitment, lambda record: record.id)
GRANTS = Register("grant", plan_records.Grant, lambda record: record.document)
EXPECTED_CASH = Register("expected-cash", plan_records.ExpectedCash, lambda record: f"{record.as_at}/001")
"""The key is the date of the forecast and the position in that day's list: `2026-03-31/002`."""
FARM_SHARES = Register("farm-shares", plan_records.FarmShares, lambda record: str(record.year))
HOURS_WORKED = Register("hours-worked", records.HoursWorked, lambda record: f"{record.year}/{record.member}")
PERSON_NIGHTS = Register("person-nights", records.PersonNights, lambda record: record.month)
METERS = Register("meter", records.Meter, lambda record: record.code)
READINGS = Register("reading", records.Reading, lambda record: f"{record.meter}/{record.date}")
EMERGENCY = Register("emergency", plan_records.Emergency, lambda _: "plan")
RECONCILIATIONS = Register("reconciliation", records.Reconciliation, lambda record: f"{record.place}/{record.to}")
DISPUTES = Register("dispute", records.Dispute, lambda record: record.id)
EXCEPTIONS = Register(
    "exception", records.PolicyException, lambda record: f"{record.policy}/{record.fund or ''}/{record.from_}"
)
LIMITS = Register("limit", records.LimitRule, lambda _: "")
"""The key says whose hours are limited: `everyone`, a kind of owner, `pot`, or `owner/7`."""
POLICIES = Register("policy", records.Policy, lambda _: "")
"""The key is the name of the policy: `privacy.k_members`."""
