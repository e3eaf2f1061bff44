"""What is read from registers, kept in the process: an act is the only thing that changes registers and names.

The key is the hash of the last act, which is read with the head of the books, so that a value is never stale: another
process, an erasure or a restored backup brings another last act. Entries are no acts and leave the cache as it is.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, TypeVar

from ledger.database.unit_of_work import UnitOfWork

T = TypeVar("T")

MOST_VALUES = 4096
"""How many lists one process keeps; the least recently used one goes first."""


class RecentValues(Generic[T]):
    """A thread-safe dictionary that forgets what was used least recently."""

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._values: OrderedDict[Hashable, T] = OrderedDict()
        self._most = most

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
            if len(self._values) > self._most:
                self._values.popitem(last=False)


_VALUES: RecentValues[Any] = RecentValues(MOST_VALUES)


def cached(uow: UnitOfWork, name: Hashable, read: Callable[[], T]) -> T:
    """The value that `read` gives in a unit of work, read once for each last act. It must depend on acts alone.

    `name` tells the values of one community apart. A value is shared by everyone who asks: nobody may change it.
    """
    return cached_by_hash(uow, uow.last_act, name, read)


def cached_by_hash(uow: UnitOfWork, link_hash: bytes, name: Hashable, read: Callable[[], T]) -> T:
    """The value that `read` returns, read once for each hash of a link of the chain; empty: read it every time.

    The value must depend only on what is recorded up to that link.
    """
    if not link_hash:
        return read()
    key = (link_hash, uow.uid, name)
    value = _VALUES.get(key)
    if value is None:
        value = read()
        _VALUES.put(key, value)
    found: T = value
    return found
