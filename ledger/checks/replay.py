"""What acts did, done again: identities, names, registers, months and limits must stand as the acts left them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.chain import hashing
from ledger.chain.record_acts import IDENTITIES, registers_digest
from ledger.checks.raw_reader import Finding, Raw, RawBooks
from ledger.core.messages import N_, make_message

_IDENTITY = N_("Something that number %(number)s opened is not there as it was opened.")
_STRANGER = N_("The list “%(table)s” holds a row that no act opened.")
_NAME = N_("A name that number %(number)s wrote is not the one that was sealed.")
_REGISTER = N_("A register that number %(number)s changed does not hold what was sealed.")
_PERIOD = N_("Month %(month)s is not in the state that the acts left it in.")
_LIMIT = N_("The limits of account %(account)s are not those that the acts set.")


def check_identities(books: RawBooks) -> Iterator[Finding]:
    """Accounts, funds, people's numbers and the rest are exactly those that `record` acts opened."""
    for table, columns in IDENTITIES.items():
        if table == "period":
            continue
        opened = {row: deed.seq for deed in books.deeds for row in _opened(deed.facts, table)}
        for row in books.rows(table, columns[0]):
            if opened.pop(tuple(row[name] for name in columns), None) is None:
                yield Finding("identities", None, make_message(_STRANGER, table=table))
        yield from (Finding("identities", seq, make_message(_IDENTITY, number=seq)) for seq in opened.values())


def _opened(facts: dict[str, Any], table: str) -> list[tuple[Any, ...]]:
    opens = facts.get("opens")
    return listed_rows(opens.get(table)) if isinstance(opens, dict) else []


def listed_rows(listed: Any, width: int | None = None) -> list[tuple[Any, ...]]:
    """The rows that facts list; damaged ones are left out, for their link does not hold anyway."""
    rows = listed if isinstance(listed, list) else []
    plain = [row for row in rows if isinstance(row, list) and not any(isinstance(v, (list, dict)) for v in row)]
    return [tuple(row) for row in plain if width in (None, len(row))]


def check_names(books: RawBooks) -> Iterator[Finding]:
    """Every name is the one its act sealed, or was erased by an act that names its owner."""
    erased: dict[Any, list[int]] = {}
    for deed in books.deeds:
        if deed.kind == "erase" and isinstance(deed.facts.get("party"), int):
            erased.setdefault(deed.facts["party"], []).append(deed.seq)
    sealed = {
        (deed.seq, *name[:2]): name[2] for deed in books.deeds for name in listed_rows(deed.facts.get("names"), 3)
    }
    for row in books.rows("party_text", "act_id, party_id, part"):
        mac = sealed.pop((row["act_id"], row["party_id"], row["part"]), None)
        if mac != bytes(row["mac"]).hex() or not _name_holds(books, row, erased.get(row["party_id"], [])):
            yield Finding("names", row["act_id"], make_message(_NAME, number=row["act_id"]))
    yield from (Finding("names", key[0], make_message(_NAME, number=key[0])) for key in sealed)


def _name_holds(books: RawBooks, row: Raw, erasures: list[int]) -> bool:
    due = next((seq for seq in erasures if seq > row["act_id"]), None)
    if row["body"] is None or row["salt"] is None:
        return row["body"] is None and row["salt"] is None and due is not None and row["erased_act"] == due
    mac = hashing.name_mac(bytes(row["salt"]), books.uid, row["party_id"], row["act_id"], row["part"], row["body"])
    return due is None and row["erased_act"] is None and mac == bytes(row["mac"])


def check_registers(books: RawBooks) -> Iterator[Finding]:
    """The rows that each `record` act wrote into the registers hash to the digest in the act."""
    written: dict[int, list[tuple[str, str, str | None]]] = {}
    for row in books.rows("register_row", "act_id, register, key"):
        written.setdefault(row["act_id"], []).append((row["register"], row["key"], row["body"]))
    for deed in books.deeds:
        if deed.kind == "record" and registers_digest(written.pop(deed.seq, [])) != deed.facts.get("registers"):
            yield Finding("registers", deed.seq, make_message(_REGISTER, number=deed.seq))
    yield from (Finding("registers", seq, make_message(_REGISTER, number=seq)) for seq in written)


def check_periods(books: RawBooks) -> Iterator[Finding]:
    """Each month is open or closed as the last act about it says, and was opened by an act."""
    state: dict[Any, tuple[str, int | None]] = {}
    for deed in books.deeds:
        state |= {row[0]: ("open", None) for row in _opened(deed.facts, "period") if row}
        if deed.kind in ("close", "reopen"):
            state[deed.period_id] = ("closed" if deed.kind == "close" else "open", deed.seq)
    for row in books.rows("period", "period_id"):
        if (row["state"], row["act_id"]) != state.pop(row["period_id"], None):
            yield Finding("periods", row["act_id"], make_message(_PERIOD, month=row["period_id"]))
    yield from (Finding("periods", act, make_message(_PERIOD, month=month)) for month, (_, act) in state.items())


def check_limits(books: RawBooks) -> Iterator[Finding]:
    """The floor and ceiling on each balance are those of the last act about its account."""
    limits: dict[int, tuple[Any, Any, int]] = {}
    for deed in books.deeds:
        if deed.kind == "limits" and deed.account_id is not None:
            limits[deed.account_id] = (deed.facts.get("floor"), deed.facts.get("ceiling"), deed.seq)
    for row in books.rows("balance", "account_id"):
        expected = limits.get(row["account_id"], (None, None, None))
        if (row["floor"], row["ceiling"], row["limits_act"]) != expected:
            yield Finding("limits", row["last_entry"] or expected[2], make_message(_LIMIT, account=row["account_id"]))
