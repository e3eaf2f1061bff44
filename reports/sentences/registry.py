"""Where sentences are enrolled: one plain sentence under each table, with its numbers filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple, TypeAlias, TypeVar

from ledger.core.messages import Message
from reports.data.columns import Columns
from reports.data.dataset import Dataset
from reports.tables.registry import BOTH

Compute: TypeAlias = Callable[[Dataset, Columns], Mapping[str, Message] | Message | None]
ComputeT = TypeVar("ComputeT", bound=Compute)


class Sentence(NamedTuple):
    """An enrolled sentence and the kinds of report, monthly or annual, that have it."""

    name: str
    of: tuple[str, ...]
    work: Compute


SENTENCES: dict[str, Sentence] = {}
"""Every enrolled sentence by its name."""


def sentence(name: str, of: Iterable[str] = BOTH) -> Callable[[ComputeT], ComputeT]:
    """Enrol a sentence; a function that gives several says the endings of their names, such as `_grn`."""

    def enrol(work: ComputeT) -> ComputeT:
        if name in SENTENCES:
            raise ValueError(f"two sentences are called {name}")
        SENTENCES[name] = Sentence(name, tuple(of), work)
        return work

    return enrol
