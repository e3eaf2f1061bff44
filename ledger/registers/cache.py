"""A cache, in this process, of what is read from the books. Its keys are hashes of links of the chain.

The hash of the last act is read with the head of the books, so a value is never stale: after a change by another
process, an erasure or a restore, the last act is another one. Entries are no acts and do not empty the cache of the
registers.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from ledger.database.unit_of_work import UnitOfWork

T = TypeVar("T")

MAX_VALUES = 4096
"""How many values one process keeps; the least recently used is dropped first."""


class RecentValues(Generic[T]):
    """A thread-safe dictionary that drops the least recently used value."""

    def __init__(self, max_size: int) -> None:
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._max_size = max_size

    def get(self, key: Hashable) -> T | None:
        """The value of a key, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: Hashable, value: T) -> None:
        """Keep the value of a key."""
        with self._lock:
            self._values[key] = value
            if len(self._values) > self._max_size:
                self._values.popitem(last=False)


_VALUES: RecentValues[Any] = RecentValues(MAX_VALUES)


def cached(uow: UnitOfWork, name: Hashable, read: Callable[[], T]) -> T:
    """The value that `read` returns, read once for each last act; it must depend on acts alone.

    `name` identifies the value within one community. All callers share the value: nobody may change it.
    """
    return cached_by_hash(uow, uow.last_act, name, read)


def cached_by_hash(uow: UnitOfWork, link_hash: bytes, name: Hashable, read: Callable[[], T]) -> T:
    """The value that `read` returns, read once for each hash of a link of the chain; empty: read it every time.

    The value must depend only on what is recorded up to that link. At an earlier link of the chain everything is read:
    rows that name no link, such as parties, are not limited to what was there then.
    """
    if not link_hash or not uow.is_latest:
        return read()
    key = (link_hash, uow.uid, name)
    value = _VALUES.get(key)
    if value is None:
        value = read()
        _VALUES.put(key, value)
    shared: T = value
    return shared
