"""docs/architecture.md: its diagrams are drawn from the imports, its traces exist, its folders are all described."""

from __future__ import annotations

import re

import pytest

from tests.house.architecture import MARKED, PAGE, diagram, drawn
from tests.house.import_graph import area_graph, reduced
from tests.house.source import CODE, ROOT, modules
from tests.house.traces import Step, callers, traces

TEXT = PAGE.read_text("utf-8")
TRACES = list(traces(TEXT))
MOST_FILES = 7


def test_the_diagrams_show_the_imports_of_today() -> None:
    assert [match[2] for match in MARKED.finditer(TEXT)] == ["packages", *CODE]
    assert drawn(TEXT) == TEXT, "run `make architecture`"


def test_an_import_of_a_new_folder_would_change_a_diagram() -> None:
    areas = dict(area_graph())
    before = diagram(areas, "ledger")
    assert diagram(areas | {"ledger/novelty": {"ledger/core"}}, "ledger") != before


def test_arrows_that_follow_from_others_are_left_out() -> None:
    assert reduced({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == {"a": {"b"}, "b": {"c"}, "c": set()}


def test_every_folder_of_code_is_described() -> None:
    """A row each; a row stands for the folders below it too."""
    folders = {module.place.rpartition("/")[0] for module in modules(*CODE, "migrations")}
    rows = {f"{package}/{name}" for package, text in sections().items() for name in rows_of(text)}
    described = {folder for folder in folders if any(folder == row or folder.startswith(f"{row}/") for row in rows)}
    assert sorted(folders - described - {*CODE, "migrations", "web/pages", "migrations/versions"}) == []
    assert sorted(row for row in rows if not (ROOT / row).exists()) == []


def sections() -> dict[str, str]:
    return dict(re.findall(r"^### `(\w+)`[^\n]*\n(.*?)(?=^##|\Z)", TEXT, re.MULTILINE | re.DOTALL))


def rows_of(text: str) -> list[str]:
    return re.findall(r"^\| `([\w/.]+)` \|", text, re.MULTILINE)


@pytest.mark.parametrize("trace", TRACES, ids=lambda trace: f"{trace[0].file}")
def test_each_step_of_a_trace_exists_and_is_called_by_the_one_above(trace: list[Step]) -> None:
    assert [f"{step.file} {step.function}" for step in trace if not step.is_there()] == []
    assert [f"{one.function} -> {two.function}" for one, two in callers(trace) if not one.calls(two)] == []
    assert len({step.file for step in trace}) <= MOST_FILES


def test_there_is_a_trace_of_a_form_of_an_import_and_of_the_api() -> None:
    starts = {trace[0].file.split("/")[1] for trace in TRACES}
    assert {"pages", "commands", "api"} <= starts


def test_a_step_that_does_not_exist_or_is_not_called_would_be_found() -> None:
    record, post = Step(0, "ledger/workflow/record.py", "record"), Step(1, "ledger/journal/posting.py", "post")
    assert record.calls(post)
    assert not post.calls(record)
    assert not Step(0, "ledger/workflow/record.py", "no_such_function").is_there()
    assert not Step(0, "ledger/no_such_file.py", "record").is_there()
