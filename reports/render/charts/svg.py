"""The same drawing for the page on screen: its finding as its name, its colours from the page, no styles inside.

What the drawing library writes has a fixed size, "..." for a title, the same ids in every chart, faces the
browser does not know, and style attributes that a strict page refuses. All five are mended here.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Final

from markupsafe import Markup
from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color

from reports.render.typography import fonts, style

SPACE: Final = "{http://www.w3.org/2000/svg}"
WEIGHTS: Final = {fonts.STRONG: "600", fonts.TITLE: "600", fonts.OTHER_STRONG: "700"}
SERIFS: Final = (fonts.SERIF, fonts.TITLE)
SCREEN: Final = {
    style.INK: "ink",
    style.SOFT: "soft",
    style.HAIR: "hair",
    style.PINE: "willow",
    style.CLAY: "rubric",
    style.STRAW: "wash",
    style.WHITE: "sheet",
    style.PALE_PINE: "pale-willow",
    style.HONEY: "honey",
}


def svg(drawing: Drawing, finding: str) -> Markup:
    """The drawing as an `svg` element to stand inside a page; `finding` is what a reading voice says.

    Without a finding it is decoration, which a reading voice passes over.
    """
    text = renderSVG.drawToString(drawing)
    root = ET.fromstring(text[text.index("<svg") :])  # noqa: S314 (we wrote it ourselves)
    for element in root.iter():
        element.tag = element.tag.removeprefix(SPACE)
        _mend(element)
    for name in ("clipPath", "title", "desc"):
        for needless in root.findall(name):
            root.remove(needless)
    for name in ("version", "preserveAspectRatio"):
        root.attrib.pop(name, None)
    root.attrib |= {"class": "chart", "viewBox": f"0 0 {drawing.width:g} {drawing.height:g}"}
    _name(root, finding)
    return Markup(ET.tostring(root, encoding="unicode"))  # noqa: S704 (the writer has escaped what is said)


def _name(root: ET.Element, finding: str) -> None:
    if not finding:
        root.set("aria-hidden", "true")
        return
    root.attrib |= {"role": "img", "aria-label": finding}
    title = ET.Element("title")
    title.text = finding
    root.insert(0, title)


def _mend(element: ET.Element) -> None:
    """Styles become attributes, colours become the page's, and ids that every chart would repeat go."""
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if value.strip():
            element.set(name.strip(), value.strip())
    for name in ("id", "clip-path"):
        element.attrib.pop(name, None)
    for name in ("fill", "stroke"):
        if name in element.attrib:
            element.set(name, _color(element.attrib[name]))
    if element.tag == "text":
        _face(element)


def _face(element: ET.Element) -> None:
    """Words keep the width they have on paper, whatever face the reader's device has."""
    face = element.attrib.pop("font-family", fonts.SANS)
    size = float(element.attrib.get("font-size", "12").removesuffix("px"))
    element.set("font-size", f"{size:g}")
    element.set("textLength", f"{fonts.text_width(element.text or '', face, size):.1f}")
    element.set("lengthAdjust", "spacingAndGlyphs")
    if face in SERIFS:
        element.set("class", "serif")
    if face in WEIGHTS:
        element.set("font-weight", WEIGHTS[face])


def _color(written: str) -> str:
    """A colour of the print palette as the page's own, so that charts follow a dark page."""
    for color, name in SCREEN.items():
        if written.replace(" ", "") == f"rgb({','.join(f'{int(100 * v)}%' for v in color.rgb())})":
            return f"var(--{name}, {_hex(color)})"
    return written


def _hex(color: Color) -> str:
    return "#" + "".join(f"{round(255 * v):02x}" for v in color.rgb())
