"""Import of a community as a file: chart, funds, people, offices, plans, readings, policies; again changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from ledger.chain.record_acts import NameRow, NewIdentities, next_id
from ledger.core import amounts
from ledger.core.errors import LedgerError
from ledger.core.messages import N_
from ledger.database.unit_of_work import WriteUnit, write_books
from ledger.exchange.imports import register_sections
from ledger.exchange.imports.input_files import read_text
from ledger.exchange.imports.line_parser import parsed
from ledger.exchange.imports.people import People
from ledger.exchange.imports.register_sections import (
    BUDGET,
    BUDGET_LINE,
    BUDGET_NOTE,
    EXPECTED_CASH,
    KNOWN_CHANGE,
    Section,
    wrong,
)
from ledger.exchange.imports.result import Imported, Refused
from ledger.limits import limit_rules
from ledger.models import fund, programme
from ledger.registers import communities, decisions, store
from ledger.registers.codec import Json, record_of
from ledger.registers.communities import OPERATOR
from ledger.registers.records import CommunitySettings, Policy
from ledger.registers.registry import ACCOUNTS, COMMUNITY, HOUSEHOLDS, METERS, PLACES, POLICIES, Register
from ledger.registers.store import Change

_PEOPLE = ("members", "households", "partners")
_OTHERS = ("about", "community", "budgets", "expected_cash", "policies", *_PEOPLE)
_UNKNOWN = N_("%(field)s: this section is not known.")
_FIXED = N_("%(field)s: account %(code)s stays what it is, and in its unit; use another code.")
_HOME = N_("%(field)s: there is no household “%(code)s”.")


def import_registers(engine: Engine, slug: str, path: Path) -> Imported:
    """Bring the community's lists to what the file says, by one act; all or nothing. What it leaves out stays.

    May come before or after the journal: people are joined to the owners of accounts by name.
    """
    said = parsed(read_text(path))
    with write_books(engine, slug) as unit:
        sheet = _Sheet(unit)
        sheet.read(said)
        return sheet.write() if not sheet.refused else Imported(sheet.items, refused=tuple(sheet.refused))


@dataclass
class _Sheet:
    """A registers file on its way into the books."""

    unit: WriteUnit
    items: int = 0
    refused: list[Refused] = field(default_factory=list)
    changes: dict[tuple[str, str], Change] = field(default_factory=dict)
    known: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.people = People.of(self.unit, next_id(self.unit, "party"))
        self.chart = ACCOUNTS.all(self.unit)
        self.known["account"] |= set(self.chart)
        self.known["fund"] |= store.codes(self.unit, fund)
        self.known["programme"] |= store.codes(self.unit, programme)
        self.known["meter"] |= set(METERS.all(self.unit))
        self.known["place"] |= set(PLACES.all(self.unit))
        self.known["household"] |= set(HOUSEHOLDS.all(self.unit))

    # reading

    def read(self, said: Json) -> None:
        """Take every section of the file; what is wrong with an item is kept as a refusal."""
        if not isinstance(said, dict):
            self._refuse("file", wrong(register_sections.OBJECT, "file"))
            return
        names = {section.name for section in register_sections.SECTIONS} | set(_OTHERS)
        for name in said:
            if name not in names:
                self._refuse(name, wrong(_UNKNOWN, name))
        self._name_codes(said)
        self._community(said.get("community"))
        for name in _PEOPLE:
            self._people(name, said.get(name, []))
        for section in register_sections.SECTIONS:
            if section.name in said:
                self._section(section, said[section.name])
        self._budgets(said.get("budgets", []))
        self._daily(EXPECTED_CASH, self._listed(EXPECTED_CASH.items, said.get("expected_cash", []), "expected_cash"))
        self._policies(said.get("policies"))

    def _name_codes(self, said: Mapping[str, Json]) -> None:
        """Codes that the file itself brings may be referred to from anywhere in it."""
        for name, listing in (
            ("accounts", "account"),
            ("funds", "fund"),
            ("programmes", "programme"),
            ("meters", "meter"),
            ("places", "place"),
            ("households", "household"),
        ):
            items = said.get(name)
            for item in items if isinstance(items, list) else []:
                if isinstance(item, dict) and isinstance(item.get("code"), str):
                    self.known[listing].add(item["code"])

    def _community(self, said: Json) -> None:
        for place, item in self._listed(register_sections.one, said, "community"):
            self.items += 1
            item.pop("slug", None)
            item["year_starts"] = item.pop("financial_year_starts", "01-01")
            try:
                wanted = record_of(CommunitySettings, item, where=place)
                wanted = replace(wanted, go_live=wanted.go_live or communities.settings(self.unit).go_live)
                wanted = communities.validate_change(self.unit, wanted)
            except LedgerError as refusal:
                self._refuse(place, refusal)
                continue
            self._keep(COMMUNITY.change(wanted))
            self.people.names.append(NameRow(communities.COMMUNITY_PARTY, "name", wanted.name))

    def _people(self, name: str, said: Json) -> None:
        try:
            found = self.people.changes(name, said, name)
        except LedgerError as refusal:
            self._refuse(name, refusal)
            return
        self.items += len({place for place, _ in found})
        for place, change in found:
            if isinstance(change, LedgerError):
                self._refuse(place, change)
            else:
                self._at_home(place, change)
                self._keep(change)

    def _at_home(self, place: str, change: Change) -> None:
        home = (change.body or {}).get("household")
        if home is not None and home not in self.known["household"]:
            self._refuse(place, wrong(_HOME, f"{place}.household", code=home))

    def _section(self, section: Section, said: Json) -> None:
        for place, item in self._listed(section.items, said, section.name):
            self._take(section, place, item)

    def _budgets(self, said: Json) -> None:
        changes: list[register_sections.Item] = []
        for place, item in self._listed(BUDGET.items, said, "budgets"):
            parts = {name: item.pop(name, []) for name in ("lines", "known_changes", "notes")}
            record = self._take(BUDGET, place, item)
            prefix = f"{record.year}/{record.version}/" if record else ""
            for where, line in self._listed(BUDGET_LINE.items, parts["lines"], f"{place}.lines"):
                self._take(BUDGET_LINE, where, line, prefix)
            for where, note in self._listed(BUDGET_NOTE.items, parts["notes"], f"{place}.notes"):
                self._take(BUDGET_NOTE, where, note)
            changes += self._listed(KNOWN_CHANGE.items, parts["known_changes"], f"{place}.known_changes")
        self._daily(KNOWN_CHANGE, changes)

    def _daily(self, section: Section, items: Iterable[register_sections.Item]) -> None:
        """Lists that hold for a day: the file's list for a day takes the place of the one that stands."""
        counts: dict[str, int] = defaultdict(int)
        for place, item in items:
            day = str(item.get("as_at"))
            counts[day] += 1
            self._take(section, place, item, suffix=f"/{counts[day]:03d}")
        for key in section.register.all(self.unit):
            day, _, number = key.partition("/")
            if int(number) > counts.get(day, int(number)):
                self._keep(section.register.withdraw(key))

    def _policies(self, said: Json) -> None:
        for place, item in self._listed(register_sections.one, said, "policies"):
            for key, value in item.items():
                self.items += 1
                try:
                    self._keep(POLICIES.change(record_of(Policy, {"value": value}, where=f"{place}.{key}"), key))
                except LedgerError as refusal:
                    self._refuse(f"{place}.{key}", refusal)

    def _listed(self, items: Any, said: Json, where: str) -> Iterator[register_sections.Item]:
        try:
            yield from items(said, where)
        except LedgerError as refusal:
            self._refuse(where, refusal)

    def _take(self, section: Section, place: str, item: dict[str, Json], prefix: str = "", suffix: str = "") -> Any:
        self.items += 1
        register: Register[Any] = section.register
        try:
            record = record_of(register.record_type, item, self.people.number_of, place)
            section.check(record, place, self.known)
            if section is BUDGET_LINE:
                register_sections.check_twelve(record.months, f"{place}.months")
            if section.name == "accounts":
                self._same_account(record, place)
        except LedgerError as refusal:
            self._refuse(place, refusal)
            return None
        key = register.key_of(record)
        self._keep(register.change(record, prefix + (key[: -len(suffix)] + suffix if suffix else key)))
        return record

    def _same_account(self, record: Any, place: str) -> None:
        stands = self.chart.get(record.code, record)
        if (stands.kind, amounts.kind_of(stands.unit)) != (record.kind, amounts.kind_of(record.unit)):
            raise wrong(_FIXED, place, code=record.code)

    def _keep(self, change: Change) -> None:
        self.changes[change.register, change.key] = change

    def _refuse(self, place: str, refusal: LedgerError) -> None:
        self.refused.append(Refused(None, place, refusal.message))

    # writing

    def write(self) -> Imported:
        """Write what is new, by one act."""
        changes = list(self.changes.values())
        fresh = store.changed_items(self.unit, changes)
        named = store.changed_names(self.unit, self.people.names)
        changed = {(change.register, change.key) for change in fresh}
        changed |= {("member", str(name.party_id)) for name in named}
        store.write(self.unit, fresh, named, self._opens(), entered_by=OPERATOR)
        if any(register == POLICIES.slug for register, _ in changed):
            limit_rules.apply_rules(self.unit, entered_by=OPERATOR)
        posted = min(len(changed), self.items)
        return Imported(self.items, posted, self.items - posted)

    def _opens(self) -> NewIdentities:
        def new(register: str, there: set[str]) -> list[str]:
            return [key for name, key in self.changes if name == register and key not in there]

        known = decisions.codes(self.unit)
        first = next_id(self.unit, "decision")
        bodies = {key: change.body for (name, key), change in self.changes.items() if name == "account"}
        lines = [key for key in new("account", set(self.chart)) if bodies[key]]
        return NewIdentities(
            parties=self.people.parties,
            funds=new("fund", store.codes(self.unit, fund)),
            programmes=new("programme", store.codes(self.unit, programme)),
            decisions=list(enumerate(new("decision", set(known)), first)),
            chart_lines=[(code, str((bodies[code] or {})["kind"]).upper()) for code in lines],
        )
