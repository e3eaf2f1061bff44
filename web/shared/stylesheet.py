"""The stylesheet: colours from the palette, then the parts in `static/css`, joined once."""

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
    """The stylesheet and a short digest of it, which is part of its address so that browsers can cache it."""

    text: str
    digest: str


@lru_cache
def load_palette() -> Mapping[str, Mapping[str, str]]:
    """The colours of pages, by scheme (`light`, `dark`) and name, from the palette that reports use too."""
    palettes: dict[str, Mapping[str, Mapping[str, str]]] = json.loads(
        files("reports.render.typography").joinpath("palette.json").read_text("utf-8")
    )
    return palettes["screen"]


@lru_cache
def build_stylesheet() -> Stylesheet:
    """The stylesheet that every page links to."""
    folder = Path(__file__).parents[1] / "static" / "css"
    parts = [(folder / f"{part}.css").read_text("utf-8") for part in PARTS]
    text = "\n".join([_colour_rules(), *parts, files("reports.render.html").joinpath("html.css").read_text("utf-8")])
    return Stylesheet(text, hashlib.sha256(text.encode()).hexdigest()[:12])


def _colour_rules() -> str:
    light, dark = (_declarations(load_palette()[scheme]) for scheme in ("light", "dark"))
    return (
        "/* Colours, from the project's palette. */\n"
        f":root {{\n  color-scheme: light dark;\n{light}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n:root {{\n{dark}}}\n}}\n"
    )


def _declarations(colours: Mapping[str, str]) -> str:
    return "".join(f"  --{name}: {value};\n" for name, value in colours.items())


def contrast_ratio(first: str, second: str) -> float:
    """The contrast of two colours by WCAG 2.2, from 1 to 21: (lighter + 0.05) / (darker + 0.05)."""
    brighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
