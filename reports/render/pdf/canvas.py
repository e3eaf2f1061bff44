"""The PDF canvas: draws in the live area of each page and tags what it draws.

`x` starts at the left edge of the live area and `y` at its top, growing downwards, on any paper. Content drawn
inside `leaf` belongs to a tag; all other content is an artifact, which screen readers skip.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, Final, Literal

from reportlab.graphics import renderPDF
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import Color
from reportlab.pdfgen.canvas import Canvas

from reports.render.pdf.pdf_structure import StructureNode, StructureTree
from reports.render.typography import fonts
from reports.render.typography.errors import DoesNotFit
from reports.render.typography.fonts import TextRun
from reports.render.typography.lengths import total_length
from reports.render.typography.style import HAIR, INK, LIVE_HEIGHT, LIVE_WIDTH, Paper, TextStyle

Align = Literal["left", "right", "middle"]
ANCHORS: Final[dict[str, Align]] = {"start": "left", "end": "right", "middle": "middle"}


class PdfCanvas:
    """Draws text, rules and drawings; raises DoesNotFit outside of the live area."""

    def __init__(self, canvas: Canvas, paper: Paper, tree: StructureTree) -> None:
        self.canvas: Any = canvas
        self.paper = paper
        self.tree = tree
        self._kind: Literal["", "artifact", "leaf"] = ""
        self._has_words = False
        self._free = False
        self._marks = 0
        self._level = -1

    def start_page(self) -> None:
        """Begin a page."""
        self.tree.start_page()

    def end_page(self) -> None:
        """Finish the page."""
        self._switch("")
        self.canvas.showPage()

    @contextmanager
    def margins(self) -> Iterator[None]:
        """Allow drawing below the live area, for header and footer."""
        self._free = True
        yield
        self._free = False

    @contextmanager
    def leaf(self, node: StructureNode) -> Iterator[None]:
        """Tag the content drawn inside."""
        with self.tree.inside(node):
            self._switch("")
            self._write(f"/{node.tag} <</MCID {self.tree.mark(node)}>> BDC")
            self._kind, self._has_words = "leaf", False
            yield
            self._write("EMC")
            self._kind = ""

    def _write(self, code: str) -> None:
        self.canvas._code.append(code)

    def _switch(self, kind: Literal["", "artifact"]) -> None:
        if self._kind == "artifact" and not kind:
            self._write("EMC")
        elif not self._kind and kind:
            self._write("/Artifact BMC")
        if self._kind != "leaf":
            self._kind = kind

    def _within(self, what: str, left: float, right: float, y: float) -> None:
        over = max(-left, right - LIVE_WIDTH, 0 if self._free else y - LIVE_HEIGHT)
        if over > 0.5:
            raise DoesNotFit(what, over)

    def line(self, x: float, y: float, runs: Sequence[TextRun], color: Color = INK, align: Align = "left") -> float:
        """Draw one line of text with its baseline at `y`; returns its width.

        A further line of the same tag begins with a space in the margin, so that copied words stay apart.
        """
        width = total_length(run.width for run in runs)
        left = x - {"left": 0.0, "right": width, "middle": width / 2}[align]
        self._within("".join(run.text for run in runs), left, left + width, y)
        self._switch("artifact")
        apart = fonts.text_width(" ", runs[0].face, runs[0].size) if self._has_words and runs else 0.0
        text = self.canvas.beginText(self.paper.left + left - apart, self.paper.height - self.paper.top - y)
        text.setFillColor(color)
        if apart:
            text.setFont(runs[0].face, runs[0].size)
            text.textOut(" ")
        for run in runs:
            self._run(text, run)
        self.canvas.drawText(text)
        self._has_words = self._kind == "leaf"
        return width

    def _run(self, text: Any, run: TextRun) -> None:
        text.setFont(run.face, run.size)
        if run.reads_otherwise:
            text._code.append(f"/Span <</ActualText <FEFF{run.text.encode('utf-16-be').hex()}>>> BDC")
        text.textOut(run.shaped)
        if run.reads_otherwise:
            text._code.append("EMC")

    def words(
        self,
        x: float,
        y: float,
        text: str,
        text_style: TextStyle,
        align: Align = "left",
        *,
        strong: bool = False,
        color: Color | None = None,
    ) -> float:
        """Draw one line of plain text in a style; returns its width."""
        face = text_style.strong if strong else text_style.face
        return self.line(x, y, fonts.text_runs(text, face, text_style.size), color or text_style.color, align)

    def rule(self, x: float, y: float, width: float, weight: float = 0.5, color: Color = HAIR) -> None:
        """Draw a horizontal rule; `weight` is in points."""
        self._switch("artifact")
        self.canvas.setStrokeColor(color)
        self.canvas.setLineWidth(weight)
        at = self.paper.height - self.paper.top - y
        self.canvas.line(self.paper.left + x, at, self.paper.left + x + width, at)

    def square(self, x: float, y: float, side: float) -> None:
        """Draw an empty box to tick by hand, with its bottom at `y`."""
        self._switch("artifact")
        self.canvas.setStrokeColor(INK)
        self.canvas.setLineWidth(0.9)
        self.canvas.rect(self.paper.left + x, self.paper.height - self.paper.top - y, side, side, fill=0, stroke=1)

    def drawing(self, x: float, y: float, drawing: Drawing, node: StructureNode | None = None) -> None:
        """Draw a drawing with its top at `y`; its shapes belong to the tag, its text is an artifact.

        Its text is drawn by `line`, so that fallback fonts work in charts too.
        """
        self._within("drawing", x, x + drawing.width, y + drawing.height)
        shapes = Drawing(drawing.width, drawing.height)
        shapes.contents = [shape for shape in drawing.contents if not isinstance(shape, String)]
        with self.leaf(node) if node else nullcontext():
            self._switch("artifact")
            renderPDF.draw(
                shapes, self.canvas, self.paper.left + x, self.paper.height - self.paper.top - y - drawing.height
            )
        for string in (shape for shape in drawing.contents if isinstance(shape, String)):
            align = ANCHORS[string.textAnchor]
            runs = fonts.text_runs(string.text, string.fontName, string.fontSize)
            self.line(x + string.x, y + drawing.height - string.y, runs, string.fillColor or INK, align)

    def stamp(self, name: str, x: float, y: float, side: float, draw: Callable[[], Drawing]) -> None:
        """Draw a square drawing that repeats on many pages; the file stores it once."""
        self._switch("")
        if not self.canvas.hasForm(name):
            self.canvas.beginForm(name, 0, 0, side, side)
            renderPDF.draw(draw(), self.canvas, 0, 0)
            self.canvas.endForm()
        self._switch("artifact")
        self.canvas.saveState()
        self.canvas.translate(self.paper.left + x, self.paper.height - self.paper.top - y - side)
        self.canvas.doForm(name)
        self.canvas.restoreState()

    def box(self, x: float, y: float, width: float, height: float) -> tuple[float, float, float, float]:
        """A box of the live area in page coordinates: left, bottom, right, top."""
        left, top = self.paper.left + x, self.paper.height - self.paper.top - y
        return left, top - height, left + width, top

    def bookmark(self, title: str, level: int) -> None:
        """Add an outline entry for this position."""
        self._marks += 1
        self._level = min(level, self._level + 1)
        self.canvas.bookmarkPage(f"mark{self._marks}")
        self.canvas.addOutlineEntry(title, f"mark{self._marks}", self._level)
