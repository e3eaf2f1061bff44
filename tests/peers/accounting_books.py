"""python-accounting on SQLite: a journal entry for each post; run by the peers' own Python."""

from __future__ import annotations

import datetime as dt
import itertools
import sys
from importlib import import_module
from typing import Any

PEOPLE = 20


def main(path: str) -> None:
    """Found an entity with its accounts, and post when told."""
    sa: Any = import_module("sqlalchemy")
    models: Any = import_module("python_accounting.models")
    sessions: Any = import_module("python_accounting.database.session")
    transactions: Any = import_module("python_accounting.transactions")
    engine = sa.create_engine(f"sqlite:///{path}")
    sa.event.listen(engine, "connect", _as_durable_as_ours)
    models.Base.metadata.create_all(engine)
    session = sessions.get_session(engine)
    entity = _added(session, models.Entity(name="Community"))
    currency = _added(session, models.Currency(name="Euro", code="EUR", entity_id=entity.id))
    kind = models.Account.AccountType.CURRENT_LIABILITY
    owed = {"account_type": kind, "currency_id": currency.id, "entity_id": entity.id}
    people = [_added(session, models.Account(name=f"Person {number}", **owed)).id for number in range(PEOPLE)]
    pairs = itertools.cycle(itertools.permutations(people, 2))

    def single(times: int) -> None:
        for _ in range(times):
            one, other = next(pairs)
            words = {"narration": "Weeding", "entity_id": entity.id}
            now = dt.datetime.now() - dt.timedelta(seconds=5)
            entry = transactions.JournalEntry(transaction_date=now, account_id=one, **words)
            _post(session, entry, models.LineItem(account_id=other, amount=12.5, **words))

    import_module("peer_loop").answer({"single": single})


def _as_durable_as_ours(connection: Any, _record: object) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")


def _added(session: Any, row: Any) -> Any:
    session.add(row)
    session.commit()
    return row


def _post(session: Any, entry: Any, line: Any) -> None:
    session.add(entry)
    session.flush()
    session.add(line)
    session.flush()
    entry.line_items.add(line)
    session.add(entry)
    entry.post(session)


if __name__ == "__main__":
    main(sys.argv[1])
