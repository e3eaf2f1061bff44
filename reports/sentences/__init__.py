"""Report sentences: messages with exact values, localized when they are shown."""

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
    """Every registered sentence, ordered by module name and then by definition, independent of import order."""
    for module in sorted(module_info.name for module_info in iter_modules(__path__)):
        import_module(f"{__name__}.{module}")
    return tuple(sorted(SENTENCES.values(), key=lambda entry: entry.work.__module__))


def compute_sentences(dataset: Dataset, columns: Columns) -> Mapping[str, Message]:
    """Compute the sentences of a monthly or annual report, by name; None is left out."""
    kind = ANNUAL if columns.is_annual else MONTHLY
    sentences: dict[str, Message] = {}
    for entry in all_sentences():
        result = entry.work(dataset, columns) if kind in entry.of else None
        if isinstance(result, Message):
            sentences[entry.name] = result
        elif result is not None:
            sentences |= {entry.name + suffix: message for suffix, message in result.items()}
    return sentences
