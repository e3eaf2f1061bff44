"""The one stylesheet: colours from the project's palette, then the parts in `static/css`, joined once at the start."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

PARTS = (
    "tokens",
    "ground",
    "page",
    "figures",
    "lists",
    "tables",
    "speaking",
    "forms",
    "choices",
    "record",
    "styleguide",
    "slips",
    "media",
)


@dataclass(frozen=True)
class Stylesheet:
    """The whole stylesheet and a short digest of it, which stands in its address so that browsers may keep it."""

    text: str
    digest: str


@lru_cache
def load_palette() -> Mapping[str, Mapping[str, str]]:
    """The colours of the screen, by scheme (`light`, `dark`) and name, from the palette that paper shares."""
    read: dict[str, Mapping[str, Mapping[str, str]]] = json.loads(
        files("reports.render.typography").joinpath("palette.json").read_text("utf-8")
    )
    return read["screen"]


@lru_cache
def build_stylesheet() -> Stylesheet:
    """The stylesheet that every page links to."""
    folder = Path(__file__).parents[1] / "static" / "css"
    parts = [(folder / f"{part}.css").read_text("utf-8") for part in PARTS]
    text = "\n".join([_colours(), *parts, files("reports.render.html").joinpath("html.css").read_text("utf-8")])
    return Stylesheet(text, hashlib.sha256(text.encode()).hexdigest()[:12])


def _colours() -> str:
    light, dark = (_declared(load_palette()[scheme]) for scheme in ("light", "dark"))
    return (
        "/* Colours, from the project's palette. */\n"
        f":root {{\n  color-scheme: light dark;\n{light}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"
    )


def _declared(colours: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in colours.items())


def contrast_ratio(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21: (lighter + 0.05) / (darker + 0.05)."""
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
