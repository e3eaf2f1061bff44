"""What figures cover that know only a part of their months: said once for a column where most lines share it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from ledger.core.messages import N_, Message, make_message
from reports.data.columns import MOVING_12, YTD
from reports.language.figure import Figure
from reports.language.localizer import Localizer

Coverage = Mapping[str, Message]
"""For a column what most of its figures cover, where that is only a part."""


def usual_coverage(listed: Sequence[Figure]) -> Coverage:
    """The part of the year to date and of the twelve months that most figures of a table cover."""
    found = {column: _mostly(listed, column) for column in (YTD, MOVING_12)}
    return {column: message for column, message in found.items() if message is not None}


def _mostly(listed: Sequence[Figure], column: str) -> Message | None:
    cells = [figure.columns[column] for figure in listed if column in figure.columns]
    counted = Counter(str(cell.covered) for cell in cells if cell.value is not None)
    most = max(counted, key=lambda text: counted[text], default="")
    return next((cell.covered for cell in cells if cell.covered and str(cell.covered) == most), None)


def coverage_of(localizer: Localizer, figure: Figure, known: Coverage, heads: Mapping[str, str]) -> str:
    """What a figure covers where that is not what most cover: another part, or all."""
    said = []
    for column, cell in figure.columns.items():
        if cell.value is None or cell.covered == known.get(column):
            continue
        words = cell.covered or make_message(N_("all of %(months)s"), months=heads[column])
        said.append(localizer.text(words))
    return ", ".join(dict.fromkeys(said))


def coverage_note(localizer: Localizer, known: Coverage, heads: Mapping[str, str]) -> str:
    """What most figures of the columns cover, in one line under the table."""
    words = N_("%(months)s: %(covered)s")
    parts = [localizer.text(words, months=heads[column], covered=part) for column, part in known.items()]
    if not parts:
        return ""
    return localizer.text(N_("Where a line says nothing else, we know of %(parts)s."), parts="; ".join(parts))
