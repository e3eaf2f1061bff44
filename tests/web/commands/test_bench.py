"""`hourstead bench` measures everything it names; how quick that is decides nothing here."""

from __future__ import annotations

import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.commands.conftest import Shell
from web.bench.measuring import Measurement, Requirement, Trial, measure
from web.bench.pages.http_client import BadAnswer, Load, PageAddress, run_load
from web.bench.pages.in_process import call_page
from web.bench.pages.page_result import PageResult, PageRounds, as_lines

MEASURED = (
    "post-single post-single-cpu post-batch balance statement statement-deep trial-balance past-balance month verify "
    "export read collect pdf turn worst-turn hot-account hot-tail"
).split()
ONLY = {"sqlite": {"post-single-cpu", "turn", "worst-turn"}, "postgresql": {"hot-account", "hot-tail"}}


def test_everything_is_measured_and_nothing_is_left(empty_url: str, tmp_path: Path) -> None:
    where = ("--url", empty_url) if empty_url.startswith("postgresql") else ("--dir", tmp_path)
    said = Shell(empty_url, tmp_path).data("bench", "--entries", "20", "--rounds", "1", *where)
    here, there = ("postgresql", "sqlite") if empty_url.startswith("postgresql") else ("sqlite", "postgresql")
    assert {one["slug"] for one in said["measured"]} == {*MEASURED} - ONLY[there]
    assert ONLY[here] < {one["slug"] for one in said["measured"] if one["met"] is not None}
    assert all(one["median"] > 0 for one in said["measured"])
    assert list(tmp_path.iterdir()) == []


PAGES = "home statement statement-deep log-hours claims desk entries budget".split()
QUICK = ("--pages", "--entries", "60", "--members", "10", "--seconds", "0", "--rounds", "1")


def test_every_page_is_measured_and_what_it_sends_is_counted(empty_url: str, tmp_path: Path) -> None:
    where = ("--url", empty_url) if empty_url.startswith("postgresql") else ("--dir", tmp_path)
    measured = Shell(empty_url, tmp_path).data("bench", *QUICK, *where)["measured"]
    assert [page["slug"] for page in measured] == PAGES
    assert all(page["statements"] > page["transactions"] > 0 for page in measured)
    assert all(page["bytes"] > 2000 and page["rate_1"] > 0 and page["bare"]["rate_8"] > 0 for page in measured)
    assert list(tmp_path.iterdir()) == []


def test_a_page_is_shown_in_a_line_beside_the_bare_one() -> None:
    ours = PageRounds(cpu=[10.0], one=[Load(1.0, (20.0,) * 50)], eight=[Load(1.0, (90.0,) * 80)])
    bare = PageRounds(cpu=[1.0], one=[Load(1.0, (5.0,) * 200)], eight=[Load(1.0, (20.0,) * 400)])
    page = PageResult(slug="a", title="A page", bytes=9000, statements=9, transactions=2, ours=ours, bare=bare)
    head, line = as_lines([page])
    assert head.split()[:3] == ["page", "bytes", "statements"]
    assert line.split() == "A page 9,000 9 2 10.00 0.100 50 0.250 20.0 80 0.200 90.0 90.0".split()
    assert page.missed == ["share", "statements", "p95_ms_1", "p95_ms_8", "p99_ms_8"]


def test_a_page_that_is_none_is_not_measured(browse: FlaskClient, serve: Callable[[Flask], str]) -> None:
    with pytest.raises(BadAnswer, match="404"):
        call_page(browse.application, "/nowhere")
    port = int(serve(browse.application).rpartition(":")[2])
    with pytest.raises(BadAnswer, match="404"):
        run_load(PageAddress(port, "/nowhere"), 0, 1)


def test_a_connection_that_is_closed_without_an_answer_is_opened_again() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, ThreadPoolExecutor() as pool:
        pool.submit(_close_then_answer, listener)
        assert len(run_load(PageAddress(listener.getsockname()[1], "/"), 0, 1).waits) == 1


def _close_then_answer(listener: socket.socket) -> None:
    listener.accept()[0].close()
    with listener.accept()[0] as connection:
        connection.recv(1000)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")


def test_members_post_beside_a_report(tmp_path: Path) -> None:
    said = Shell("sqlite://", tmp_path).data("bench", "--entries", "20", "--report", "0.5", "--dir", tmp_path)
    assert [one["slug"] for one in said["measured"]] == ["beside-middle", "beside-last", "beside-worst", "beside-log"]
    assert [one["slug"] for one in said["measured"] if one["met"] is not None] == ["beside-last"]


def test_books_in_use_are_never_measured_in(shell: Shell) -> None:
    refused = shell.refusal("bench", "--entries", "1", "--url", shell.env["HOURSTEAD_DATABASE_URL"])
    assert "need an empty database" in refused


def test_a_share_is_taken_round_by_round() -> None:
    rate = Measurement(slug="a", title="a", unit="per second", rounds=(5.0, 1.0, 8.0), limits=(10.0, 10.0, 10.0))
    time = Measurement(slug="b", title="b", unit="ms", rounds=(4.0, 4.0), limits=(1.0, 3.0))
    assert (rate.value, rate.limit, rate.share) == (5.0, 10.0, 0.5)
    assert time.share == pytest.approx(0.5)


def test_what_must_be_reached_is_a_share_or_a_most() -> None:
    quick = Measurement(slug="a", title="a", unit="ms", rounds=(2.0,), limits=(1.0,), must=Requirement(share=0.5))
    slow = Measurement(slug="b", title="b", unit="ms", rounds=(2.1,), must=Requirement(most=2))
    assert (quick.is_met, slow.is_met) == (True, False)
    assert (str(quick.must), str(slow.must)) == ("at least 0.5 of it", "at most 2")


def test_a_trial_and_its_limit_take_turns() -> None:
    done: list[str] = []

    def do(name: str) -> int:
        done.append(name)
        return 1

    trial = Trial(slug="a", title="a", unit="ms", act=lambda: do("act"), limit=lambda: do("limit"))
    found = measure([trial], 2, lambda _: None)
    assert done == ["act", "limit", "act", "limit", "act"]
    assert [len(found[0].rounds), len(found[0].limits)] == [2, 2]


def test_what_was_measured_is_shown_in_lines(tmp_path: Path) -> None:
    shown = Shell("sqlite://", tmp_path).does("bench", "--entries", "20", "--rounds", "1")
    assert len(shown.splitlines()) == len({*MEASURED} - ONLY["postgresql"]) + 1
