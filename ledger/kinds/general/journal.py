"""Journal: an entry written line by line, for what has no kind of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ledger.core.drafts import EntryDraft
from ledger.core.messages import N_
from ledger.kinds.base import Papered
from ledger.kinds.books_view import BooksView
from ledger.kinds.fields import field_rows, field_text
from ledger.kinds.general.journal_lines import FreeLine, postings


@dataclass(frozen=True, kw_only=True)
class Journal(Papered):
    """Free lines that must balance in each unit and each fund."""

    slug: ClassVar[str] = "journal"
    title: ClassVar[str] = N_("Entry line by line")
    summary: ClassVar[str] = N_("For bookkeepers: debit and credit, for what no other form fits.")
    group: ClassVar[str] = "upkeep"
    any_day: ClassVar[bool] = True
    order: ClassVar[int] = 1

    what: str = field_text(N_("What is it about?"), example="Old bill paid")
    lines: tuple[FreeLine, ...] = field_rows(N_("Lines"), FreeLine)

    def draft(self, books: BooksView) -> EntryDraft:
        """The lines as they are."""
        return self.entry(books, postings(books, self.lines), self.what)
