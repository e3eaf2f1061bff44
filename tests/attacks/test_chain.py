"""The chain does not fork, skip a number or go back, and no number is used twice."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ledger.chain import hashing
from tests.attacks.books import Books, Rows, entry, refused

HELP = entry((1, 5), (2, -5))
AGAIN = ("chain-broken", "already-posted", "sealed", "duplicate key")
HASH = "SELECT hash FROM seal WHERE community_id = :c AND seq = :seq"


def relinked(rows: Rows, place: int = 0, **values: object) -> None:
    """Change a link and give it the hash that belongs to it then."""
    link = rows["seal"][place]
    link.update(values)
    link["hash"] = hashing.link_hash(link["prev_hash"], link["seq"], link["digest"])


def test_the_chain_does_not_fork(books: Books) -> None:
    old = bytes(books.run(HASH, seq=2)[0][0])
    with refused("chain-broken"):
        books.post(HELP, spoil=lambda rows: relinked(rows, prev_hash=old))


def shifted(by: int) -> Callable[[Rows], None]:
    def spoil(rows: Rows) -> None:
        for row in (*rows["journal_entry"], *rows["entry_text"], *rows["posting"]):
            row["entry_id"] += by
        relinked(rows, seq=rows["seal"][0]["seq"] + by)

    return spoil


@pytest.mark.parametrize("by", [1, -1, -3], ids=["left out", "used before", "used by an act"])
def test_numbers_follow_each_other(books: Books, by: int) -> None:
    with refused(*AGAIN):
        books.post(HELP, spoil=shifted(by))


def test_links_of_a_batch_join(books: Books) -> None:
    with refused("chain-broken"):
        books.post(HELP, HELP, HELP, spoil=lambda rows: relinked(rows, 2, prev_hash=rows["seal"][0]["hash"]))


def test_a_batch_leaves_no_number_out(books: Books) -> None:
    def spoil(rows: Rows) -> None:
        for row in (rows["journal_entry"][2], rows["entry_text"][2], *rows["posting"][4:]):
            row["entry_id"] += 1
        relinked(rows, 2, seq=rows["seal"][2]["seq"] + 1)

    with refused("chain-broken"):
        books.post(HELP, HELP, HELP, spoil=spoil)


def test_a_hash_is_that_of_its_link(postgresql_books: Books) -> None:
    with refused("seal_hash_check"):
        postgresql_books.post(HELP, spoil=lambda rows: rows["seal"][0].update(hash=b"x" * 32))


@pytest.fixture(params=["sqlite", "postgresql"])
def spoilt(request: pytest.FixtureRequest) -> Books:
    """Return books that need not hold in the end."""
    return Books(request.getfixturevalue(f"{request.param}_field"))


def test_a_digest_that_is_not_that_of_the_rows_is_found(spoilt: Books) -> None:
    spoilt.post(HELP, spoil=lambda rows: relinked(rows, digest=b"x" * 32))
    assert "links: 4" in spoilt.findings()


def test_a_hash_that_is_not_that_of_its_link_is_found(sqlite_books: Books) -> None:
    spoilt = Books(sqlite_books.engine)
    spoilt.post(HELP, spoil=lambda rows: rows["seal"][0].update(hash=b"x" * 32))
    assert "links: 4" in spoilt.findings()


@pytest.mark.parametrize("name", ["digest", "prev_hash", "hash"])
def test_digests_are_thirty_two_bytes(books: Books, name: str) -> None:
    with refused(f"seal_{name}_check", "seal_hash_check", "chain-broken"):
        books.post(HELP, spoil=lambda rows: rows["seal"][0].update({name: b"x" * 31}))


def test_a_seal_is_of_an_entry_or_an_act(books: Books) -> None:
    with refused("seal-subject", "seal_subject_check"):
        books.post(HELP, spoil=lambda rows: rows["seal"][0].update(subject="A"))


def test_the_same_key_is_used_once_in_its_channel(books: Books) -> None:
    books.post(entry((1, 5), (2, -5), idem_key="again"))
    with refused("already-posted", "journal_entry_idem_key"):
        books.post(entry((1, 5), (2, -5), idem_key="again"))
    assert books.post(entry((1, 5), (2, -5), idem_key="again", idem_scope="journal"))
