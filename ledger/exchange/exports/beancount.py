"""The journal for beancount: every leaf an account of its own, and at the end what each of them holds."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping

from ledger.core.periods import EARLIEST_YEAR
from ledger.database.unit_of_work import UnitOfWork
from ledger.exchange.exports.names import ChartNames, decimal, thousandths
from ledger.exchange.exports.stream import Exported, by_number, owner_names, units
from ledger.exchange.journal_line import PostingLine
from ledger.journal.accounts import account_keys

_OPENED = dt.date(EARLIEST_YEAR, 1, 1)
_COMMUNITY = "Community"


def beancount(uow: UnitOfWork, *, with_private: bool = False) -> Iterator[str]:
    """A journal that `bean-check` accepts, in the order of the printed numbers; units are written in capitals.

    Key, number, kind, family, document and decision of each entry are its metadata. The balances at the end are
    added up on the way, so beancount finds every line that it reads differently. The words of private entries are
    left out unless asked for.
    """
    chart, held = ChartNames(uow, component, "-", nobody=_COMMUNITY), Counter[tuple[str, str]]()
    names = owner_names(uow)
    yield f'option "title" {_quoted(uow.slug)}\n\n'
    for unit in units(uow):
        yield f"{_OPENED} commodity {unit.upper()}\n"
    for leaf in account_keys(uow):
        owner = names[leaf.owner] if leaf.owner else None
        name = chart.leaf(PostingLine(leaf.chart, leaf.unit, leaf.fund, 0, owner))
        held[name, leaf.unit] = 0
        yield f"{_OPENED} open {name} {leaf.unit.upper()}\n"
    last = _OPENED
    for entry in by_number(uow):
        last = max(last, entry.line.date)
        yield "\n" + _transaction(entry, chart, with_private=with_private)
        for posting in entry.line.postings:
            held[chart.leaf(posting), posting.unit] += posting.amount
    yield from _balances(held, last + dt.timedelta(days=1))


def component(text: str) -> str:
    """One part of an account's name: letters, figures and hyphens, a capital or a figure in front."""
    kept = "".join(sign if _fits(sign) else " " for sign in unicodedata.normalize("NFC", text))
    joined = "-".join(kept.replace("-", " ").split())
    begun = joined[:1].upper() + joined[1:]
    return begun if unicodedata.category(begun[:1] or " ") in ("Lu", "Nd") else f"X{begun}"


def _fits(sign: str) -> bool:
    return unicodedata.category(sign) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nd")


def _transaction(entry: Exported, chart: ChartNames, *, with_private: bool) -> str:
    line = entry.line
    words = line.narration if line.narration and (with_private or not line.private) else line.kind
    said = {
        "key": line.key,
        "seq": str(entry.entry_id),
        "kind": line.kind,
        "family": line.family,
        "document": line.document,
        "decision": line.decision,
        "reverses": line.reverses,
        "corrects": line.corrects,
        "about": line.about.isoformat() if line.about else None,
    }
    head = f"{line.date.isoformat()} * {_quoted(words)}\n{_metadata(said, '  ')}"
    return head + "".join(_line(posting, chart) for posting in line.postings)


def _line(posting: PostingLine, chart: ChartNames) -> str:
    quantity = posting.quantity
    counted = f"{thousandths(quantity.milli)} {quantity.unit} {quantity.method}" if quantity else None
    amount = f"{decimal(posting.amount, posting.unit)} {posting.unit.upper()}"
    said = _metadata({"programme": posting.programme, "quantity": counted}, "    ")
    return f"  {chart.leaf(posting)}  {amount}\n{said}"


def _metadata(said: Mapping[str, str | None], indent: str) -> str:
    return "".join(f"{indent}{name}: {_quoted(value)}\n" for name, value in said.items() if value)


def _balances(held: Mapping[tuple[str, str], int], day: dt.date) -> Iterator[str]:
    """What each leaf holds at the start of the day after the last entry, to the unit."""
    yield "\n"
    for (name, unit), amount in held.items():
        yield f"{day} balance {name}  {decimal(amount, unit)} ~ {decimal(0, unit)} {unit.upper()}\n"


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"') + '"'
