"""The elements of a report, independent of layout.

A report kind turns its workbook into a story: a tuple of the elements below. PDF, HTML and CSV are rendered from
the same story. All texts are localized and shown literally; nothing in them is read as mark-up.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from reports.story.chart_specs import ChartSpec


@dataclass(frozen=True, slots=True)
class Number:
    """A number as text ("19,385.30", "7:47") and as a spreadsheet value (19385.30, 467).

    `value` is in whole units with decimals (euros, not cents) or in whole minutes.
    """

    shown: str
    value: int | Decimal


@dataclass(frozen=True, slots=True)
class Status:
    """The result of a check as text ("holds", "talk about it"); rendering adds ✓ or →.

    Open checks are bold, so that the assembly talks about them.
    """

    shown: str
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Strong:
    """Bold words inside a text, such as a fund name or an amount."""

    text: str


Text: TypeAlias = str | tuple[str | Strong, ...]
Cell: TypeAlias = str | Number | Status
Icon: TypeAlias = Literal["", "people", "clock", "coins", "leaf", "jar", "umbrella", "talk"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """The title of a page, with an optional small line above it."""

    text: str
    kicker: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """The message of the page in one or two sentences; one for each title."""

    text: Text


@dataclass(frozen=True, slots=True)
class Section:
    """A heading inside a page, under a thin rule, with an optional icon."""

    title: str
    icon: Icon = ""


@dataclass(frozen=True, slots=True)
class Body:
    """A paragraph."""

    text: Text


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that explains the figures above it. Tables have their own."""

    text: Text


@dataclass(frozen=True, slots=True)
class Note:
    """A remark in small grey type."""

    text: Text


@dataclass(frozen=True, slots=True)
class PageFoot:
    """The last line of a page, such as the unit of its amounts or how many numbers are hidden."""

    text: str


@dataclass(frozen=True, slots=True)
class Address:
    """The address of a letter, placed for a window envelope."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Points:
    """A bulleted or numbered list."""

    items: tuple[Text, ...]
    is_numbered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of a table.

    Kinds: `name` is the subject of the row (semibold), `words` are texts, `figures` are right-aligned numbers,
    `result` are the main figures (semibold), `status` is the result of a check. Adjacent columns with the same
    `group` share a common head. `unit` is printed in CSV heads.
    """

    head: str
    kind: Literal["name", "words", "figures", "result", "status"] = "figures"
    group: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRow:
    """One row of a table.

    A `head` row has one cell and names the rows after it; `subtotal` and `total` are sums of rows above. `sub` is a
    second line under the name; `note` explains the row below it; `strong` lists the bold cells by index; `step` is
    the indent level of the name.
    """

    cells: tuple[Cell, ...]
    sub: str = ""
    note: str = ""
    strong: tuple[int, ...] = ()
    step: int = 0
    role: Literal["line", "head", "subtotal", "total"] = "line"


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with the sentence under it.

    `slug` identifies it in CSV and HTML; `total` is the last row; `note` is small print under the sentence. A long
    table continues on the next page with repeated heads.
    """

    slug: str
    columns: tuple[Column, ...]
    rows: tuple[TableRow, ...]
    sentence: Text
    total: TableRow | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A name with its value; `sub` is a second line under the name."""

    name: str
    value: Cell
    sub: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """A list of names and values without column heads."""

    slug: str
    facts: tuple[Fact, ...]
    sentence: Text = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BigFigure:
    """A large number with its label above and its unit behind.

    `trend` is the change since last year ("8.8 % less"); `direction` sets the arrow before it.
    """

    label: str
    value: Number | str
    unit: str = ""
    trend: str = ""
    direction: Literal["", "up", "down"] = ""
    is_result: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BigFigures:
    """Two or three large numbers side by side."""

    slug: str
    figures: tuple[BigFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A proposal to decide: its text, the proposer, and the choices to tick ("agreed", "later")."""

    text: Text
    by: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proposals:
    """The numbered list of proposals for the assembly."""

    items: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart of figures that a table also shows. `alt` states the finding; it does not describe the chart."""

    picture: ChartSpec
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SideBySide:
    """Two columns; the left one is read first. On a narrow screen they are stacked."""

    left: tuple[Element, ...]
    right: tuple[Element, ...]


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Elements that stay together on one page."""

    elements: tuple[Element, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """One column of the sign-off: the act, who may do it, and the labels of the lines to fill in."""

    act: str
    who: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """The sign-off: signers, remarks, and how to check the books.

    `note` says how many entries of the period were imported. The full chain head is printed from the header data.
    """

    signers: tuple[Signer, ...]
    remarks: str
    check: Text
    note: str = ""


@dataclass(frozen=True, slots=True)
class WritingLine:
    """A line to write on by hand, with its label below; `share` is its part of the row's width."""

    label: str
    share: int = 1


@dataclass(frozen=True, slots=True)
class Form:
    """Rows of lines to write on by hand."""

    rows: tuple[tuple[WritingLine, ...], ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next element begins on a new page."""


TextElement: TypeAlias = Title | Lead | Section | Body | Sentence | Note | PageFoot | Address | Points
OtherElement: TypeAlias = (
    Table | Facts | BigFigures | Proposals | Chart | SideBySide | KeepTogether | SignOff | Form | PageBreak
)
Element: TypeAlias = TextElement | OtherElement
Story: TypeAlias = tuple[Element, ...]
