"""A case: an entry that someone wants to post, with all that the rules of conduct look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from ledger.core.drafts import EntryDraft, PostingDraft
from ledger.journal.idempotency import Actors
from ledger.kinds.base import Kind
from ledger.kinds.books_view import BooksView


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A kind filled in, the entry it drafts, who writes it down with which offices, and the books to look into."""

    kind: Kind
    draft: EntryDraft
    actors: Actors
    roles: frozenset[str]
    books: BooksView
    lift: str | None = None
    """Why it may pass a limit this once, where somebody lets it."""
    waited: bool = False
    """Whether it waited for a yes, so that somebody else than its writer reads what is refused."""
    has_room: bool = False
    """Whether room is kept for it already."""

    @property
    def writer(self) -> int:
        """Who wrote it down."""
        return self.actors.entered_by

    @property
    def speaker(self) -> int:
        """Whose word it is: the person it was written down for, or the writer."""
        return self.actors.on_behalf_of or self.actors.entered_by

    @property
    def money(self) -> list[PostingDraft]:
        """The lines in the community's currency."""
        return [line for line in self.draft.postings if line.leaf.unit == self.books.currency]

    @property
    def happened(self) -> dt.date:
        """The day it happened, however late it is posted."""
        return self.draft.about_on or self.draft.effective_on


Rule = Callable[[Proposal], None]
"""Says nothing when the case is well; raises the named refusal when it is not."""
