"""The journal for hledger: every leaf an account of its own, every unit a commodity with fixed decimals."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.core import amounts
from ledger.core.drafts import AccountKey
from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.exports.names import TYPES, ChartNames, decimal, plain, sentence, thousandths
from ledger.exchange.exports.stream import Exported, by_number, owner_names, units
from ledger.exchange.journal_line import PostingLine
from ledger.journal.accounts import account_keys


def hledger(uow: UnitOfWork, *, with_private: bool = False) -> Iterator[str]:
    """A journal that `hledger check --strict` accepts, in the order of the printed numbers.

    Each entry is a transaction with its key as code; number, kind, family, document and decision are tags.
    The words of private entries are left out unless asked for.
    """
    chart = ChartNames(uow)
    names = owner_names(uow)
    yield f"; {plain(uow.slug)}, up to number {uow.at}\n\n"
    for unit in units(uow):
        yield f"commodity {_sample(unit)} {_symbol(unit)}\n"
    yield "\n"
    for leaf in account_keys(uow):
        yield f"account {chart.leaf(_posting(leaf, names))}  ; type:{TYPES[chart.classes[leaf.chart]]}\n"
    for entry in by_number(uow):
        yield "\n" + _transaction(entry, chart, with_private=with_private)


def _sample(unit: str) -> str:
    """A number as the unit is written; hledger wants a decimal mark in it."""
    scale = amounts.scale_of(unit)
    return decimal(10 ** (scale + 3), unit) + ("" if scale else ".")


def _posting(leaf: AccountKey, names: dict[int, str]) -> PostingLine:
    return PostingLine(leaf.chart, leaf.unit, leaf.fund, 0, names[leaf.owner] if leaf.owner else None)


def _symbol(unit: str) -> str:
    return unit if unit.isalpha() else f'"{unit}"'


def _transaction(entry: Exported, chart: ChartNames, *, with_private: bool) -> str:
    line = entry.line
    words = line.narration if line.narration and (with_private or not line.private) else line.kind
    said = {
        "seq": str(entry.entry_id),
        "kind": line.kind,
        "family": line.family,
        "document": line.document,
        "decision": line.decision,
        "reverses": line.reverses,
        "corrects": line.corrects,
        "about": line.about.isoformat() if line.about else None,
    }
    head = f"{line.date.isoformat()} * ({plain(line.key)}) {sentence(words)}\n    ; {_tags(said)}\n"
    return head + "".join(_line(posting, chart) for posting in line.postings)


def _line(posting: PostingLine, chart: ChartNames) -> str:
    quantity = posting.quantity
    counted = f"{thousandths(quantity.milli)} {quantity.unit} {quantity.method}" if quantity else None
    tags = _tags({"programme": posting.programme, "quantity": counted})
    amount = f"{decimal(posting.amount, posting.unit)} {_symbol(posting.unit)}"
    return f"    {chart.leaf(posting)}  {amount}{f'  ; {tags}' if tags else ''}\n"


def _tags(said: dict[str, str | None]) -> str:
    return ", ".join(f"{name}:{plain(value).replace(',', ' ')}" for name, value in said.items() if value)
