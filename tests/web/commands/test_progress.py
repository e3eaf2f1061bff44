"""The progress bar: only on a terminal, only after a second."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from tests.web.commands.conftest import Shell

SHOW = """
import time
from web.commands import _shared
_shared.PROGRESS_AFTER_SECONDS = {patience}
with _shared.show_progress("Importing") as show:
    for done in range(5):
        show(done / 5)
"""


def on_a_terminal(patience: float) -> str:
    """What a terminal sees of a work that is shown after so many seconds."""
    ours, theirs = pty.openpty()
    program = [sys.executable, "-c", SHOW.format(patience=patience)]
    subprocess.run(program, stderr=theirs, check=True, timeout=60, cwd=Path(__file__).parents[3])
    os.close(theirs)
    seen = os.read(ours, 65536).decode() if os.get_blocking(ours) else ""
    os.close(ours)
    return seen


def test_a_long_work_shows_how_far_it_is() -> None:
    assert "Importing" in on_a_terminal(patience=-1)


def test_a_short_work_shows_nothing_of_it() -> None:
    assert "Importing" not in on_a_terminal(patience=60)


def test_nothing_is_shown_to_a_file(sqlite_shell: Shell) -> None:
    assert sqlite_shell.run("export", "csv", "--out", "-").stderr == ""
