"""How many small faults the quick tests notice; run by `make mutants`.

mutmut changes one thing at a time in the modules that `[tool.mutmut]` names, and runs the quick tests that call the
changed function. Everything happens in a copy of the tree below `var`; docs/mutation.md keeps the last whole run.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from mutmut.__main__ import _run
from mutmut.mutation import file_mutation
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

ROOT = Path(__file__).parents[2]
PLACE = ROOT / "var" / "mutation"
COPIED = "ledger migrations reports web tests docs".split()
MESSAGES = {"say", "say_n", "N_"}
"""What these are given is words for people; whether it is the right sentence, other tests say."""
MODULES = (
    "journal.posting journal.reversal chain.hashing journal.balances workflow.holds closing.close rules checks".split()
)
"""The rows of the table: a module, or a folder as a whole."""
WANTED = 90
KILLED, LOOPING = "killed", "timeout"
LEFT = "left"
"""Asks for the mutants that outlived the last run, and for those of functions that changed since."""


class Mutant(NamedTuple):
    """One changed thing: its module and name, the file it is in, and what became of it."""

    module: str
    name: str
    path: Path
    status: str


def copied() -> None:
    """Bring the copy of the tree up to date; what mutmut made of unchanged files stays."""
    for top in COPIED:
        for gone in (PLACE / top, *([PLACE / "mutants" / top] if top != "ledger" else [])):
            shutil.rmtree(gone, ignore_errors=True)
        shutil.copytree(ROOT / top, PLACE / top, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(ROOT / "pyproject.toml", PLACE)
    (PLACE / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)


def tried(asked: list[str]) -> None:
    """Let mutmut make its mutants and run the tests on all, on those of some modules, or on those that are left."""
    if not asked:
        shutil.rmtree(PLACE / "mutants", ignore_errors=True)
    copied()
    os.chdir(PLACE)
    if asked == [LEFT]:
        reopened()
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # a session for each mutant: most of its time was other plugins
    file_mutation.NEVER_MUTATE_FUNCTION_CALLS |= MESSAGES
    _run([f"ledger.{one}.*" for one in asked if one != LEFT], None)


def reopened() -> None:
    """Forget what became of the mutants that were not killed, so that they are tried again."""
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        codes = data.exit_code_by_key
        data.exit_code_by_key = {
            name: code if status_by_exit_code[code] == KILLED else None for name, code in codes.items()
        }
        data.save()


def found() -> list[Mutant]:
    """Every mutant of the last runs."""
    mutants = []
    for path in walk_mutatable_files():
        data = SourceFileMutationData(path=path)
        data.load()
        name = ".".join(Path(path).with_suffix("").parts[1:])
        module = next(one for one in MODULES if f"{name}.".startswith(f"{one}."))
        mutants += [
            Mutant(module, name, path, status_by_exit_code[code]) for name, code in data.exit_code_by_key.items()
        ]
    return mutants


def row(name: str, counts: Counter[str]) -> str:
    """A line of the table: how many there were, were killed, loop for ever, and are left."""
    total = sum(counts.values())
    done = counts[KILLED] + counts[LOOPING]
    share = 100 * done / total if total else 0
    return f"| {name} | {total} | {counts[KILLED]} | {counts[LOOPING]} | {total - done} | {share:.1f} % |"


def told(mutants: list[Mutant]) -> bool:
    """Print the table, keep the survivors with what was changed in each; whether enough were killed."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mutant in mutants:
        counts[mutant.module][mutant.status] += 1
    whole = sum(counts.values(), Counter[str]())
    head = ["", "| module | mutants | killed | looping | left | share |", "| --- | --- | --- | --- | --- | --- |"]
    print(*head, *(row(name, counts[name]) for name in MODULES), row("all", whole), sep="\n")  # noqa: T201
    left = {one.name: one for one in mutants if one.status not in (KILLED, LOOPING)}
    diffs = {name: f"{one.status}\n{get_diff_for_mutant(name, path=one.path)}" for name, one in left.items()}
    (ROOT / "var" / "mutants.json").write_text(json.dumps(diffs, indent=1))
    print(f"\nWhat is left, with what was changed: {ROOT / 'var' / 'mutants.json'}")  # noqa: T201
    return 100 * (whole[KILLED] + whole[LOOPING]) >= WANTED * sum(whole.values())


def main(asked: list[str]) -> int:
    """Try the mutants of the modules asked for, those that are left, or all."""
    tried(asked)
    return 0 if told(found()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
