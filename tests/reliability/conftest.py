"""What the reliability tests share: they say a figure, and run with a seed that repeats them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

Tell = Callable[[str], None]
ATTACKS = Path(__file__).parents[1] / "attacks"
"""The attacks on the database are reliability_12_, wherever they stand."""


@pytest.fixture
def tell(request: pytest.FixtureRequest) -> Tell:
    """Say what a run came to; `make test-slow` prints it at the end, for docs/reliability.md."""
    return lambda figure: request.node.user_properties.append(("figure", figure))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if ATTACKS in item.path.parents:
            item.extra_keyword_matches.add("reliability_12_")


def pytest_terminal_summary(terminalreporter: TerminalReporter, config: pytest.Config) -> None:
    if not config.getoption("whole"):
        return
    for report in terminalreporter.getreports("passed") + terminalreporter.getreports("failed"):
        for name, said in report.user_properties:
            if name in ("figure", "seed"):
                terminalreporter.write_line(f"{report.nodeid.partition('::')[2]}: {name} {said}")
