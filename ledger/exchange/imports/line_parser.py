"""Reading journal lines strictly: whole numbers only, no field unknown, and a reason that names the field."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeVar

from ledger.core import amounts, drafts
from ledger.core.errors import LedgerError
from ledger.core.messages import N_, Message, make_message
from ledger.core.text import normalize_name, normalize_text
from ledger.exchange.journal_line import JournalLine, PostingLine
from ledger.kinds.general.journal import Journal

Read = TypeVar("Read")

LONGEST_KEY = 200
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YEARS = range(1900, 3000)
_FIELDS = frozenset(
    "key date family kind narration subject private reverses corrects about decision document postings".split()
)
_POSTING_FIELDS = frozenset("account unit fund amount owner programme quantity".split())


class LineWrong(LedgerError):
    """A line of a journal file says one entry, whole, in the one form of the format."""

    slug = "line-wrong"


def read(text: str) -> JournalLine:
    """The entry that a line of a file says; LineWrong says what cannot be understood."""
    return from_json(parsed(text))


def parsed(text: str) -> Any:
    """JSON read strictly: each name once, decimals as they are written, no NaN."""
    try:
        return _STRICT.decode(text)
    except (ValueError, RecursionError) as error:
        raise LineWrong(make_message("This is not JSON: %(reason)s", reason=str(error))) from error


def _no_number(word: str) -> None:
    raise ValueError(word)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


_STRICT = json.JSONDecoder(parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_once_each)


def from_json(said: Any) -> JournalLine:
    """The entry that a JSON value says; LineWrong says what cannot be understood."""
    fields = _Fields(said, _FIELDS)
    line = JournalLine(
        key=fields.needed("key", _key),
        date=fields.needed("date", _day),
        family=fields.needed("family", _family),
        kind=fields.wanted("kind", _name) or Journal.slug,
        narration=fields.wanted("narration", _words),
        subject=fields.wanted("subject", _words),
        private=fields.wanted("private", _switch) or False,
        reverses=fields.wanted("reverses", _key),
        corrects=fields.wanted("corrects", _key),
        about=fields.wanted("about", _day),
        decision=fields.wanted("decision", _name),
        document=fields.wanted("document", _name),
        postings=fields.needed("postings", _postings),
    )
    if line.narration is None and not line.private:
        raise LineWrong(make_message("narration: only a private entry may do without."))
    if line.about is not None and line.about >= line.date:
        raise LineWrong(make_message("about: a late entry is about an earlier day."))
    return line


_OBJECT = N_("%(field)s: an object in braces is expected.")
_UNKNOWN = N_("%(field)s: this field is not known.")
_MISSING = N_("%(field)s: this field is missing.")
_TEXT = N_("%(field)s: a text is expected.")
_EMPTY = N_("%(field)s: %(reason)s")
_LONG = N_("%(field)s: at most %(longest)s characters.")
_DATE = N_("%(field)s: a day is written 2026-03-31.")
_FAMILY = N_("%(field)s: a family is one of: %(families)s")
_SWITCH = N_("%(field)s: true or false is expected.")
_LIST = N_("%(field)s: a list is expected.")
_WHOLE = N_("%(field)s: a whole number of the unit’s smallest parts is expected.")
_LARGE = N_("%(field)s: the number is too large.")
_QUANTITY = N_('%(field)s: a quantity is written [640, "kWh", "metered"], with up to three decimals.')
_METHOD = N_("%(field)s: a quantity is metered, estimated, stated or weighed.")


def _no(text: str, field: str, **values: object) -> LineWrong:
    return LineWrong(Message(text, {"field": field, **values}))


class _Fields:
    """The fields of an object, each read by its name; a refusal names its place."""

    def __init__(self, said: Any, known: frozenset[str], where: str = "") -> None:
        if not isinstance(said, dict):
            raise _no(_OBJECT, where.removesuffix(".") or "line")
        if not said.keys() <= known:
            raise _no(_UNKNOWN, where + next(name for name in said if name not in known))
        self._said = said
        self._where = where

    def needed(self, name: str, reader: Callable[[Any, str], Read]) -> Read:
        value = self._said.get(name)
        if value is None:
            raise _no(_MISSING, self._where + name)
        return reader(value, self._where + name)

    def wanted(self, name: str, reader: Callable[[Any, str], Read]) -> Read | None:
        value = self._said.get(name)
        return None if value is None else reader(value, self._where + name)


def _cleaned(value: Any, where: str, cleaner: Callable[[str], str]) -> str:
    if not isinstance(value, str):
        raise _no(_TEXT, where)
    try:
        return cleaner(value)
    except LedgerError as refusal:
        raise _no(_EMPTY, where, reason=str(refusal.message)) from refusal


_often = lru_cache(maxsize=4096)(normalize_name)
"""Cleans names and codes; a journal says the same few on every line."""


def _name(value: Any, where: str) -> str:
    return _cleaned(value, where, _often)


def _words(value: Any, where: str) -> str | None:
    words = _cleaned(value, where, normalize_text)
    return words if words.strip() else None


def _key(value: Any, where: str) -> str:
    key = _cleaned(value, where, normalize_name)
    if len(key) > LONGEST_KEY:
        raise _no(_LONG, where, longest=LONGEST_KEY)
    return key


def _day(value: Any, where: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(value if _DAY.fullmatch(value) else "")
    except (TypeError, ValueError):
        raise _no(_DATE, where) from None
    if day.year not in _YEARS:
        raise _no(_DATE, where)
    return day


def _family(value: Any, where: str) -> str:
    if value not in drafts.FAMILIES:
        raise _no(_FAMILY, where, families=", ".join(drafts.FAMILIES))
    return str(value)


def _switch(value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        raise _no(_SWITCH, where)
    return value


def _whole(value: Any, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _no(_WHOLE, where)
    if abs(value) > amounts.LARGEST:
        raise _no(_LARGE, where)
    return value


def _postings(value: Any, where: str) -> tuple[PostingLine, ...]:
    if not isinstance(value, list):
        raise _no(_LIST, where)
    return tuple(_posting(item, f"{where}[{number}]") for number, item in enumerate(value, 1))


def _posting(said: Any, where: str) -> PostingLine:
    try:
        place = _place(said["account"], said["unit"], said["fund"], said.get("owner"), said.get("programme"))
        amount = said["amount"]
    except (AttributeError, KeyError, TypeError, LedgerError):
        return _posting_by_field(said, where)
    if len(said) != _PLAIN + ("owner" in said) + ("programme" in said) or type(amount) is not int:
        return _posting_by_field(said, where)
    account, unit, fund, owner, programme = place
    return PostingLine(account, unit, fund, _whole(amount, f"{where}.amount"), owner, programme)


_PLAIN = 4
"""The fields that every posting has."""


@lru_cache(maxsize=4096)
def _place(account: str, unit: str, fund: str, owner: str | None, programme: str | None) -> tuple[Any, ...]:
    """Where a posting goes, cleaned; a journal names the same few places again and again."""
    names = [_name(account, ""), _name(unit, ""), _name(fund, "")]
    return (*names, *(None if each is None else _name(each, "") for each in (owner, programme)))


def _posting_by_field(said: Any, where: str) -> PostingLine:
    """The posting field by field, which says what is wrong with it."""
    fields = _Fields(said, _POSTING_FIELDS, f"{where}.")
    return PostingLine(
        fields.needed("account", _name),
        fields.needed("unit", _name),
        fields.needed("fund", _name),
        fields.needed("amount", _whole),
        fields.wanted("owner", _name),
        fields.wanted("programme", _name),
        fields.wanted("quantity", _quantity),
    )


def _quantity(said: Any, where: str) -> drafts.Quantity:
    if not isinstance(said, list) or len(said) != 3 or isinstance(said[0], bool):
        raise _no(_QUANTITY, where)
    number, unit, method = said
    if not isinstance(number, (int, Decimal)) or method not in drafts.METHODS:
        raise _no(_QUANTITY if method in drafts.METHODS else _METHOD, where)
    return drafts.Quantity(_milli(Decimal(number), where), _name(unit, where), method)


def _milli(number: Decimal, where: str) -> int:
    """The thousandths of a number with up to three decimals."""
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or exponent < -3 or abs(number) * 1000 > amounts.LARGEST:
        raise _no(_QUANTITY, where)
    return int(number * 1000)
