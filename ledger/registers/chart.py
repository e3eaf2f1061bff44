"""Lists that grow with a community: its programmes, its funds, the accounts of its chart; a code stays for good."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ledger.chain.record_acts import NewIdentities
from ledger.core.errors import FieldWrong, LedgerError, NameTaken
from ledger.core.messages import make_message
from ledger.core.text import normalize_name
from ledger.database.unit_of_work import WriteUnit
from ledger.models import fund, programme
from ledger.registers import communities, store
from ledger.registers.records import Account, Fund, Programme
from ledger.registers.registry import ACCOUNTS, FUNDS, PROGRAMMES

Listed = TypeVar("Listed", Programme, Fund, Account)

ACCOUNT_SORTS: Mapping[str, Account] = {
    "bank": Account(code="1040", name="", kind="asset", side="debit", unit="", cash=True),
    "owned": Account(code="1700", name="", kind="asset", side="debit", unit=""),
    "owed": Account(code="2140", name="", kind="liability", side="credit", unit=""),
    "income": Account(code="4320", name="", kind="income", side="credit", unit=""),
    "cost": Account(code="6470", name="", kind="expense", side="debit", unit=""),
    "usual-cost": Account(code="6470", name="", kind="expense", side="debit", unit="", essential=True),
}
"""The sorts of account that people add, each with the first code that is looked at; its figure in front says the sort.

A usual cost is one that goes on in a bad month: it counts for how far the emergency fund reaches.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account that somebody asks for: one of SORTS, its name, and perhaps its code."""

    sort: str
    name: str
    code: str = ""


_CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{0,19}", re.ASCII)
_MADE = 8


def add_programme(writing: WriteUnit, wanted: Programme, *, entered_by: int) -> int | None:
    """Put a programme on the list; None where it stands there already. Without a code it gets one from its name."""
    taken = store.codes(writing, programme)
    made = _coded(wanted, PROGRAMMES.all(writing).values(), taken, _code_from(wanted.name, "P", taken))
    if made is None:
        return None
    return store.write(
        writing, [PROGRAMMES.change(made)], (), NewIdentities(programmes=[made.code]), entered_by=entered_by
    )


def add_fund(writing: WriteUnit, wanted: Fund, *, entered_by: int) -> int | None:
    """Open a fund; None where it is open already. Without a code it gets one from its name."""
    taken = store.codes(writing, fund)
    made = _coded(wanted, FUNDS.all(writing).values(), taken, _code_from(wanted.name, "F", taken))
    if made is None:
        return None
    return store.write(writing, [FUNDS.change(made)], (), NewIdentities(funds=[made.code]), entered_by=entered_by)


def add_account(writing: WriteUnit, asked: NewAccount, *, entered_by: int) -> int | None:
    """Add a money account of a sort to the chart; None where it stands there already. Without a code: the next free."""
    model, taken = ACCOUNT_SORTS[asked.sort], set(store.account_classes(writing))
    wanted = replace(model, name=asked.name, code=asked.code, unit=communities.settings(writing).currency)
    if asked.code and not re.fullmatch(rf"{model.code[0]}[0-9]{{3}}", asked.code, re.ASCII):
        raise FieldWrong("code", make_message("Four figures, %(first)s in front, such as %(like)s.", **_like(model)))
    free = next(str(number) for number in range(int(model.code), 10 * int(model.code)) if str(number) not in taken)
    made = _coded(wanted, ACCOUNTS.all(writing).values(), taken, free)
    if made is None:
        return None
    lines = [(made.code, made.kind.upper())]
    return store.write(writing, [ACCOUNTS.change(made)], (), NewIdentities(chart_lines=lines), entered_by=entered_by)


def _like(model: Account) -> dict[str, str]:
    return {"first": model.code[0], "like": model.code}


def _coded(wanted: Listed, standing: Iterable[Listed], taken: set[str], spare: str) -> Listed | None:
    """What is to be written, with its code; None where just that stands, NameTaken where another does."""
    try:
        name = normalize_name(wanted.name)
    except LedgerError as refusal:
        raise FieldWrong("name", refusal.message) from refusal
    code = wanted.code.strip().upper()
    for one in standing:
        if one.name.casefold() == name.casefold():
            if code in ("", one.code) and replace(wanted, name=one.name, code=one.code) == one:
                return None
            raise NameTaken(
                make_message("“%(name)s” is on the list already: %(code)s", name=name, code=one.code), "name"
            )
    if code and not _CODE.fullmatch(code):
        raise FieldWrong("code", make_message("Letters from A to Z, figures and hyphens, 20 at the most."))
    if code in taken:
        raise NameTaken(make_message("The code “%(code)s” is taken.", code=code), "code")
    return replace(wanted, name=name, code=code or spare)


def _code_from(name: str, letter: str, taken: set[str]) -> str:
    """The name in capitals without blanks and accents, cut and numbered until free; a letter where none is left."""
    plain = unicodedata.normalize("NFKD", name).upper()
    root = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())[:_MADE]
    numbers = range(1 if not root else 2, len(taken) + 3)
    tries = [*([root] if root else []), *(f"{root or letter}{number}" for number in numbers)]
    return next(code for code in tries if code not in taken)
