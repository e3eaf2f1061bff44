"""Header and footer are on every page, whatever they contain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.language.page_labels import PageLabels
from reports.render.pdf.document import render_pdf
from reports.render.typography.errors import DoesNotFit
from reports.story.elements import Body
from tests.reports.pdf_reading import WILLOW, print_pdf, read_text
from tests.reports.sample_story import checks


def test_a_long_address_has_a_line_of_its_own() -> None:
    address = "hours.the-long-name-of-our-community.example/c/willow-by-the-bridge/reports/W26-03-BUDGET-1"
    said = read_text(print_pdf(Body("Hello."), header_footer=replace(WILLOW, address=address)))
    assert said.splitlines()[-1] == f"Check it: {address}"


def test_an_address_longer_than_a_line_is_refused() -> None:
    with pytest.raises(DoesNotFit, match="too-long"):
        print_pdf(Body("Hello."), header_footer=replace(WILLOW, address="too-long." * 30))


def test_books_without_an_address_print_no_address_and_no_code() -> None:
    bare = replace(WILLOW, address="", link="")
    assert "Check it" not in read_text(print_pdf(Body("Hello."), header_footer=bare))
    assert len(print_pdf(Body("Hello."), header_footer=bare)) < len(print_pdf(Body("Hello."))) - 1000


def test_a_page_says_when_its_last_entry_was_recorded() -> None:
    said = read_text(print_pdf(Body("Hello."), header_footer=replace(WILLOW, recorded="31 March 2026, 18:04")))
    assert "Books read up to entry 70, recorded 31 March 2026, 18:04." in said


def test_the_sign_off_prints_the_whole_hash_in_fours() -> None:
    groups = [WILLOW.chain_head[at : at + 4] for at in range(0, 64, 4)]
    said = read_text(print_pdf(*checks()))
    assert " ".join(groups[:8]) in said
    assert " ".join(groups[8:]) in said


def test_a_sign_off_without_an_address_still_prints_the_hash() -> None:
    assert WILLOW.chain_head[-4:] in read_text(print_pdf(*checks(), header_footer=replace(WILLOW, link="")))


def test_the_pages_own_words_can_be_in_another_language() -> None:
    swapped = PageLabels.by(lambda text: text.replace("Page %(page)s of %(pages)s", "Seite %(page)s von %(pages)s"))
    assert "Seite 1 von 1" in read_text(render_pdf((Body("Hallo."),), WILLOW, labels=swapped))


def test_a_community_name_longer_than_the_header_is_cut_with_a_sign() -> None:
    said = read_text(print_pdf(Body("Hello."), header_footer=replace(WILLOW, community="Community of " + "many " * 40)))
    assert "…" in said
    assert "Monthly budget report, March 2026" in said
