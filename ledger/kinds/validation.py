"""Checking: every answer is there and of its own form before a kind can exist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from ledger.core.amounts import LARGEST
from ledger.core.drafts import METHODS, Quantity
from ledger.core.errors import FieldsWrong, LedgerError
from ledger.core.messages import N_, Message, make_message
from ledger.core.text import normalize_name, normalize_text
from ledger.kinds.fields import MANY, FieldSpec, fields_of

LONGEST_DAY_MINUTES = 24 * 60
LONGEST_TEXT = 200

MISSING = {
    "member": N_("Choose who it was."),
    "members": N_("Choose who took part."),
    "duration": N_("Say how long it took."),
    "amount": N_("Say how much it was."),
    "count": N_("Say how many."),
    "date": N_("Choose the day."),
    "choice": N_("Choose one of the answers."),
    "note": N_("Write a few words."),
    "text": N_("Write a few words."),
    "fund": N_("Choose a fund."),
    "programme": N_("Choose a programme."),
    "account": N_("Choose an account."),
    "decision": N_("Name the decision."),
    "quantity": N_("Say how much of it there was."),
    "rows": N_("Write at least one line."),
}
"""What a form says where a question of each type was left open."""


def checked(filled: Any) -> None:
    """Bring texts into one form and refuse, all at once, what is missing or cannot be; FieldsWrong names the fields."""
    wrong: dict[str, Message] = {}
    for spec in fields_of(type(filled)):
        value = getattr(filled, spec.name)
        try:
            kept = _kept(spec, value)
        except LedgerError as refusal:
            wrong[spec.name] = refusal.message
            continue
        if kept is not value:
            object.__setattr__(filled, spec.name, kept)
    wrong = wrong or dict(filled.problems())
    if wrong:
        raise FieldsWrong(wrong)


def _kept(spec: FieldSpec, value: Any) -> Any:
    """The value as it is kept: cleaned texts; None for an open question, () where it asks for several."""
    if value is None or value == "" or value == ():
        if spec.required:
            raise LedgerError(make_message(MISSING[spec.type]))
        return () if spec.type in MANY else None
    reason = _CHECKS[spec.type](spec, value)
    if reason is not None:
        raise LedgerError(reason)
    return _cleaned(spec, value) if isinstance(value, str) else value


def _cleaned(spec: FieldSpec, value: str) -> str | None:
    text = normalize_text(value).strip() if spec.type == "note" else normalize_name(value)
    if spec.type == "text" and len(text) > LONGEST_TEXT:
        raise LedgerError(make_message("Write at most %(longest)s characters here.", longest=LONGEST_TEXT))
    return text or None


Check = Callable[[FieldSpec, Any], Message | None]


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _party(_: FieldSpec, value: Any) -> Message | None:
    return None if _is_whole(value) and value > 0 else make_message(MISSING["member"])


def _parties(_: FieldSpec, value: Any) -> Message | None:
    if not isinstance(value, tuple) or not all(_is_whole(one) and one > 0 for one in value):
        return make_message(MISSING["members"])
    return None if len(set(value)) == len(value) else make_message("Someone is chosen twice.")


def _minutes(_: FieldSpec, value: Any) -> Message | None:
    if not _is_whole(value) or value < 1:
        return make_message(MISSING["duration"])
    return None if value <= LONGEST_DAY_MINUTES else make_message("A day has 24 hours. Write one entry for each day.")


def _amount(_: FieldSpec, value: Any) -> Message | None:
    if not _is_whole(value) or value < 1:
        return make_message("Write an amount above nought.")
    return (
        None
        if value <= LARGEST
        else make_message("That amount is too large for the books. Check the number of noughts.")
    )


def _count(_: FieldSpec, value: Any) -> Message | None:
    return None if _is_whole(value) and 1 <= value <= LARGEST else make_message("Write a whole number above nought.")


def _day(_: FieldSpec, value: Any) -> Message | None:
    return None if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else make_message(MISSING["date"])


def _choice(spec: FieldSpec, value: Any) -> Message | None:
    return None if value in {choice.value for choice in spec.choices} else make_message(MISSING["choice"])


def _words(spec: FieldSpec, value: Any) -> Message | None:
    return None if isinstance(value, str) else make_message(MISSING[spec.type])


def _quantity(_: FieldSpec, value: Any) -> Message | None:
    known = isinstance(value, Quantity) and _is_whole(value.milli) and value.method in METHODS and value.unit
    return None if known and 0 < value.milli <= LARGEST else make_message(MISSING["quantity"])


def _rows(spec: FieldSpec, value: Any) -> Message | None:
    row: Any = spec.row
    return (
        None
        if isinstance(value, tuple) and all(isinstance(one, row) for one in value)
        else make_message(MISSING["rows"])
    )


_CHECKS: Mapping[str, Check] = {
    "member": _party,
    "members": _parties,
    "duration": _minutes,
    "amount": _amount,
    "count": _count,
    "date": _day,
    "choice": _choice,
    "note": _words,
    "text": _words,
    "fund": _words,
    "programme": _words,
    "account": _words,
    "decision": _words,
    "quantity": _quantity,
    "rows": _rows,
}
