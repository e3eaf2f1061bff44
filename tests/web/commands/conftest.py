"""The command line over books of a test's own."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from web.commands import main

GOLDEN = Path(__file__).parents[2] / "golden"
WILLOW = ("init", "--community", "willow", "--name", "Willow", "--currency", "EUR", "--timezone", "Europe/Athens")


class Shell:
    """Runs `hourstead` with the settings of a database."""

    def __init__(self, url: str, folder: Path) -> None:
        self.folder = folder
        self.env = {"HOURSTEAD_DATABASE_URL": url, "HOURSTEAD_DATA_DIR": str(folder / "data")}

    def run(self, *args: str | Path) -> Result:
        return CliRunner().invoke(main, [str(arg) for arg in args], env=self.env)

    def does(self, *args: str | Path) -> str:
        """Run what must succeed; what it printed."""
        result = self.run(*args)
        assert result.exit_code == 0, result.output
        return result.stdout

    def data(self, *args: str | Path) -> Any:
        """Run what must succeed; what it printed, as JSON."""
        return json.loads(self.does(*args, "--json"))

    def refusal(self, *args: str | Path, status: int = 1) -> str:
        """Run what must be refused; what it said."""
        result = self.run(*args)
        assert (result.exit_code, result.exception is None or isinstance(result.exception, SystemExit)) == (
            status,
            True,
        )
        assert "Traceback" not in result.stderr
        return result.stderr


@pytest.fixture
def shell(database_url: str, tmp_path: Path) -> Shell:
    """Return a shell over migrated books, on each engine in turn, with the community Willow."""
    found = Shell(database_url, tmp_path)
    found.does(*WILLOW)
    return found


@pytest.fixture
def sqlite_shell(sqlite_url: str, tmp_path: Path) -> Shell:
    """Return the same on SQLite only."""
    found = Shell(sqlite_url, tmp_path)
    found.does(*WILLOW)
    return found


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    """Write lines to a file."""

    def written(*lines: Any) -> Path:
        path = tmp_path / "lines.jsonl"
        path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
        return path

    return written
