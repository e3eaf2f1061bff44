"""A peer takes turns with ours; here it does nothing, in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from click.testing import CliRunner

from tests.peers import HERE
from tests.peers.__main__ import command
from tests.queries import ROOT

STUB = """
import sys
sys.path.insert(0, {root!r})
from tests.peers.peer_loop import answer
answer(dict.fromkeys("single bulk loop statement bank trial".split(), lambda times: None))
"""
RIVALS = {
    "sqlite": {"accounting-cpu"},
    "postgresql": {
        f"hordak-{one}"
        for one in ("wall", "cpu", "bulk-wall", "loop-wall", "statement-wall", "bank-wall", "trial-wall")
    },
}


def test_a_peer_takes_turns_with_ours(empty_url: str, tmp_path: Path) -> None:
    folder = tmp_path / "peers"
    (folder / "bin").mkdir(parents=True)
    (folder / "installed.txt").write_text((HERE / "requirements.txt").read_text())
    (folder / "stub.py").write_text(STUB.format(root=str(ROOT)))
    (folder / "bin" / "python").write_text(f"#!/bin/sh\nexec {sys.executable} {folder / 'stub.py'}\n")
    (folder / "bin" / "python").chmod(0o755)
    where = ["--url", empty_url] if empty_url.startswith("postgresql") else []
    result = CliRunner().invoke(command, [str(folder), "--entries", "20", "--rounds", "1", "--json", *where])
    measured = json.loads(result.stdout)["measured"]
    assert {one["slug"] for one in measured} == RIVALS[empty_url.partition(":")[0].partition("+")[0]]
