"""The people of a registers file, joined to the owners that the books know by name."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.chain.record_acts import NameRow
from ledger.core.messages import N_
from ledger.core.text import TextUnfit, normalize_name
from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.imports.register_sections import objects, wrong
from ledger.registers import members, store
from ledger.registers.codec import Json, RecordWrong, record_of
from ledger.registers.records import Household, Member, Partner
from ledger.registers.registry import HOUSEHOLDS, MEMBERS, PARTNERS
from ledger.registers.store import Change

_MISSING = N_("%(field)s: this field is missing.")
_TEXT = N_("%(field)s: a name is expected.")
_TWICE = N_("%(field)s: “%(name)s” is someone else’s name already.")
_NOBODY = N_("There is nobody called “%(name)s”.")
_KINDS = {"members": "member", "households": "household", "partners": "peer"}


@dataclass
class People:
    """Who is who: by name, by user name and by code, as it grows while the file is read."""

    by_name: dict[str, int]
    by_user: dict[str, int]
    by_code: dict[tuple[str, str], int]
    enrolled: set[int]
    free: int
    parties: list[tuple[int, str]] = field(default_factory=list)
    names: list[NameRow] = field(default_factory=list)
    claimed: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, uow: UnitOfWork, free: int) -> People:
        """The people that the books know; `free` is the next number of a party."""
        households = {("households", code): home.party_id for code, home in HOUSEHOLDS.all(uow).items()}
        partners = {("partners", partner.code): partner.party_id for partner in PARTNERS.all(uow).values()}
        known = store.party_names(uow)
        return cls(
            by_name=members.owners(uow),
            by_user={names.user: number for number, names in known.items() if names.user},
            by_code=households | partners,
            enrolled={member.party_id for member in MEMBERS.all(uow).values()},
            free=max(free, members.FIRST_PERSON),
        )

    def number_of(self, name: str) -> int:
        """Who is meant where the file names a person, by user name or name."""
        number = self.by_user.get(name, self.by_name.get(name))
        if number is None:
            raise wrong(_NOBODY, "", name=name)
        return number

    def changes(self, section: str, value: Json, where: str) -> list[tuple[str, Change | RecordWrong]]:
        """The changes that a section of people asks for, or what is wrong with an item, each with its place."""
        found: list[tuple[str, Change | RecordWrong]] = []
        for place, item in objects(value, where):
            try:
                found += [(place, change) for change in self._changes(section, item, place)]
            except RecordWrong as refusal:
                found.append((place, refusal))
        return found

    def _changes(self, section: str, item: dict[str, Json], place: str) -> list[Change]:
        name = _text(item.pop("name", None), f"{place}.name")
        if section == "members":
            user = item.pop("user", None)
            number = self._join_member(name, None if user is None else _text(user, f"{place}.user"), place)
            return [MEMBERS.change(record_of(Member, item | {"party_id": number}, where=place))]
        code = _text(item.get("code"), f"{place}.code")
        number = self._join(section, name, self.by_code.get((section, code)), place)
        self.by_code[section, code] = number
        if section == "households":
            return [HOUSEHOLDS.change(record_of(Household, item | {"party_id": number}, where=place))]
        left = [MEMBERS.withdraw(str(number))] if number in self.enrolled else []
        return [PARTNERS.change(record_of(Partner, item | {"party_id": number}, where=place)), *left]

    def _join_member(self, name: str, user: str | None, place: str) -> int:
        number = self._join("members", name, self.by_user.get(user or ""), place)
        if user is not None:
            self.names.append(NameRow(number, "user", user))
            self.by_user[user] = number
        return number

    def _join(self, section: str, name: str, known: int | None, place: str) -> int:
        """The owner known by user name or code, else the owner with this name, else a new one; never one twice."""
        number = known if known is not None else self.by_name.get(name, self.free)
        if self.by_name.get(name, number) != number or number in self.claimed:
            raise wrong(_TWICE, f"{place}.name", name=name)
        if number == self.free:
            self.parties.append((number, _KINDS[section]))
            self.free += 1
        self.claimed.add(number)
        self.names.append(NameRow(number, "name", name))
        self.by_name[name] = number
        return number


def _text(value: Json, where: str) -> str:
    if value is None:
        raise wrong(_MISSING, where)
    try:
        return normalize_name(value if isinstance(value, str) else "")
    except TextUnfit:
        raise wrong(_TEXT, where) from None
