"""What the parts of a page are made of: frozen, already worded data that the macros of the same name draw.

A route builds these; a template only places them. Every text is in the reader's language and is escaped when shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["waiting", "part", "done", "ask", "shut"]


@dataclass(frozen=True, slots=True)
class StatusBadge:
    """A status: a shape and a word. Ring waiting, half-ring partly, disc done, lozenge needs a look, square closed."""

    text: str
    shape: Shape = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of what happened: when, in words, and how much. With `href` the whole line is the link."""

    text: str
    when: str = ""
    day: str = ""
    href: str | None = None
    amount: str = ""
    chip: StatusBadge | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One answer to check, or one thing known about an entry; `change` leads to where it can be changed."""

    term: str
    detail: str
    change: str | None = None
    detail_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Somewhere to go, named for what is there."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer among several: what is sent, what is read, a softer second line, and the group it is listed in."""

    value: str
    label: str
    hint: str = ""
    aside: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: figures stand at its end, a wide one takes its own line on a phone."""

    label: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with a link behind it, or (on a phone) another label than its column's."""

    text: str
    href: str | None = None
    label: str | None = None


TextOrCell: TypeAlias = str | Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows that belong together, under a heading of their own or none."""

    rows: Sequence[Sequence[TextOrCell]]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures: the first cell of each row is its heading. Totals stand under a double rule.

    `sentence` says under the table, in plain words, what it shows with its numbers.
    """

    caption: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    totals: Sequence[Sequence[TextOrCell]] = ()
    sentence: str = ""
    slim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """One stage of something that runs over time; the open one holds its form."""

    title: str
    chip: StatusBadge | None = None
    text: str = ""
    link: Link | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An entry among its neighbours in the book, with the beginning of its seal."""

    text: str
    seal: str
    link: Link | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One side of an exchange: who did what, and how it stands."""

    heading: str
    what: str
    detail: str = ""
    chip: StatusBadge | None = None
    note: str = ""


def group_options(options: Iterable[Option]) -> list[tuple[str, list[Option]]]:
    """The answers of a list in its order, those of one group together under its name."""
    return [(name, list(some)) for name, some in groupby(options, key=lambda option: getattr(option, "group", ""))]


def single_group(rows: Sequence[Sequence[TextOrCell]]) -> tuple[Group, ...]:
    """A table's rows as one group without a heading."""
    return (Group(rows=rows),)
