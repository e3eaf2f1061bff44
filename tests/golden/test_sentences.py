"""Every golden sentence and statement of Willow comes out letter for letter."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

import pytest

from ledger.core.periods import Span
from reports.render.json_export import plain
from reports.sentences import work_out_sentences
from reports.tables.member_statement import statement
from tests.golden.test_figures import FILES
from tests.golden.willow import figures_file, willow


@cache
def found(name: str) -> dict[str, str]:
    return {key: str(message) for key, message in work_out_sentences(willow(), FILES[name]).items()}


def wanted(name: str) -> dict[str, str]:
    sentences: dict[str, str] = figures_file(name)["sentences"]
    return sentences


@pytest.mark.parametrize(("name", "sentence"), [(name, key) for name in FILES for key in wanted(name)])
def test_a_golden_sentence_comes_out_letter_for_letter(name: str, sentence: str) -> None:
    assert found(name).get(sentence) == wanted(name)[sentence]


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_is_said_that_the_golden_file_does_not_have(name: str) -> None:
    assert found(name).keys() == wanted(name).keys()


@pytest.mark.parametrize(
    ("name", "place"), [("2026-03", 0), ("2026-03", 1), ("2026-03", 2), ("2026-03", 3), ("2026", 0), ("2026", 1)]
)
def test_a_golden_statement_comes_out_exactly(name: str, place: int) -> None:
    golden: dict[str, Any] = figures_file(name)["statements"][place]
    people = {person: number for number, person in willow().names.items()}
    span = Span(dt.date.fromisoformat(golden["from"]), dt.date.fromisoformat(golden["to"]))
    assert plain(statement(willow(), people[golden["member"]], span)) == golden
