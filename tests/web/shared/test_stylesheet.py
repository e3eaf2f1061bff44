"""The look: one palette, enough contrast, logical sides only, and no class that nobody drew."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import web
from web.shared.stylesheet import PARTS, build_stylesheet, contrast_ratio, load_palette

HOME = Path(web.__file__).parent
SHEETS = sorted((HOME / "static" / "css").glob("*.css"))
PAGES = sorted(HOME.rglob("*.html"))
SIDES = r"(?:margin|padding|border|inset)-(?:left|right|top|bottom)\b"
PHYSICAL = re.compile(
    rf"^\s*(?:{SIDES}|(?:left|right|top|bottom|width|height):|(?:float|text-align): (?:left|right))", re.MULTILINE
)


def test_every_part_is_in_the_stylesheet() -> None:
    assert {sheet.stem for sheet in SHEETS} == set(PARTS)
    assert all(sheet.read_text("utf-8").split("\n")[0] in build_stylesheet().text for sheet in SHEETS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_and_borders_stand_out_on_every_ground(scheme: str) -> None:
    colours = load_palette()[scheme]
    for ground in ("paper", "sheet", "wash"):
        assert all(contrast_ratio(colours[ink], colours[ground]) >= 4.5 for ink in ("ink", "soft", "willow", "rubric"))
        assert contrast_ratio(colours["line"], colours[ground]) >= 3
    assert contrast_ratio(colours["on-willow"], colours["willow"]) >= 4.5


def test_contrast_is_worked_out_as_wcag_does() -> None:
    assert contrast_ratio("#000000", "#ffffff") == pytest.approx(21)
    assert round(contrast_ratio("#1a2333", "#f3f6ec"), 1) == 14.4


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.stem)
def test_no_side_is_named_left_or_right(sheet: Path) -> None:
    assert PHYSICAL.findall(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(HOME).as_posix())
def test_no_page_has_inline_style_or_script(page: Path) -> None:
    assert re.findall(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|javascript:", page.read_text("utf-8")) == []


def test_every_colour_comes_from_the_palette() -> None:
    colours = r"#[0-9a-f]{3,8}\b|rgb\(|hsl\("
    outside = {sheet.stem for sheet in SHEETS if re.search(colours, _screen(sheet))}
    assert outside == set()


def _screen(sheet: Path) -> str:
    """Return a sheet without what it says about paper, where only black and greys stand."""
    return sheet.read_text("utf-8").split("@media print")[0]
