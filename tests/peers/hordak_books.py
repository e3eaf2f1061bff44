"""django-hordak on PostgreSQL: the same history as ours, posts and questions; run by the peers' own Python."""

from __future__ import annotations

import itertools
import json
import sys
import uuid
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

UNITS = {"EUR": "EUR", "min": "HRS", "NV": "BRT"}
BANK = ("1000", "EUR", "COP", None)
PEOPLE, PAGE = 150, 50


def main(journal: str, **database: str) -> None:
    """Fill its tables from a journal file, and post and look up when told."""
    _set_up(database)
    global books, money, db
    books, money, db = import_module("hordak.models"), import_module("moneyed"), import_module("django.db")
    db.connection.ensure_connection()
    accounts = _load(Path(journal))
    people = [account for leaf, account in accounts.items() if leaf[0] == "T2000"][:PEOPLE]
    pairs = itertools.cycle(itertools.permutations(people, 2))
    deeds = {
        "single": lambda times: _each(times, pairs),
        "loop": lambda times: _loop(times, pairs),
        "bulk": lambda times: _bulk(times, pairs),
        "statement": lambda times: [_statement(person) for person in people[:times]],
        "bank": lambda times: [_balance(accounts[BANK]) for _ in range(times)],
        "trial": lambda times: [_trial() for _ in range(times)],
    }
    import_module("peer_loop").answer(deeds, db.connection.connection.info.backend_pid)


books: Any
money: Any
db: Any
"""Its modules, which can be named only once it is set up."""


def _set_up(database: dict[str, str]) -> None:
    codes = ["EUR", "HRS", "BRT"]
    for number, code in enumerate(codes[1:]):
        import_module("moneyed").add_currency(code, str(990 + number), code)
    import_module("django.conf").settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None, **database}},
        CURRENCIES=codes,
        HORDAK_CURRENCIES=codes,
        DEFAULT_CURRENCY="EUR",
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=True,
        DEBUG=False,
    )
    import_module("django").setup()
    import_module("django.core.management").call_command("migrate", verbosity=0)


def _load(journal: Path) -> dict[tuple[Any, ...], Any]:
    """Make the accounts and copy the entries in, past the triggers: loading is not what is measured."""
    leaves = dict.fromkeys(leaf for entry in _entries(journal) for leaf, _ in entry["lines"])
    accounts = {leaf: _account(number, leaf) for number, leaf in enumerate(leaves)}
    raw = db.connection.connection.cursor()
    raw.execute("SET session_replication_role = replica")
    with raw.copy("COPY hordak_transaction (id, uuid, timestamp, date, description) FROM STDIN") as copy:
        for entry in _entries(journal):
            copy.write_row((entry["number"], _uid(entry["number"]), entry["date"], entry["date"], entry["words"]))
    numbers = itertools.count(1)
    columns = "id, uuid, transaction_id, account_id, description, credit, debit, currency"
    with raw.copy(f"COPY hordak_leg ({columns}) FROM STDIN") as copy:
        for entry in _entries(journal):
            for leaf, cents in entry["lines"]:
                number, amount = next(numbers), f"{abs(cents) // 100}.{abs(cents) % 100:02}"
                sides = (None, amount) if cents > 0 else (amount, None)
                copy.write_row((number, _uid(number), entry["number"], accounts[leaf].id, "", *sides, UNITS[leaf[1]]))
    raw.execute("SET session_replication_role = DEFAULT")
    for table in ("hordak_transaction", "hordak_leg"):
        raw.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
    raw.execute("VACUUM ANALYZE")
    return accounts


def _entries(journal: Path) -> Iterator[dict[str, Any]]:
    with journal.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            said = json.loads(line)
            moved = [((p["account"], p["unit"], p["fund"], p.get("owner")), p["amount"]) for p in said["postings"]]
            yield {"number": number, "date": said["date"], "words": said.get("narration") or "", "lines": moved}


def _account(number: int, leaf: tuple[Any, ...]) -> Any:
    kinds = {"1": "asset", "4": "income", "5": "expense", "6": "expense"}
    kind = getattr(books.AccountType, kinds.get(leaf[0][0], "liability"))
    name = " ".join(map(str, leaf))
    return books.Account.objects.create(name=name, code=f"{number:05}", type=kind, currencies=[UNITS[leaf[1]]])


def _uid(number: int) -> str:
    return str(uuid.UUID(int=number))


def _each(times: int, pairs: Iterator[Any]) -> None:
    for _ in range(times):
        one, other = next(pairs)
        one.transfer_to(other, money.Money(90, "HRS"), description="Weeding", date="2026-10-20")


def _loop(times: int, pairs: Iterator[Any]) -> None:
    with db.transaction.atomic():
        _each(times, pairs)


def _bulk(times: int, pairs: Iterator[Any]) -> None:
    entries, legs, amount = [], [], money.Money(90, "HRS")
    for _ in range(times):
        one, other = next(pairs)
        entry = books.Transaction(description="Weeding", date="2026-10-20")
        entries.append(entry)
        legs.append(books.Leg(transaction=entry, account=one, credit=amount))
        legs.append(books.Leg(transaction=entry, account=other, debit=amount))
    with db.transaction.atomic():
        books.Transaction.objects.bulk_create(entries)
        books.Leg.objects.bulk_create(legs)


def _statement(account: Any) -> list[Any]:
    legs = account.legs.with_account_balance_after().select_related("transaction")
    return [
        (leg.transaction.date, leg.account_balance_after) for leg in legs.order_by("-transaction__date", "-id")[:PAGE]
    ]


def _balance(account: Any) -> Any:
    return books.Account.objects.with_balances().get(pk=account.pk).balance


def _trial() -> list[Any]:
    return [account.balance for account in books.Account.objects.with_balances()]


if __name__ == "__main__":
    main(sys.argv[1], **json.loads(sys.argv[2]))
