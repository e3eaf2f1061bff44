"""Charts as SVG for HTML pages: accessible name, theme colours, no inline styles.

reportlab's SVG has a fixed size, a placeholder title, repeated ids, unknown font names, and style attributes that a
strict content security policy refuses. All five are fixed here.
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
    """The drawing as an `svg` element; `finding` is its accessible name.

    Without a finding it is hidden from screen readers.
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
    """Turn styles into attributes and colours into theme colours, and remove ids."""
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
    """Keep the printed width of a text, whatever font the device has."""
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
    """The theme colour of a print colour, so that charts follow dark mode."""
    for color, name in SCREEN.items():
        if written.replace(" ", "") == f"rgb({','.join(f'{int(100 * v)}%' for v in color.rgb())})":
            return f"var(--{name}, {_hex(color)})"
    return written


def _hex(color: Color) -> str:
    return "#" + "".join(f"{round(255 * v):02x}" for v in color.rgb())
