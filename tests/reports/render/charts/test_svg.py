"""A chart on screen has a name, scales, follows the page's colours, and breaks no strict page."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from reports.render.charts import draw, svg
from reports.render.charts.icons import ICONS, draw_icon
from reports.render.charts.qr_code import qr_code
from reports.story.chart_specs import Bars, ChartLabel

BARS = Bars(marks=(ChartLabel("Farm & garden", 2, "2:00"), ChartLabel("<b>Kitchen</b>", 1, "1:00")))


@pytest.fixture
def root() -> ET.Element:
    """A chart as an element."""
    return ET.fromstring(svg(draw(BARS, 400), "The farm had two hours & more."))


def test_a_chart_is_a_picture_named_by_its_finding(root: ET.Element) -> None:
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[0].text == root.get("aria-label") == "The farm had two hours & more."


def test_a_chart_can_scale(root: ET.Element) -> None:
    assert root.get("viewBox") == "0 0 400 39"
    assert root.get("class") == "chart"


def test_no_style_stands_inside_a_chart(root: ET.Element) -> None:
    assert not any("style" in element.attrib for element in root.iter())


def test_two_charts_share_no_ids(root: ET.Element) -> None:
    assert not any("id" in element.attrib for element in root.iter())


def test_colours_come_from_the_page(root: ET.Element) -> None:
    fills = {element.get("fill") for element in root.iter() if element.tag in ("rect", "text")}
    assert fills == {"var(--willow, #1d5a4c)", "var(--ink, #1f1d1a)"}


def test_words_are_words_in_the_pages_own_face(root: ET.Element) -> None:
    texts = [element for element in root.iter() if element.tag == "text"]
    assert [text.text for text in texts] == ["Farm & garden", "2:00", "<b>Kitchen</b>", "1:00"]
    assert not any("font-family" in text.attrib for text in texts)
    assert texts[1].get("font-weight") == "600"


def test_words_keep_the_width_they_have_on_paper(root: ET.Element) -> None:
    text = next(element for element in root.iter() if element.tag == "text")
    assert float(text.get("textLength", "0")) == pytest.approx(74, abs=5)


@pytest.mark.parametrize("name", sorted(ICONS))
def test_a_small_picture_is_decoration(name: str) -> None:
    root = ET.fromstring(svg(draw_icon(name, 40), ""))
    assert root.get("aria-hidden") == "true"
    assert root.find("title") is None


def test_a_square_code_is_one_shape() -> None:
    root = ET.fromstring(svg(qr_code("https://willow.example/r/W26-03-B", 44), "Check it"))
    assert sum(element.tag == "path" for element in root.iter()) == 1
