"""The README is short, its links lead somewhere, and what it tells to type exists."""

from __future__ import annotations

import re
from pathlib import Path

import click

from web.commands import main

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "README.md").read_text("utf-8")


def test_the_readme_has_at_most_four_hundred_words() -> None:
    assert len(PAGE.split()) <= 400


def test_every_link_and_picture_leads_to_a_file() -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", PAGE)
    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []


def test_every_command_that_it_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    assert [name for name in re.findall(r"^make (\S+)$", PAGE, re.MULTILINE) if f"\n{name}:" not in makefile] == []
    commands = re.findall(r"hourstead (\w+)", PAGE)
    assert commands
    assert set(commands) <= set(main.list_commands(click.Context(main)))
