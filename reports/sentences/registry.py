"""The registry of sentences, one for each table."""

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
    """A registered sentence and the report types (monthly, annual) that have it."""

    name: str
    of: tuple[str, ...]
    work: Compute


SENTENCES: dict[str, Sentence] = {}
"""Every registered sentence by name."""


def sentence(name: str, of: Iterable[str] = BOTH) -> Callable[[ComputeT], ComputeT]:
    """Register a sentence. A function may return several, keyed by name suffix such as `_grn`."""

    def enrol(work: ComputeT) -> ComputeT:
        if name in SENTENCES:
            raise ValueError(f"two sentences are called {name}")
        SENTENCES[name] = Sentence(name, tuple(of), work)
        return work

    return enrol
