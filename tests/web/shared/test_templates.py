"""Every word on a page is a message, and every class on it is drawn by the stylesheet."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

import web
from web.shared.stylesheet import build_stylesheet

ROOTS = [Path(web.__file__).parent / place for place in ("pages", "shared/templates")]
PLACES = {path.relative_to(root).as_posix(): path for root in ROOTS for path in root.rglob("*.html")}
PAGES = sorted(PLACES)
JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
NAMES = {"Hourstead", "hourstead", "init", "EUR"}


def without_jinja(template: str) -> str:
    return JINJA.sub(" ", PLACES[template].read_text("utf-8"))


def bare_words(html: str) -> list[str]:
    """Return words between tags, and in attributes that are read out, that no message stands behind."""
    shown = re.sub(r"<(style|script|code)\b.*?</\1>|<span lang=.*?</span>|<!doctype[^>]*>", " ", html, flags=re.DOTALL)
    told = re.findall(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"', shown)
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"<[^>]*>|&\w+;|[\w-]+=\"[^\"]*\"", " ", shown))
    return [word for word in [*words, *re.findall(r"[A-Za-z]{2,}", " ".join(told))] if word not in NAMES]


@pytest.mark.parametrize("template", PAGES)
def test_no_word_on_a_page_is_unmarked(template: str) -> None:
    assert bare_words(without_jinja(template)) == []


@pytest.mark.parametrize("template", PAGES)
def test_every_class_on_a_page_is_drawn(template: str) -> None:
    named = {name for value in re.findall(r'class="([^"{]*)"', without_jinja(template)) for name in value.split()}
    drawn = set(re.findall(r"\.([a-z][\w-]*)", build_stylesheet().text))
    assert {name for name in named - drawn if not name.endswith("-") and "__" not in name} == set()


@pytest.mark.parametrize("template", PAGES)
def test_every_page_can_be_read_by_the_template_engine(shell_app: Flask, template: str) -> None:
    assert shell_app.jinja_env.get_template(template).name == template


def test_a_forgotten_word_would_be_found() -> None:
    assert bare_words('<p title="Help">Two <b>words</b> <code>a7bd</code></p>') == ["Two", "words", "Help"]
