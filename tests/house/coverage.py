"""How much of each room the tests must walk through; run by `make test` after pytest."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

# Least share of lines and of branches, in percent.
WANTED = {"ledger": (100, 95), "reports": (90, 0), "web": (90, 0)}


@dataclass(frozen=True)
class Walked:
    """What was walked through in one room."""

    lines: float
    branches: float
    missing: tuple[str, ...]


def spans(numbers: list[int]) -> str:
    """Write 3, 5, 6, 7 as `3 5-7`."""
    runs = [list(run) for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])]
    return " ".join(f"{run[0][1]}-{run[-1][1]}" if len(run) > 1 else f"{run[0][1]}" for run in runs)


def share(done: int, whole: int) -> float:
    return 100 * done / whole if whole else 100.0


def walked(room: str, files: dict[str, Any]) -> Walked:
    """Add up the files of one room."""
    own = {path: file for path, file in sorted(files.items()) if Path(path).parts[0] == room}
    total = {key: sum(file["summary"][key] for file in own.values()) for key in _COUNTS}
    missing = tuple(f"{path}: {spans(file['missing_lines'])}" for path, file in own.items() if file["missing_lines"])
    return Walked(
        share(total["covered_lines"], total["num_statements"]),
        share(total["covered_branches"], total["num_branches"]),
        missing,
    )


_COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


def enough(room: str, found: Walked) -> bool:
    """Say whether a room is as well covered as wanted."""
    lines, branches = WANTED[room]
    return found.lines >= lines and found.branches >= branches


def main(report: str) -> int:
    """Print each room's shares, and what is missing where it is not enough."""
    files = json.loads(Path(report).read_text())["files"]
    short = []
    for room in WANTED:
        found = walked(room, files)
        print(f"coverage of {room}: lines {found.lines:.1f} %, branches {found.branches:.1f} %")  # noqa: T201
        short += [] if enough(room, found) else [room, *found.missing]
    if short:
        print("not enough:", *short, sep="\n  ")  # noqa: T201
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
