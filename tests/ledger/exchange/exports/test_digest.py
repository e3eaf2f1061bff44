"""The journal's digest: the same however the lines come, and whoever reads them."""

from __future__ import annotations

import hashlib
import random

from ledger.chain import hashing
from ledger.checks import verify
from ledger.database.unit_of_work import read_books, write_books
from ledger.exchange.exports.digest import JournalDigest, journal_digest
from ledger.registers.communities import OPERATOR
from tests.ledger.exchange.files import SLUG, Files, hours, posting

HARD = 'Jö "1"\\ / ☃𝄞'


def test_lines_are_put_in_the_order_of_their_keys_however_many_there_are(seeded: random.Random) -> None:
    keys = [f"{HARD}{number}" for number in range(50)]
    told = hashlib.sha256(b"".join(key.encode() + b"\n" for key in sorted(keys, key=str.encode))).hexdigest()
    seeded.shuffle(keys)
    for run in (1, 7, 50, 1000):
        with JournalDigest(run) as digest:
            for key in keys:
                digest.add(key, key)
            assert digest.hexdigest() == told


def test_whoever_checks_the_books_finds_the_digest_of_their_lines(files: Files) -> None:
    back = [posting(-90, owner="Bea"), posting(90, owner="Ana")]
    money = {"account": "1000", "unit": "EUR", "fund": HARD}
    counted = [money | {"amount": 5, "quantity": [0.125, "m³", "weighed"]}, money | {"amount": -5, "programme": HARD}]
    done = files.journal(
        hours("K9", narration=HARD, document=HARD, decision="A-1"),
        hours("K10", about="2026-02-27", corrects="K9"),
        hours(f"form:{HARD}", family="other", kind="sale", postings=counted),
        hours("K1", private=True, narration=...),
        hours("K2", reverses="K10", postings=back),
        hours("K3"),
    )
    assert done.posted == 6
    with write_books(files.engine, SLUG) as unit:
        hashing.append_act(unit, "erase", entered_by=OPERATOR, facts={}, entry_id=unit.head.seq)
    with read_books(files.engine, SLUG) as unit:
        assert verify(unit).journal == journal_digest(unit)
