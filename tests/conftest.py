"""What every test may count on: a community, engines, shares, seeds, and that CI skips nothing."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, TypeVar

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine

from tests.communities import small_community
from tests.communities.small_community import SmallCommunity

if TYPE_CHECKING:
    from tests.databases import Filling

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

pytest_plugins = [
    "tests.applications",
    "tests.databases",
    "tests.neighbours",
    "tests.programs",
    "tests.queries",
    "tests.willow",
]

# A database made in a fixture serves all the examples of one property.
settings.register_profile(
    "share",
    max_examples=50,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.register_profile("quick", settings.get_profile("share"), max_examples=10)
settings.register_profile("whole", settings.get_profile("share"), max_examples=1000, derandomize=False, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--whole", action="store_true", help="run slow tests whole instead of a share")
    parser.addoption("--quick", action="store_true", help="run what is done in a moment, on SQLite only, for mutants")
    parser.addoption("--seed", type=int, default=None, help="repeat a run by the seed it printed")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile(next((name for name in ("whole", "quick") if config.getoption(name)), "share"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if "share" in getattr(item, "fixturenames", ()):
            item.add_marker("share")
    if config.getoption("quick"):
        config.hook.pytest_deselected(items=[item for item in items if not _is_quick(item)])
        items[:] = sorted(filter(_is_quick, items), key=lambda item: item.get_closest_marker("strongest") is None)


def _is_quick(item: pytest.Item) -> bool:
    """Whether a test takes neither a server nor a share, and is not marked to take its time."""
    given = item.callspec.params.values() if isinstance(item, pytest.Function) and hasattr(item, "callspec") else ()
    fixtures = getattr(item, "fixturenames", ())
    if "postgresql" in given or item.get_closest_marker("unhurried"):
        return False
    return not {"share", "seeded", "postgresql_server"}.intersection(fixtures)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _unskipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _unskipped((yield))


def _unskipped(report: Report) -> Report:
    """In CI a skipped test is a failed one."""
    if "CI" in os.environ and report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI skips nothing: {report.longrepr}"
    return report


@pytest.fixture
def share(request: pytest.FixtureRequest) -> Callable[[int, int], int]:
    """Choose between a small number of rounds, for `make test`, and the whole of `make test-slow`."""
    return lambda small, whole: whole if request.config.getoption("whole") else small


@pytest.fixture
def seeded(request: pytest.FixtureRequest) -> random.Random:
    """Return a random source whose seed is printed when the test fails."""
    given = request.config.getoption("seed")
    seed = given if given is not None else random.SystemRandom().randrange(2**32)
    print(f"repeat with --seed {seed}")  # noqa: T201 (pytest shows it with the failure)
    request.node.user_properties.append(("seed", str(seed)))
    return random.Random(seed)


@pytest.fixture
def community(filled: Callable[[Filling], Engine]) -> SmallCommunity:
    """Return the small community on each database in turn."""
    return SmallCommunity.of(filled(small_community.create))
