"""The coverage gate refuses a room that is not walked through."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.house import coverage


def report(tmp_path: Path, ledger_lines: int, ledger_branches: int) -> str:
    def file(lines: int, branches: int) -> dict[str, object]:
        counts = {"covered_lines": lines, "num_statements": 20, "covered_branches": branches, "num_branches": 20}
        return {"summary": counts, "missing_lines": list(range(lines, 20))}

    rooms = {
        "ledger/database/unit_of_work.py": file(ledger_lines, ledger_branches),
        "web/app.py": file(18, 0),
        "reports/render/pdf/page_frame.py": file(20, 0),
    }
    path = tmp_path / "coverage.json"
    path.write_text(json.dumps({"files": rooms}))
    return str(path)


@pytest.mark.parametrize(("lines", "branches", "status"), [(20, 19, 0), (19, 20, 1), (20, 18, 1)])
def test_gate_counts_lines_and_branches_of_the_ledger(tmp_path: Path, lines: int, branches: int, status: int) -> None:
    assert coverage.main(report(tmp_path, lines, branches)) == status


def test_gate_names_the_lines_that_are_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    coverage.main(report(tmp_path, 19, 20))
    assert "ledger/database/unit_of_work.py: 19" in capsys.readouterr().out


def test_missing_lines_are_written_as_spans() -> None:
    assert coverage.spans([3, 5, 6, 7, 9]) == "3 5-7 9"
