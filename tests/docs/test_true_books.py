"""docs/true-books.md says of every promise how it is kept, where it ends, and how to check it."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from web.commands import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "true-books.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))


def promises() -> list[str]:
    tests = (ROOT / "tests" / "stories" / "test_promises.py").read_text("utf-8")
    return sorted(set(re.findall(r"def test_promise_(\w+)_is_kept", tests)))


def slug(title: str) -> str:
    return re.sub(r"\W+", "_", title.lower())


def test_the_page_tells_of_each_promise_and_of_no_other() -> None:
    told = [slug(title) for title in SECTIONS]
    assert sorted(told[:-1]) == promises()


@pytest.mark.parametrize("promise", promises())
def test_each_promise_has_its_keeping_its_limit_and_its_check(promise: str) -> None:
    said = next(text for title, text in SECTIONS.items() if slug(title) == promise)
    assert re.findall(r"^\*\*(Promised|Kept by|Its limit|Check it)", said, re.MULTILINE) == [
        "Promised",
        "Kept by",
        "Its limit",
        "Check it",
    ]


def test_what_it_names_is_there() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert [target for target in targets if not (ROOT / "docs" / target).exists()] == []
    commands = set(re.findall(r"`hourstead (\w+)", PAGE))
    assert commands <= set(main.list_commands(click.Context(main)))
