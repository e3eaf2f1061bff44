"""Render a story as PDF. The same story always gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from threading import Lock

from reportlab.pdfgen.canvas import Canvas

from reports.language.page_labels import ENGLISH_LABELS, PageLabels
from reports.render.pdf.block_builder import BlockBuilder
from reports.render.pdf.canvas import PdfCanvas
from reports.render.pdf.page_frame import PageFrame
from reports.render.pdf.pagination import Page, paginate
from reports.render.pdf.pdf_structure import StructureTree, add_structure
from reports.render.pdf.sign_off_blocks import SignOffBlock
from reports.render.typography import fonts
from reports.render.typography.errors import RightToLeft
from reports.render.typography.style import EDITIONS, LIVE_HEIGHT, PAPERS, EditionName, PaperName
from reports.story.elements import Story
from reports.story.header_footer import HeaderFooter

# reportlab keeps fonts and defaults in module globals, so one thread renders at a time.
_REPORTLAB = Lock()


def render_pdf(
    story: Story,
    header_footer: HeaderFooter,
    *,
    paper: PaperName = "a4",
    edition: EditionName = "standard",
    labels: PageLabels = ENGLISH_LABELS,
) -> bytes:
    """The report as a tagged PDF with embedded fonts. Raises PageRefused where it cannot be printed correctly."""
    if header_footer.direction == "rtl":
        raise RightToLeft(header_footer.report)
    with _REPORTLAB:
        fonts.register_fonts()
        style = EDITIONS[edition]
        pages = [
            page for run in BlockBuilder(style, header_footer).runs(story) for page in paginate(run.blocks, run.foot)
        ]
        out, tree = BytesIO(), StructureTree()
        raw_canvas = Canvas(
            out,
            pagesize=(PAPERS[paper].width, PAPERS[paper].height),
            pageCompression=1,
            invariant=1,
            lang=header_footer.language,
        )
        title = f"{header_footer.report}, {header_footer.period}"
        _describe(raw_canvas, title, header_footer.community)
        canvas = PdfCanvas(raw_canvas, PAPERS[paper], tree)
        frame = PageFrame(header_footer, labels, style)
        for number, page in enumerate(pages, 1):
            _draw(canvas, frame, page, number, len(pages))
        raw_canvas.save()
        return add_structure(out.getvalue(), tree, title=title, language=header_footer.language)


def _describe(raw_canvas: Canvas, title: str, community: str) -> None:
    raw_canvas.setTitle(title)
    raw_canvas.setAuthor(community)
    raw_canvas.setCreator("Hourstead")
    raw_canvas.setProducer("Hourstead")
    raw_canvas.setSubject("")


def _draw(canvas: PdfCanvas, frame: PageFrame, page: Page, number: int, pages: int) -> None:
    """Draw one page: header and footer, blocks in reading order, and its last line."""
    canvas.start_page()
    has_sign_off = any(isinstance(block, SignOffBlock) for _, block in page.placed)
    frame.draw(canvas, number, pages, has_square=not has_sign_off)
    for y, block in page.placed:
        block.draw(canvas, 0.0, y)
    if page.foot:
        page.foot.draw(canvas, 0.0, LIVE_HEIGHT - page.foot.height)
    canvas.end_page()
