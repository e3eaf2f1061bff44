"""Replays the acts: identities, names, registers, months and limits must be as the acts left them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.chain import hashing
from ledger.chain.record_acts import IDENTITIES, registers_digest
from ledger.checks.raw_reader import Finding, RawBooks, RawRow
from ledger.core.messages import N_, make_message

_IDENTITY = N_("Something that number %(number)s opened is not there as it was opened.")
_UNKNOWN_ROW = N_("The list “%(table)s” holds a row that no act opened.")
_NAME = N_("A name that number %(number)s wrote is not the one that was sealed.")
_REGISTER = N_("A register that number %(number)s changed does not hold what was sealed.")
_PERIOD = N_("Month %(month)s is not in the state that the acts left it in.")
_LIMIT = N_("The limits of account %(account)s are not those that the acts set.")


def check_identities(books: RawBooks) -> Iterator[Finding]:
    """Accounts, funds, parties and other identities are exactly those that `record` acts opened."""
    for table, columns in IDENTITIES.items():
        if table == "period":
            continue
        opened = {row: act.seq for act in books.acts for row in _opened(act.facts, table)}
        for row in books.rows(table, columns[0]):
            if opened.pop(tuple(row[name] for name in columns), None) is None:
                yield Finding("identities", None, make_message(_UNKNOWN_ROW, table=table))
        yield from (Finding("identities", seq, make_message(_IDENTITY, number=seq)) for seq in opened.values())


def _opened(facts: dict[str, Any], table: str) -> list[tuple[Any, ...]]:
    opens = facts.get("opens")
    return listed_rows(opens.get(table)) if isinstance(opens, dict) else []


def listed_rows(listed: Any, width: int | None = None) -> list[tuple[Any, ...]]:
    """The rows in a list of the facts, without damaged ones: their act's digest does not match anyway."""
    rows = listed if isinstance(listed, list) else []
    flat = [row for row in rows if isinstance(row, list) and not any(isinstance(value, (list, dict)) for value in row)]
    return [tuple(row) for row in flat if width in (None, len(row))]


def check_names(books: RawBooks) -> Iterator[Finding]:
    """Every name matches the MAC in its act, or was erased by an act that names its party."""
    erased: dict[Any, list[int]] = {}
    for act in books.acts:
        if act.kind == "erase" and isinstance(act.facts.get("party"), int):
            erased.setdefault(act.facts["party"], []).append(act.seq)
    sealed = {(act.seq, *name[:2]): name[2] for act in books.acts for name in listed_rows(act.facts.get("names"), 3)}
    for row in books.rows("party_text", "act_id, party_id, part"):
        mac = sealed.pop((row["act_id"], row["party_id"], row["part"]), None)
        if mac != bytes(row["mac"]).hex() or not _is_name_valid(books, row, erased.get(row["party_id"], [])):
            yield Finding("names", row["act_id"], make_message(_NAME, number=row["act_id"]))
    yield from (Finding("names", key[0], make_message(_NAME, number=key[0])) for key in sealed)


def _is_name_valid(books: RawBooks, row: RawRow, erasures: list[int]) -> bool:
    erased_by = next((seq for seq in erasures if seq > row["act_id"]), None)
    if row["body"] is None or row["salt"] is None:
        return row["body"] is None and row["salt"] is None and erased_by is not None and row["erased_act"] == erased_by
    mac = hashing.name_mac(bytes(row["salt"]), books.uid, row["party_id"], row["act_id"], row["part"], row["body"])
    return erased_by is None and row["erased_act"] is None and mac == bytes(row["mac"])


def check_registers(books: RawBooks) -> Iterator[Finding]:
    """The register rows of each `record` act match the digest in the act."""
    written: dict[int, list[tuple[str, str, str | None]]] = {}
    for row in books.rows("register_row", "act_id, register, key"):
        written.setdefault(row["act_id"], []).append((row["register"], row["key"], row["body"]))
    for act in books.acts:
        if act.kind == "record" and registers_digest(written.pop(act.seq, [])) != act.facts.get("registers"):
            yield Finding("registers", act.seq, make_message(_REGISTER, number=act.seq))
    yield from (Finding("registers", seq, make_message(_REGISTER, number=seq)) for seq in written)


def check_periods(books: RawBooks) -> Iterator[Finding]:
    """Each month was opened by an act, and is open or closed as its last act says."""
    states: dict[Any, tuple[str, int | None]] = {}
    for act in books.acts:
        states |= {row[0]: ("open", None) for row in _opened(act.facts, "period") if row}
        if act.kind in ("close", "reopen"):
            states[act.period_id] = ("closed" if act.kind == "close" else "open", act.seq)
    for row in books.rows("period", "period_id"):
        if (row["state"], row["act_id"]) != states.pop(row["period_id"], None):
            yield Finding("periods", row["act_id"], make_message(_PERIOD, month=row["period_id"]))
    yield from (Finding("periods", act_id, make_message(_PERIOD, month=month)) for month, (_, act_id) in states.items())


def check_limits(books: RawBooks) -> Iterator[Finding]:
    """The floor and ceiling of each balance are those of the account's last `limits` act."""
    limits: dict[int, tuple[Any, Any, int]] = {}
    for act in books.acts:
        if act.kind == "limits" and act.account_id is not None:
            limits[act.account_id] = (act.facts.get("floor"), act.facts.get("ceiling"), act.seq)
    for row in books.rows("balance", "account_id"):
        expected = limits.get(row["account_id"], (None, None, None))
        if (row["floor"], row["ceiling"], row["limits_act"]) != expected:
            yield Finding("limits", row["last_entry"] or expected[2], make_message(_LIMIT, account=row["account_id"]))
