"""What a report says, element by element, before anyone decides how it looks.

A report kind turns its frozen data into a story: a tuple of the elements below. The printed page,
the page on screen and the sheet of figures are three readings of the same story. Every text is
already in the reader's language and is shown letter for letter; nothing in it is read as mark-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from reports.story.chart_specs import ChartSpec


@dataclass(frozen=True, slots=True)
class Number:
    """A figure as the reader sees it ("19,385.30", "7:47") and as a spreadsheet adds it (19385.30, 467).

    `value` is in whole units with its decimals (euros, not cents) or in whole minutes.
    """

    shown: str
    value: int | Decimal


@dataclass(frozen=True, slots=True)
class Status:
    """How a check went, in words ("holds", "talk about it"); the sign ✓ or → is added.

    One that holds stays quiet; an open one is bold, so that the assembly talks about it.
    """

    shown: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    """Some words inside a text that must stand out, such as the name of a fund or an amount."""

    text: str


Text: TypeAlias = str | tuple[str | Strong, ...]
Cell: TypeAlias = str | Number | Status
Icon: TypeAlias = Literal["", "people", "clock", "coins", "leaf", "jar", "umbrella", "talk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What the page is about. The first one is the document's main heading in the outline."""

    text: str
    kicker: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """What the page means, in one or two sentences. One for each title."""

    text: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside a page, over a thin rule, with a small picture where it helps to find it again."""

    title: str
    icon: Icon = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph of plain prose."""

    text: Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that says what the figures above it mean. Tables bring their own."""

    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small soft type: what is a sample, what a dotted line means."""

    text: Text


@dataclass(frozen=True, slots=True)
class PageFoot:
    """The last line of a page: the unit of the amounts, how many numbers are hidden, what is a sample."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """Who a letter goes to, line by line, where a window envelope shows it."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A list; numbered where the order or the number matters when people talk about it."""

    items: tuple[Text, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a ledger table.

    `name` is what a row is about (semibold), `words` are words, `figures` are numbers that end on one
    line at the right, `result` are the figures the row leads to (semibold), `status` is how a check went.
    Neighbours with the same `group` stand under one common head. `unit` is said in the sheet of figures.
    """

    head: str
    kind: Literal["name", "words", "figures", "result", "status"] = "figures"
    group: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One line of a ledger table.

    A `head` names the lines after it and has one cell; `subtotal` and `total` are the sums of lines above.
    `sub` explains the name on a second line; `note` says why the line is far from plan (*Timing*, *Real*);
    `strong` are the places of cells that must stand out, counted from 0; `step` sets the name in, under
    the line it is part of.
    """

    cells: tuple[Cell, ...]
    sub: str = ""
    note: str = ""
    strong: tuple[int, ...] = ()
    step: int = 0
    role: Literal["line", "head", "subtotal", "total"] = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A ledger table, and the one plain sentence with its numbers that stands under it.

    `slug` names it in the sheet of figures; `total` closes it; `note` stands small under the sentence.
    It may run over several pages: the heads are printed again, the table stays one table.
    """

    slug: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    sentence: Text
    total: TableRow | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing we know, with its value; the unit stands with the value. `sub` says more below the name."""

    name: str
    value: Cell
    sub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and values about one thing, between rules, with no column heads."""

    slug: str
    facts: tuple[Fact, ...]
    sentence: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BigFigure:
    """A number that can be read from the back of the room, with its name above and its unit behind.

    `trend` says how it moved since last year ("8.8 % less") and `direction` draws the arrow before it.
    """

    label: str
    value: Number | str
    unit: str = ""
    trend: str = ""
    direction: Literal["", "up", "down"] = ""
    is_result: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BigFigures:
    """Two or three large figures side by side."""

    slug: str
    figures: tuple[BigFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Something to decide today: what, proposed by whom, and boxes to tick ("agreed", "later")."""

    text: Text
    by: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """The numbered list of what the assembly decides today."""

    items: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A picture of figures that stand in a table too. `alt` is the finding, not a description."""

    picture: ChartSpec
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two things side by side; read the left one first. On a narrow screen they stand one below the other."""

    left: tuple[Element, ...]
    right: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Elements that must stand together on one page."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One column of the sign-off: whose act it is, who that may be, and what is written on each line."""

    act: str
    who: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Room for pens: who prepared, who checked, who saw it, objections, and how to check the books oneself.

    `note` says how many entries of the period were imported. The whole hash is printed from the furniture.
    """

    signers: tuple[Signer, ...]
    remarks: str
    check: Text
    note: str = ""


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A line to write on by hand, with its label under it; `share` is its part of the row's width."""

    label: str
    share: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of lines to write on, for slips and claim sheets on paper."""

    rows: tuple[tuple[WritingLine, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins on a new page."""


TextElement: TypeAlias = Title | Lead | Section | Body | Sentence | Note | PageFoot | Address | Points
OtherElement: TypeAlias = (
    Table | Facts | BigFigures | Proposals | Chart | SideBySide | KeepTogether | SignOff | Form | PageBreak
)
Element: TypeAlias = TextElement | OtherElement
Story: TypeAlias = tuple[Element, ...]
