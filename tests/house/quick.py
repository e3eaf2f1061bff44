"""`make quick`: types of the changed files, the rules of the house, and the tests of the folders that changed.

Changed is what differs from the branch `main` (of `origin`, where there is one), and files that git does not know yet.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath

from tests.house.source import CODE, ROOT

RULES = ("imports", "layout", "sizes", "words")
MIRRORED = (*CODE, "migrations")


def changed() -> list[str]:
    """List the changed files that still exist."""
    base = next((base for main in ("origin/main", "main") if (base := _git("merge-base", "HEAD", main))), ["HEAD"])
    names = {*_git("diff", "--name-only", *base), *_git("ls-files", "--others", "--exclude-standard")}
    return sorted(name for name in names if (ROOT / name).is_file())


def _git(*arguments: str) -> list[str]:
    answer = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return answer.stdout.split("\n")[:-1]


def typed(names: Iterable[str]) -> list[str]:
    """Choose the files that mypy checks."""
    return [name for name in names if name.endswith(".py") and name.split("/")[0] in (*MIRRORED, "tests")]


def tests_of(names: Iterable[str]) -> list[str]:
    """Choose the test files beside the changed files, or in the folder that mirrors theirs; the rules always."""
    folders = {folder for name in names for folder in _folders(PurePosixPath(name))}
    files = {path for folder in folders for path in (ROOT / folder).glob("test_*.py")}
    files |= {ROOT / "tests" / "house" / f"test_{rule}.py" for rule in RULES}
    return sorted(path.relative_to(ROOT).as_posix() for path in files)


def _folders(name: PurePosixPath) -> list[PurePosixPath]:
    top = name.parts[0]
    if top == "tests":
        return [name.parent]
    if top in MIRRORED:
        mirrors = [PurePosixPath("tests") / folder for folder in name.parents]
        return [next(folder for folder in mirrors if (ROOT / folder).is_dir())]
    return [PurePosixPath("tests/docs")]


def main() -> int:
    """Run mypy, then pytest; return the first exit code that is not zero."""
    names = changed()
    types = ["mypy", *typed(names)] if typed(names) else ["mypy", "--version"]
    tests = ["pytest", "-q", "--quick", "-n", "2", *tests_of(names)]
    return next((code for code in map(_run, (types, tests)) if code), 0)


def _run(command: list[str]) -> int:
    return subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
