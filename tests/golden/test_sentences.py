"""Every golden sentence of Willow comes out letter for letter."""

from __future__ import annotations

from functools import cache

import pytest

from reports.sentences import compute_sentences
from tests.golden.test_figures import FILES
from tests.golden.willow import figures_file, willow


@cache
def found(name: str) -> dict[str, str]:
    return {key: str(message) for key, message in compute_sentences(willow(), FILES[name]).items()}


def wanted(name: str) -> dict[str, str]:
    sentences: dict[str, str] = figures_file(name)["sentences"]
    return sentences


@pytest.mark.parametrize(("name", "sentence"), [(name, key) for name in FILES for key in wanted(name)])
def test_a_golden_sentence_comes_out_letter_for_letter(name: str, sentence: str) -> None:
    assert found(name).get(sentence) == wanted(name)[sentence]


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_is_said_that_the_golden_file_does_not_have(name: str) -> None:
    assert found(name).keys() == wanted(name).keys()
