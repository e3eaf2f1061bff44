"""docs/errors.md says of every refusal which rule it keeps and what to do then."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import ledger
import reports
import web
from ledger.core.errors import LedgerError

PAGE = (Path(__file__).parents[2] / "docs" / "errors.md").read_text("utf-8")


def refusals(of: type[LedgerError] = LedgerError) -> Iterator[type[LedgerError]]:
    """Every class of refusal in the three packages."""
    for one in of.__subclasses__():
        yield one
        yield from refusals(one)


def every_module() -> None:
    for package in (ledger, reports, web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)


def ours() -> set[type[LedgerError]]:
    every_module()
    return {one for one in refusals() if one.__module__.partition(".")[0] in ("ledger", "reports", "web")}


def test_every_refusal_has_its_rule_and_a_way_on() -> None:
    sections = dict(re.findall(r"^## (\S+)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
    for one in ours():
        rule = (inspect.getdoc(one) or "").splitlines()[0]
        assert f"*{rule}*" in sections[one.slug], one.__name__
        assert sections[one.slug].strip().splitlines()[-1].strip("*") != rule


def test_the_page_names_no_refusal_that_is_gone() -> None:
    assert set(re.findall(r"^## (\S+)$", PAGE, re.MULTILINE)) == {one.slug for one in ours()}
