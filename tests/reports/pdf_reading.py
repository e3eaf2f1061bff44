"""Print stories as PDF, and read tags, text and pages back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from io import BytesIO

import pdfplumber
import pikepdf

from reports.render.pdf.document import render_pdf
from reports.story.elements import Column, Element, Number, Table, TableRow
from reports.story.header_footer import HeaderFooter

HEAD = "6c6406fc7af433eca78a5be56c0a2e41f658c14d39f1eef53047b462c1b249b4"
WILLOW = HeaderFooter(
    community="Willow",
    report="Monthly budget report",
    period="March 2026",
    edition="Standard edition",
    report_id="W26-03-B",
    state="Draft until it is signed.",
    entry=70,
    chain_head=HEAD,
    address="willow.example/r/W26-03-B",
    link="https://willow.example/r/W26-03-B",
)


@dataclass(frozen=True)
class TagNode:
    """One tag of a printed document."""

    tag: str
    marks: tuple[tuple[int, int], ...] = ()
    kids: tuple[TagNode, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)

    def walk(self) -> Iterator[TagNode]:
        """This tag and all below it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def count(self, tag: str) -> int:
        """The number of elements with a tag."""
        return sum(node.tag == tag for node in self.walk())


def print_pdf(*story: Element, header_footer: HeaderFooter = WILLOW) -> bytes:
    """A story on A4."""
    return render_pdf(story, header_footer)


def read_tags(pdf_bytes: bytes) -> TagNode:
    """The tree of tags of a document."""
    with pikepdf.open(BytesIO(pdf_bytes)) as document:
        pages = {page.objgen: number for number, page in enumerate(page.obj for page in document.pages)}
        return _tagged(document.Root.StructTreeRoot.K, pages)


def _tagged(node: pikepdf.Object, pages: dict[tuple[int, int], int]) -> TagNode:
    marks, kids = [], []
    for kid in node.K:
        if "/MCID" in kid:
            marks.append((pages[kid.Pg.objgen], int(kid.MCID)))
        else:
            kids.append(_tagged(kid, pages))
    attributes = {key: str(node[key]) for key in ("/Alt",) if key in node}
    if "/A" in node:
        attributes |= {key: str(value) for key, value in node.A.items()}
    return TagNode(str(node.S)[1:], tuple(marks), tuple(kids), attributes)


def read_text(pdf_bytes: bytes) -> str:
    """The text of a document."""
    with pdfplumber.open(BytesIO(pdf_bytes)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def count_pages(pdf_bytes: bytes) -> int:
    """The number of pages of a document."""
    with pikepdf.open(BytesIO(pdf_bytes)) as document:
        return len(document.pages)


def ledger_table(rows: int, *, name: str = "Line") -> Table:
    """A table with a number of rows, each with an amount."""
    lines = tuple(TableRow(cells=(f"{name} {n}", Number(f"{n}.00", Decimal(f"{n}.00")))) for n in range(1, rows + 1))
    return Table(
        slug="ledger",
        columns=(Column(head="Costs", kind="name"), Column(head="Actual")),
        rows=lines,
        total=TableRow(cells=("All lines", Number("0.00", Decimal("0.00")))),
        sentence="That is all.",
    )
