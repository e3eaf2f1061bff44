"""From a story to the bytes of a printed page: the same story gives the same bytes, every time."""

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

_ONE_AT_A_TIME = Lock()


def render_pdf(
    story: Story,
    furniture: HeaderFooter,
    *,
    paper: PaperName = "a4",
    edition: EditionName = "standard",
    words: PageLabels = ENGLISH_LABELS,
) -> bytes:
    """The report as a tagged PDF, its letters embedded; raises PageRefused rather than print it wrong."""
    if furniture.direction == "rtl":
        raise RightToLeft(furniture.report)
    with _ONE_AT_A_TIME:
        fonts.register_fonts()
        look = EDITIONS[edition]
        sheets = [
            sheet for run in BlockBuilder(look, furniture).runs(story) for sheet in paginate(run.blocks, run.foot)
        ]
        out, tree = BytesIO(), StructureTree()
        canvas = Canvas(
            out,
            pagesize=(PAPERS[paper].width, PAPERS[paper].height),
            pageCompression=1,
            invariant=1,
            lang=furniture.language,
        )
        title = f"{furniture.report}, {furniture.period}"
        _describe(canvas, title, furniture.community)
        pen = PdfCanvas(canvas, PAPERS[paper], tree)
        frame = PageFrame(furniture, words, look)
        for number, sheet in enumerate(sheets, 1):
            _draw(pen, frame, sheet, number, len(sheets))
        canvas.save()
        return add_structure(out.getvalue(), tree, title=title, language=furniture.language)


def _describe(canvas: Canvas, title: str, community: str) -> None:
    canvas.setTitle(title)
    canvas.setAuthor(community)
    canvas.setCreator("Hourstead")
    canvas.setProducer("Hourstead")
    canvas.setSubject("")


def _draw(pen: PdfCanvas, frame: PageFrame, sheet: Page, number: int, pages: int) -> None:
    """One page: its furniture, its blocks in the order of reading, and the line at its foot."""
    pen.start_page()
    has_sign_off = any(isinstance(block, SignOffBlock) for _, block in sheet.placed)
    frame.draw(pen, number, pages, has_square=not has_sign_off)
    for y, block in sheet.placed:
        block.draw(pen, 0.0, y)
    if sheet.foot:
        sheet.foot.draw(pen, 0.0, LIVE_HEIGHT - sheet.foot.height)
    pen.end_page()
