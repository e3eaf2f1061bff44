"""The worked example of every kind, written into its form as a treasurer would."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ledger.core.amounts import MINUTES
from ledger.kinds import get_kind
from ledger.kinds.fields import FieldSpec, fields_of
from tests.ledger.kinds.willow import NAMES
from tests.ledger.kinds.worked import EXAMPLES

Written = dict[str, str | list[str]]


def form_of(slug: str) -> Written:
    """The example of a kind as its form is sent, with today for its day."""
    return {"day": "today", **dict(_fields(fields_of(get_kind(slug)), EXAMPLES[slug], ""))}


def _fields(specs: Sequence[FieldSpec], answers: dict[str, Any], prefix: str) -> Iterator[tuple[str, str | list[str]]]:
    for spec in specs:
        answer = answers.get(spec.name)
        if answer is None or answer == ():
            continue
        if spec.type == "rows":
            for number, line in enumerate(answer):
                given = {row.name: getattr(line, row.name) for row in spec.rows}
                yield from _fields(spec.rows, given, f"{prefix}{spec.name}-{number}-")
        elif spec.type == "quantity":
            yield prefix + spec.name, str(answer.milli // 1000)
            yield f"{prefix}{spec.name}-unit", answer.unit
            yield f"{prefix}{spec.name}-method", answer.method
        else:
            yield prefix + spec.name, _written(spec, answer)


def _written(spec: FieldSpec, answer: Any) -> str | list[str]:
    if spec.type == "members":
        return [_name(one) for one in answer]
    if spec.type == "member":
        return _name(answer)
    if spec.type == "amount" and spec.unit != MINUTES:
        return f"{answer / 100:.2f}"
    return f"{answer // 60}:{answer % 60:02d}" if spec.type == "duration" else str(answer)


def _name(number: int) -> str:
    """Someone by name; Fay in place of Cai, who left during the year."""
    return NAMES[number - 2].replace("Cai", "Fay")
