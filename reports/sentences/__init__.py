"""Sentences of the reports: messages with exact values, put into words and numbers by whoever shows them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ledger.core.messages import Message
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.sentences.registry import SENTENCES, Sentence
from reports.tables.registry import ANNUAL, MONTHLY


@cache
def all_sentences() -> tuple[Sentence, ...]:
    """Every sentence that the files of this package enrol, in the order of their names, whichever was read first."""
    for module in sorted(found.name for found in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return tuple(sorted(SENTENCES.values(), key=lambda one: one.work.__module__))


def compute_sentences(dataset: Dataset, columns: Columns) -> Mapping[str, Message]:
    """The sentences of a monthly or an annual report, by name; one with nothing to say is left out."""
    kind = ANNUAL if columns.is_annual else MONTHLY
    found: dict[str, Message] = {}
    for enrolled in all_sentences():
        said = enrolled.work(dataset, columns) if kind in enrolled.of else None
        if isinstance(said, Message):
            found[enrolled.name] = said
        elif said is not None:
            found |= {enrolled.name + ending: message for ending, message in said.items()}
    return found
