"""Reliability test 4: the same form sent thirty-two times at once is one entry, and every answer is the same."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest
from uuid_utils import uuid7

from ledger.checks import verify
from ledger.database.unit_of_work import read_books
from ledger.journal import idempotency, posting
from ledger.workflow import record
from tests.neighbours import HIDDEN, Neighbours
from tests.reliability.conftest import Tell
from tests.reliability.onlooker import rows

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

Share = Callable[[int, int], int]
Serve = Callable[["WSGIApplication"], str]
AT_ONCE = 32
FORM = "/c/willow/hours/other"
ENTRIES = "SELECT count(*), count(DISTINCT idem_key) FROM journal_entry"
Answer = tuple[int, str]


def answers_of(neighbours: Neighbours) -> tuple[dict[str, str], dict[str, str]]:
    """Give Bea's cookie, and the form in which she says that Ana helped her."""
    bea = neighbours.signed_in("Bea")
    bea.open(FORM)  # sets the cookie
    page = bea.open(FORM)
    known = {"side": "received", "who": str(neighbours.people["Ana"]), "duration": "90", "day": "today"}
    return {"Cookie": page.request.headers["Cookie"]}, dict(HIDDEN.findall(page.text)) | known


def sent_at_once(place: str, cookie: Mapping[str, str], form: Mapping[str, str], keys: list[str]) -> list[set[Answer]]:
    """Send the form under each key thirty-two times at the same moment; give the answers that came, by key."""
    gate = threading.Barrier(AT_ONCE, timeout=60)

    def send(_: int) -> list[Answer]:
        connection, got = http.client.HTTPConnection(place, timeout=120), []
        for key in keys:
            gate.wait()
            connection.request("POST", FORM, urlencode(dict(form) | {"key": key}), {**cookie, **AS_FORM})
            reply = connection.getresponse()
            reply.read()
            got.append((reply.status, reply.headers.get("Location", "")))
        connection.close()
        return got

    with ThreadPoolExecutor(AT_ONCE) as crowd:
        return [set(column) for column in zip(*crowd.map(send, range(AT_ONCE)), strict=True)]


AS_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def sent(neighbours: Neighbours, serve: Serve, count: int) -> None:
    """Send that many forms; AssertionError unless each is one entry with one answer."""
    address = serve(neighbours.app)
    cookie, form = answers_of(neighbours)
    keys = [str(uuid7()) for _ in range(count)]
    replies = sent_at_once(urlsplit(address).netloc, cookie, form, keys)
    assert [reply for reply in replies if len(reply) != 1 or next(iter(reply))[0] != 303] == []
    assert len(set[Answer]().union(*replies)) == count
    assert rows(neighbours.engine, ENTRIES) == [(count, count)]


def test_reliability_4_one_key_at_once_over_http_is_one_entry(
    neighbours_on_both: Neighbours, serve: Serve, share: Share, tell: Tell
) -> None:
    begun, count = monotonic(), share(2, 1000)
    sent(neighbours_on_both, serve, count)
    seconds = monotonic() - begun
    with read_books(neighbours_on_both.engine, "willow") as books:
        assert verify(books).findings == ()
    tell(f"{count * AT_ONCE:,} requests in {seconds:.0f} s, {count:,} entries, one answer to each key")


@pytest.mark.slow
def test_reliability_4_fails_when_nobody_looks_for_the_key(
    neighbours_on_both: Neighbours, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (record, posting, idempotency):
        monkeypatch.setattr(module, "find_posted", nothing_seen)
    with pytest.raises(AssertionError):
        sent(neighbours_on_both, serve, 2)


def nothing_seen(*given: Any) -> dict[idempotency.Key, idempotency.Posted]:
    return {}
