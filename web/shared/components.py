"""Components of pages: frozen data for the template macros of the same names.

A route builds them and a template places them. Every text is in the reader's language and is escaped when shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, TypeAlias

Shape: TypeAlias = Literal["waiting", "part", "done", "ask", "shut"]


@dataclass(frozen=True, slots=True)
class StatusBadge:
    """A status, as a shape and a word.

    Shapes: ring for waiting, half-ring for partly, disc for done, lozenge for needs a look, square for closed.
    """

    text: str
    shape: Shape = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An event in a list: when, what, and how much. With `href` the whole row is a link."""

    text: str
    when: str = ""
    day: str = ""
    href: str | None = None
    amount: str = ""
    chip: StatusBadge | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A term and its detail, of an entry or of an answer to check; `change` is the address to change it."""

    term: str
    detail: str
    change: str | None = None
    detail_href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link with its label."""

    label: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An option of a field: the value sent, its label, a hint, an aside, and its group in the list."""

    value: str
    label: str
    hint: str = ""
    aside: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a table: numeric ones align at the end, a wide one takes a line of its own on a phone."""

    label: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell with a link, or with another label on a phone than its column's."""

    text: str
    href: str | None = None
    label: str | None = None


TextOrCell: TypeAlias = str | Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows of a table under a heading, or without one."""

    rows: Sequence[Sequence[TextOrCell]]
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of figures: the first cell of each row is its heading. Totals are under a double rule.

    `sentence`, under the table, says in words what its numbers mean.
    """

    caption: str
    columns: Sequence[Column]
    groups: Sequence[Group]
    totals: Sequence[Sequence[TextOrCell]] = ()
    sentence: str = ""
    slim: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItem:
    """A step of a process over several days; the open one contains its form."""

    title: str
    chip: StatusBadge | None = None
    text: str = ""
    link: Link | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """An entry or the one before or after it, with the first digits of its hash."""

    text: str
    seal: str
    link: Link | None = None
    is_current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One side of an exchange: who gave what, and its status."""

    heading: str
    what: str
    detail: str = ""
    chip: StatusBadge | None = None
    note: str = ""


def group_options(options: Iterable[Option]) -> list[tuple[str, list[Option]]]:
    """The options by group name, in their order; options of one group must be adjacent."""
    return [
        (name, list(members)) for name, members in groupby(options, key=lambda option: getattr(option, "group", ""))
    ]


def single_group(rows: Sequence[Sequence[TextOrCell]]) -> tuple[Group, ...]:
    """The rows of a table as one group without a heading."""
    return (Group(rows=rows),)
