"""The structure tree of a tagged PDF, for screen readers. reportlab writes none, so pikepdf adds it.

Content is drawn as marked content, numbered page by page; the tree is written after the last page. Content outside
the tree (rules, header, footer, repeated heads) is an artifact. Drawing order is reading order.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Literal

import pikepdf

Tag = Literal["Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure", "L", "LI", "Lbl", "LBody"]
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MarkedContent:
    """A sequence of marked content on one page."""

    page: int
    number: int


@dataclass(slots=True)
class StructureNode:
    """One structure element with its attributes. Its content may be on several pages."""

    tag: Tag
    kids: list[StructureNode | MarkedContent] = field(default_factory=list)
    scope: Literal["", "Row", "Column"] = ""
    across: int = 1
    alt: str = ""
    box: Box | None = None


class StructureTree:
    """Collects the structure of a document while its pages are drawn."""

    def __init__(self) -> None:
        self.root = StructureNode("Document")
        self._open = [self.root]
        self._page = -1
        self._next = 0

    def start_page(self) -> None:
        """Restart the numbering of marked content."""
        self._page += 1
        self._next = 0

    @contextmanager
    def inside(self, node: StructureNode) -> Iterator[StructureNode]:
        """Make the following content part of the node. A node continued on a new page is not added twice."""
        parent = self._open[-1]
        if not node.kids:
            parent.kids.append(node)
        self._open.append(node)
        yield node
        self._open.pop()

    def mark(self, node: StructureNode) -> int:
        """Add marked content to the node; returns its number."""
        number = self._next
        node.kids.append(MarkedContent(self._page, number))
        self._next += 1
        return number


def add_structure(document: bytes, tree: StructureTree, *, title: str, language: str) -> bytes:
    """Add structure tree, title and language to a document, as PDF 1.7 towards PDF/UA. Deterministic."""
    with pikepdf.open(BytesIO(document)) as pdf:
        _write_tree(pdf, tree.root)
        for key in ("/CreationDate", "/ModDate"):
            del pdf.docinfo[key]
        pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        pdf.Root.Lang = pikepdf.String(language)
        pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["dc:title"] = title
            meta["dc:language"] = [language]
            meta["pdfuaid:part"] = "1"
        out = BytesIO()
        pdf.save(out, deterministic_id=True, min_version="1.7", object_stream_mode=pikepdf.ObjectStreamMode.generate)
        return out.getvalue()


def _write_tree(pdf: pikepdf.Pdf, root: StructureNode) -> None:
    top = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    owners: list[dict[int, pikepdf.Object]] = [{} for _ in pdf.pages]
    top.K = _element(pdf, root, top, owners)
    numbers = pikepdf.Array()
    for index, page in enumerate(pdf.pages):
        page.obj.StructParents = index
        page.obj.Tabs = pikepdf.Name.S
        numbers.append(index)
        numbers.append(pdf.make_indirect(pikepdf.Array(owners[index][n] for n in sorted(owners[index]))))
    top.ParentTree = pdf.make_indirect(pikepdf.Dictionary(Nums=numbers))
    top.ParentTreeNextKey = len(pdf.pages)
    pdf.Root.StructTreeRoot = top


def _element(
    pdf: pikepdf.Pdf, node: StructureNode, parent: pikepdf.Object, owners: list[dict[int, pikepdf.Object]]
) -> pikepdf.Object:
    element = pdf.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + node.tag), P=parent)
    )
    _attributes(node, element)
    kids: list[pikepdf.Object] = []
    for kid in node.kids:
        if isinstance(kid, StructureNode):
            kids.append(_element(pdf, kid, element, owners))
        else:
            owners[kid.page][kid.number] = element
            kids.append(pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[kid.page].obj, MCID=kid.number))
    element.K = pikepdf.Array(kids)
    return element


def _attributes(node: StructureNode, element: pikepdf.Object) -> None:
    if node.alt:
        element.Alt = pikepdf.String(node.alt)
    if node.box:
        element.A = pikepdf.Dictionary(
            O=pikepdf.Name.Layout, Placement=pikepdf.Name.Block, BBox=pikepdf.Array([round(v, 2) for v in node.box])
        )
    if node.scope or node.across > 1:
        element.A = pikepdf.Dictionary(O=pikepdf.Name.Table)
        if node.scope:
            element.A.Scope = pikepdf.Name("/" + node.scope)
        if node.across > 1:
            element.A.ColSpan = node.across
