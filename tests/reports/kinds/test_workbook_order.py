"""A report says the same in the same order, whatever the program read before it."""

from __future__ import annotations

import subprocess
import sys

import pytest

ORDERS = {
    "figures": ("reports.indicators", "all_indicators", "slug", "reports.indicators.workload"),
    "tables": ("reports.tables", "all_tables", "name", "reports.tables.net_assets"),
    "sentences": ("reports.sentences", "all_sentences", "name", "reports.sentences.money"),
}


def listed(package: str, everything: str, name: str, *first: str) -> str:
    """Ask a new program for the order, after it read one file before the others."""
    before = "".join(f"import {module}\n" for module in first)
    asked = f"{before}from {package} import {everything}\nprint([one.{name} for one in {everything}()])"
    return subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("what", ORDERS)
def test_the_order_is_the_same_whatever_was_read_before(what: str) -> None:
    package, everything, name, last = ORDERS[what]
    found = listed(package, everything, name)
    assert len(found) > 100
    assert listed(package, everything, name, last) == found
