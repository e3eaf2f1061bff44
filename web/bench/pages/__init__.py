"""Benchmarks of pages, each in turn with a bare Flask page, served as by `serve`: `hourstead bench --pages`."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from ledger.exchange.imports.result import Progress
from web import Settings, create_app
from web.bench.fixtures import Bench
from web.bench.pages.bare_page import make_bare_app
from web.bench.pages.books import prepare_books
from web.bench.pages.http_client import PageAddress, run_load
from web.bench.pages.in_process import call_page, count_statements, measure_cpu_ms
from web.bench.pages.page_list import BenchPage, list_pages
from web.bench.pages.page_result import PageResult, PageRounds, as_lines
from web.bench.pages.page_server import BARE, OURS, serve_app
from web.settings import PREFIX

__all__ = ["PageResult", "PageBenchOptions", "as_lines", "run_pages"]

CONNECTIONS = 8


@dataclass(frozen=True)
class _Side:
    """An application in this process and the port where it is served: Hourstead or the bare page."""

    app: Flask
    port: int

    def warm_up(self, path: str, cookie: str, seconds: float) -> None:
        """Open a page without measuring, so that each serving process has compiled its templates."""
        run_load(PageAddress(self.port, path, cookie), seconds, CONNECTIONS)

    def measure(self, path: str, cookie: str, seconds: float, rounds: PageRounds) -> None:
        """Measure one round of a page: `seconds` each in this process, with one connection, and with eight."""
        target = PageAddress(self.port, path, cookie)
        rounds.cpu.append(measure_cpu_ms(self.app, path, cookie, seconds))
        rounds.one.append(run_load(target, seconds, 1))
        rounds.eight.append(run_load(target, seconds, CONNECTIONS))


@dataclass(frozen=True, kw_only=True)
class PageBenchOptions:
    """Options: the number of entries and members, the seconds of each measurement, and the number of rounds.

    `place` is an empty folder for files.
    """

    entries: int
    members: int
    seconds: float
    rounds: int
    place: Path


def run_pages(database_url: str, limit_url: str, options: PageBenchOptions, progress: Progress) -> list[PageResult]:
    """Fill empty books and measure every page in rounds; BenchNotEmpty if the database is not empty."""
    with Bench.opened(database_url, limit_url) as bench, ExitStack() as stack:
        bench.fill(options.entries, progress)
        references = prepare_books(bench, options.members)
        settings = _settings(database_url, options.place)
        ours = _Side(create_app(settings), stack.enter_context(serve_app(OURS, settings)))
        bare = _Side(make_bare_app(database_url), stack.enter_context(serve_app(BARE, settings)))
        for side in (ours, bare):
            stack.callback(side.app.extensions["engine"].dispose)
        cookies = {who: _cookie(ours.app, reference) for who, reference in asdict(references).items()}
        todo = [(page, cookies[page.visitor]) for page in list_pages(bench.months)]
        results = [_count_page(ours.app, page, cookie) for page, cookie in todo]
        for (page, cookie), result in zip(todo, results, strict=True):
            bare.warm_up(f"/{result.bytes}", "", options.seconds)
            ours.warm_up(page.path, cookie, options.seconds)
        for done in range(options.rounds):
            for (page, cookie), result in zip(todo, results, strict=True):
                bare.measure(f"/{result.bytes}", "", options.seconds, result.bare)
                ours.measure(page.path, cookie, options.seconds, result.ours)
            progress((done + 1) / options.rounds)
    return results


def _settings(database_url: str, place: Path) -> Settings:
    """The settings of the benchmark; the environment does not change them."""
    return Settings.load({f"{PREFIX}DATABASE_URL": database_url, f"{PREFIX}DATA_DIR": str(place)})


def _cookie(app: Flask, reference: str) -> str:
    """The cookie of a browser that is signed in and has opened a page before."""
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert signer is not None
    name = app.config["SESSION_COOKIE_NAME"]
    client = app.test_client()
    client.set_cookie(name, str(signer.dumps({"_user_id": reference})))
    client.get("/", follow_redirects=True)
    cookie = client.get_cookie(name)
    assert cookie is not None
    return f"{name}={cookie.value}"


def _count_page(app: Flask, page: BenchPage, cookie: str) -> PageResult:
    """A page with its size and its number of statements, counted at the second call, when caches are filled."""
    call_page(app, page.path, cookie)
    with count_statements(app.extensions["engine"]) as count:
        size = call_page(app, page.path, cookie)
    return PageResult(
        slug=page.slug, title=page.title, bytes=size, statements=count.statements, transactions=count.transactions
    )
