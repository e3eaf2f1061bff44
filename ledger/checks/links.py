"""The chain and the entries under it: every digest, link, text, sum and reversal worked out again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from ledger import chain
from ledger.checks.books import Books, Finding, Raw
from ledger.messages import N_, say

_LINE = ("line", "account_id", "programme", "quantity_milli", "quantity_unit", "method")


def check_links(books: Books) -> Iterator[Finding]:
    """Every number from 1 to the head stands once, is sealed over exactly its rows, and joins the link before it."""
    previous = chain.genesis(books.uid)
    erased = _erased(books)
    expected = 1
    for first, last in books.stretches():
        span = {"first": first, "last": last}
        things, strays = _things(books, span)
        yield from (Finding("entries", seq, say(_STRAY, number=seq)) for seq in strays)
        yield from _texts(books, span, erased)
        seals = {row["seq"]: row for row in books.rows("seal", "seq", "seq BETWEEN :first AND :last", **span)}
        for seq in sorted(seals.keys() | things.keys()):
            if seq != expected:
                yield Finding("links", expected, say(_MISSING, number=expected))
            if seq in seals:
                yield from _link(books, seals[seq], previous, things.get(seq))
                previous = seals[seq]["hash"]
            else:
                yield Finding("links", seq, say(_UNSEALED, number=seq))
            expected = seq + 1
    yield from _head(books, expected - 1, previous)


_MISSING = N_("Number %(number)s is missing.")
_UNSEALED = N_("Number %(number)s has no seal.")
_STRAY = N_("Lines or words stand under number %(number)s, but no entry does.")
_DIGEST = N_("Number %(number)s does not hold what was sealed.")
_LINK = N_("Number %(number)s does not join the number before it.")
_HEAD = N_("The books end at number %(number)s, but their head says otherwise.")
_BALANCE = N_("Entry %(number)s does not balance, or has too few lines.")
_PLACE = N_("A line of entry %(number)s does not fit its account or day.")
_MIRROR = N_("Entry %(number)s does not mirror the entry that it takes back.")
_WORDS = N_("The words of entry %(number)s are not those that were sealed.")
_ERASURE = N_("The words of entry %(number)s were erased without an act, or not erased by it.")

Thing = tuple[str, Raw, list[Raw], list[tuple[str, bytes]]]


def _things(books: Books, span: dict[str, int]) -> tuple[dict[int, Thing], list[int]]:
    """The entries and acts of a stretch, by number; and the numbers of lines and words that belong to no entry."""
    between = "BETWEEN :first AND :last"
    lines: dict[int, list[Raw]] = defaultdict(list)
    for row in books.rows("posting", "entry_id, line", f"entry_id {between}", **span):
        lines[row["entry_id"]].append(row)
    macs: dict[int, list[tuple[str, bytes]]] = defaultdict(list)
    for row in books.rows("entry_text", "entry_id, part", f"entry_id {between}", **span):
        macs[row["entry_id"]].append((row["part"], bytes(row["mac"])))
    entries = books.rows("journal_entry", "entry_id", f"entry_id {between}", **span)
    things: dict[int, Thing] = {
        row["entry_id"]: (chain.ENTRY, row, lines.get(row["entry_id"], []), sorted(macs.get(row["entry_id"], [])))
        for row in entries
    }
    strays = sorted((lines.keys() | macs.keys()) - things.keys())
    for row in books.rows("act", "act_id", f"act_id {between}", **span):
        things[row["act_id"]] = (chain.ACT, row, [], [])
    return things, strays


def _link(books: Books, row: Raw, previous: bytes, thing: Thing | None) -> Iterator[Finding]:
    seq = row["seq"]
    if thing is None or (row["subject"], row["digest"]) != (thing[0], _digest(books, thing)):
        yield Finding("links", seq, say(_DIGEST, number=seq))
    if seq < 1 or row["prev_hash"] != previous or row["hash"] != chain.link(previous, seq, row["digest"]):
        yield Finding("links", seq, say(_LINK, number=seq))
    if thing is not None and thing[0] == chain.ENTRY:
        yield from _entry(books, thing[1], thing[2])


def _digest(books: Books, thing: Thing) -> bytes | None:
    subject, row, lines, macs = thing
    try:
        if subject == chain.ACT:
            return chain.act_digest(books.uid, row)
        return chain.entry_digest(books.uid, row, macs, lines, books.leaves)
    except (KeyError, TypeError, ValueError):  # a damaged value has no digest; the link says so
        return None


def _entry(books: Books, entry: Raw, lines: list[Raw]) -> Iterator[Finding]:
    seq = entry["entry_id"]
    sums: Counter[tuple[str, str]] = Counter()
    for line in lines:
        sums[line["unit"], line["fund"]] += line["amount"]
    if len(lines) < 2 or any(sums.values()):
        yield Finding("entries", seq, say(_BALANCE, number=seq))
    if any(not _fits(books, entry, line) for line in lines):
        yield Finding("entries", seq, say(_PLACE, number=seq))
    if entry["reverses"] is not None and not _mirrors(books, entry, lines):
        yield Finding("entries", seq, say(_MIRROR, number=seq))


def _fits(books: Books, entry: Raw, line: Raw) -> bool:
    leaf = books.leaves.get(line["account_id"], (None, None, None, None))
    same_place = (line["unit"], line["fund"]) == leaf[1:3]
    same_day = (line["effective_on"], line["period_id"]) == (entry["effective_on"], entry["period_id"])
    return same_place and same_day and str(line["period_id"]) == str(line["effective_on"])[:7].replace("-", "")


def _mirrors(books: Books, entry: Raw, lines: list[Raw]) -> bool:
    original = books.rows("posting", "line", "entry_id = :original", original=entry["reverses"])
    mirrored = [(*(line[name] for name in _LINE), -line["amount"]) for line in original]
    return mirrored == [(*(line[name] for name in _LINE), line["amount"]) for line in lines]


def _texts(books: Books, span: dict[str, int], erased: dict[tuple[int, str], int]) -> Iterator[Finding]:
    found = books.rows("entry_text", "entry_id, part", "entry_id BETWEEN :first AND :last", **span)
    for seq, texts in groupby(found, key=lambda row: int(row["entry_id"])):
        for row in texts:
            if row["erased_act"] != erased.get((seq, row["part"])) or (row["body"] is None) != (
                row["erased_act"] is not None
            ):
                yield Finding("texts", seq, say(_ERASURE, number=seq))
            elif row["body"] is not None and _mac(books, row) != bytes(row["mac"]):
                yield Finding("texts", seq, say(_WORDS, number=seq))
            elif row["body"] is None and row["salt"] is not None:
                yield Finding("texts", seq, say(_ERASURE, number=seq))


def _mac(books: Books, row: Raw) -> bytes | None:
    salt: Any = row["salt"]
    if salt is None:
        return None
    return chain.text_mac(bytes(salt), books.uid, row["entry_id"], row["part"], row["body"])


def _erased(books: Books) -> dict[tuple[int, str], int]:
    """Which act erased which words: the first that named the entry and the part (or all its parts)."""
    erased: dict[tuple[int, str], int] = {}
    for deed in books.deeds:
        if deed.kind == "erase" and deed.entry_id is not None:
            part = deed.facts.get("part")
            parts = [part] if isinstance(part, str) else ["narration", "note", "reason"]
            for part in parts:
                erased.setdefault((deed.entry_id, part), deed.seq)
    return erased


def _head(books: Books, seq: int, previous: bytes) -> Iterator[Finding]:
    heads = [(row["seq"], row["hash"], row["touched"]) for row in books.rows("chain_head", "seq")]
    if heads != [(seq, previous, 0)]:
        yield Finding("links", max(seq, 1), say(_HEAD, number=seq))
