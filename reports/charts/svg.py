"""The same drawing for the page on screen: its finding as its name, its colours from the page, no styles inside.

What the drawing library writes has a fixed size, "..." for a title, the same ids in every chart, faces the
browser does not know, and style attributes that a strict page refuses. All five are mended here.
"""

from __future__ import annotations

import hashlib
import xml.etree.ElementTree as ET
from typing import Final

from reportlab.graphics import renderSVG
from reportlab.graphics.shapes import Drawing
from reportlab.lib.colors import Color

from reports import style
from reports.typesetting import faces

SPACE: Final = "{http://www.w3.org/2000/svg}"
WEIGHTS: Final = {faces.STRONG: "600", faces.TITLE: "600", faces.OTHER_STRONG: "700"}
SERIFS: Final = (faces.SERIF, faces.TITLE)
SCREEN: Final = {
    style.INK: "ink", style.SOFT: "soft", style.HAIR: "hair", style.PINE: "willow", style.CLAY: "rubric",
    style.STRAW: "wash", style.WHITE: "sheet", style.PALE_PINE: "pale-willow", style.HONEY: "honey",
}


def svg(drawing: Drawing, finding: str) -> str:
    """The drawing as an `svg` element to stand inside a page; `finding` is what a reading voice says."""
    text = renderSVG.drawToString(drawing)
    root = ET.fromstring(text[text.index("<svg"):])  # noqa: S314 (we wrote it ourselves)
    mark = "c" + hashlib.sha256(text.encode() + finding.encode()).hexdigest()[:8]
    for element in root.iter():
        element.tag = element.tag.removeprefix(SPACE)
        _mend(element, mark)
    for name in ("version", "preserveAspectRatio"):
        root.attrib.pop(name, None)
    root.attrib |= {"role": "img", "class": "chart", "viewBox": f"0 0 {drawing.width:g} {drawing.height:g}",
                    "aria-labelledby": f"{mark}-title"}
    _name(root, finding, mark)
    return ET.tostring(root, encoding="unicode")


def _name(root: ET.Element, finding: str, mark: str) -> None:
    for empty in root.findall("desc"):
        root.remove(empty)
    title = root.find("title")
    assert title is not None
    title.text = finding
    title.set("id", f"{mark}-title")


def _mend(element: ET.Element, mark: str) -> None:
    """Styles become attributes, ids become this chart's own, faces and colours become the page's."""
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if value.strip():
            element.set(name.strip(), value.strip())
    if "id" in element.attrib:
        element.set("id", f"{mark}-{element.attrib['id']}")
    if "clip-path" in element.attrib:
        element.set("clip-path", element.attrib["clip-path"].replace("url(#", f"url(#{mark}-"))
    for name in ("fill", "stroke"):
        if name in element.attrib:
            element.set(name, _color(element.attrib[name]))
    if element.tag == "text":
        _face(element)


def _face(element: ET.Element) -> None:
    """Words keep the width they have on paper, whatever face the reader's device has."""
    face = element.attrib.pop("font-family", faces.SANS)
    size = float(element.attrib.get("font-size", "12").removesuffix("px"))
    element.set("font-size", f"{size:g}")
    element.set("textLength", f"{faces.width(element.text or '', face, size):.1f}")
    element.set("lengthAdjust", "spacingAndGlyphs")
    if face in SERIFS:
        element.set("class", "serif")
    if face in WEIGHTS:
        element.set("font-weight", WEIGHTS[face])


def _color(written: str) -> str:
    """A colour of the print palette as the page's own, so that charts follow a dark page."""
    for color, name in SCREEN.items():
        if written.replace(" ", "") == f"rgb({','.join(f'{round(255 * v)}' for v in color.rgb())})":
            return f"var(--{name}, {_hex(color)})"
    return written


def _hex(color: Color) -> str:
    return "#" + "".join(f"{round(255 * v):02x}" for v in color.rgb())
