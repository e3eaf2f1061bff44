"""What a page says to those who hear it: the tree of headings, tables and figures behind the ink.

Drawing is wrapped in marked content, numbered page by page; the tree of tags is written when the pages are
done. Whatever is not in the tree (rules, header, footer, repeated heads) goes out as an artifact. The order
of the tree is the order of drawing, which is the order of reading.
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
    """A stretch of drawing on one page that belongs to a tag."""

    page: int
    number: int


@dataclass(slots=True)
class StructureNode:
    """One tag: what it is, what it holds, and what is said of it. Parts on several pages share one node."""

    tag: Tag
    kids: list[StructureNode | MarkedContent] = field(default_factory=list)
    scope: Literal["", "Row", "Column"] = ""
    across: int = 1
    alt: str = ""
    box: Box | None = None


class StructureTree:
    """Collects the tags of a document while its pages are drawn."""

    def __init__(self) -> None:
        self.root = StructureNode("Document")
        self._open = [self.root]
        self._page = -1
        self._next = 0

    def start_page(self) -> None:
        """Marks are numbered from 0 on every page."""
        self._page += 1
        self._next = 0

    @contextmanager
    def inside(self, node: StructureNode) -> Iterator[StructureNode]:
        """Let what follows be part of the node; a node that ran over a page is taken up again, not doubled."""
        parent = self._open[-1]
        if not node.kids:
            parent.kids.append(node)
        self._open.append(node)
        yield node
        self._open.pop()

    def mark(self, node: StructureNode) -> int:
        """The number of the next stretch of drawing, as part of the node."""
        number = self._next
        node.kids.append(MarkedContent(self._page, number))
        self._next += 1
        return number


def add_structure(made: bytes, tree: StructureTree, *, title: str, language: str) -> bytes:
    """The document with its tree of tags, title and language, as PDF 1.7 aimed at PDF/UA; same in, same out."""
    with pikepdf.open(BytesIO(made)) as pdf:
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
    made = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name("/" + node.tag), P=parent))
    _attributes(node, made)
    kids: list[pikepdf.Object] = []
    for kid in node.kids:
        if isinstance(kid, StructureNode):
            kids.append(_element(pdf, kid, made, owners))
        else:
            owners[kid.page][kid.number] = made
            kids.append(pikepdf.Dictionary(Type=pikepdf.Name.MCR, Pg=pdf.pages[kid.page].obj, MCID=kid.number))
    made.K = pikepdf.Array(kids)
    return made


def _attributes(node: StructureNode, made: pikepdf.Object) -> None:
    if node.alt:
        made.Alt = pikepdf.String(node.alt)
    if node.box:
        made.A = pikepdf.Dictionary(
            O=pikepdf.Name.Layout, Placement=pikepdf.Name.Block, BBox=pikepdf.Array([round(v, 2) for v in node.box])
        )
    if node.scope or node.across > 1:
        made.A = pikepdf.Dictionary(O=pikepdf.Name.Table)
        if node.scope:
            made.A.Scope = pikepdf.Name("/" + node.scope)
        if node.across > 1:
            made.A.ColSpan = node.across
