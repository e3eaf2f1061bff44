"""The chain is computed as docs/chain.md says: every value that a second program, in another language, found too."""

from __future__ import annotations

import datetime as dt
import json
import re
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from ledger.chain import hashing
from ledger.chain.record_acts import registers_digest

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))
CHAIN = Path(__file__).parents[3] / "docs" / "chain.md"
UID, LINKS = VECTORS["uid"], VECTORS["links"]
TEXTS = [text for link in LINKS for text in link.get("texts", [])]
LEAVES = {int(number): leaf for number, leaf in VECTORS["leaves"].items()}


@pytest.mark.parametrize("vector", VECTORS["canonical"], ids=lambda vector: str(vector["bytes"]))
def test_canonical_bytes_are_those_of_the_vectors(vector: dict[str, Any]) -> None:
    assert hashing.canonical_json(vector["value"]).hex() == vector["bytes"]


def test_a_lone_surrogate_is_never_hashed() -> None:
    with pytest.raises(UnicodeEncodeError):
        hashing.canonical_json(["\ud800"])


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_facts_never_hold_what_json_cannot_say(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        hashing.canonical_facts({"a": value})


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: f"{text['entry_id']} {text['part']}")
def test_words_are_bound_as_in_the_vectors(text: dict[str, Any]) -> None:
    salt = bytes.fromhex(text["salt"])
    assert hashing.text_mac(salt, UID, text["entry_id"], text["part"], text["body"]).hex() == text["mac"]


@pytest.mark.parametrize("name", VECTORS["names"], ids=lambda name: str(name["part"]))
def test_names_are_bound_as_in_the_vectors(name: dict[str, Any]) -> None:
    salt = bytes.fromhex(name["salt"])
    assert (
        hashing.name_mac(salt, UID, name["party_id"], name["act_id"], name["part"], name["body"]).hex() == name["mac"]
    )


def test_register_rows_have_the_digest_of_the_vectors_in_any_order() -> None:
    rows = [(register, key, body) for register, key, body in VECTORS["registers"]["rows"]]
    assert {registers_digest(rows), registers_digest(rows[::-1])} == {VECTORS["registers"]["digest"]}


@pytest.mark.parametrize("link", LINKS, ids=lambda link: str(link["seq"]))
def test_digests_are_those_of_the_vectors(link: dict[str, Any]) -> None:
    assert digest(link).hex() == link["digest"] == hashing.sha256(link["preimage"].encode()).hex()


def digest(link: dict[str, Any]) -> bytes:
    if link["subject"] == hashing.ACT:
        return hashing.act_digest(UID, link["row"])
    texts = sorted((text["part"], bytes.fromhex(text["mac"])) for text in link["texts"])
    row = {**link["row"], "fingerprint": bytes.fromhex(link["row"]["fingerprint"])}
    return hashing.entry_digest(UID, row, texts, link["lines"], LEAVES)


@pytest.mark.parametrize("counted", [*product((7, None), ("kg", None), ("weighed", None))], ids=str)
def test_a_line_is_hashed_as_canonical_writes_it_even_half_damaged(counted: tuple[Any, ...]) -> None:
    leaf, line = (5, "1000", "EUR", "GEN", 0), (1, 5, "GARDEN", -400, *counted)
    head = [7, *"abc", 202603, "d", None, 1, None, 2, *[None] * 4, 'e"', *"fgh"]
    said = ["hourstead.entry.1", UID, *head, "00", "{}", [], [[1, *leaf, *line[2:]]]]
    found = hashing.entry_digest_of_values(UID, [*head, b"\0", "{}"], [], [line], hashing.account_texts({5: leaf[1:]}))
    assert found == hashing.sha256(hashing.canonical_json(said))


def test_a_day_is_hashed_as_it_is_written() -> None:
    link = next(link for link in LINKS if link["subject"] == hashing.ENTRY)
    days = {name: dt.date.fromisoformat(link["row"][name]) for name in ("effective_on",)}
    assert digest(link | {"row": link["row"] | days}) == digest(link)


def test_hashes_chain_from_the_genesis_as_in_the_vectors() -> None:
    previous = hashing.genesis_hash(UID)
    assert previous.hex() == VECTORS["genesis"]
    for link in LINKS:
        previous = hashing.link_hash(previous, link["seq"], bytes.fromhex(link["digest"]))
        assert previous.hex() == link["hash"]


def test_the_page_on_the_chain_shows_every_vector() -> None:
    page = CHAIN.read_text(encoding="utf-8")
    shown = set(re.findall(r"`([0-9a-f]{64})`", page))
    macs = {item["mac"] for item in (*TEXTS, *VECTORS["names"])}
    links = {link[name] for link in LINKS for name in ("digest", "hash")}
    assert shown == {VECTORS["genesis"], VECTORS["registers"]["digest"]} | macs | links
    assert [link["preimage"] for link in LINKS if f"    {link['preimage']}\n" not in page] == []
