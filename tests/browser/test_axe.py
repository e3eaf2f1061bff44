"""The accessibility check itself finds faults, under our strict content policy too."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, Response
from playwright.sync_api import Page

PAGE = "<!doctype html><html lang='en'><title>A page</title><main><h1>A page</h1>{}</main></html>"


@pytest.mark.parametrize(("body", "rules"), [("<p>Words.</p>", []), ("<input>", ["label"])])
def test_axe_finds_what_is_wrong(
    page: Page, axe: Callable[[Page], list[str]], serve: Callable[[Flask], str], body: str, rules: list[str]
) -> None:
    app = Flask("page")
    app.add_url_rule(
        "/", view_func=lambda: Response(PAGE.format(body), headers={"Content-Security-Policy": "default-src 'self'"})
    )
    page.goto(serve(app))
    assert [finding.split(":")[0] for finding in axe(page)] == rules
