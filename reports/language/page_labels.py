"""The labels of header and footer: page numbers, the address for checking, the chain head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import TypeAlias

from ledger.core.messages import N_
from reports.story.header_footer import HeaderFooter

Translate: TypeAlias = Callable[[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLabels:
    """The labels in one language, with `%(name)s` placeholders."""

    report: str = N_("Report %(report)s. %(state)s")
    page: str = N_("Page %(page)s of %(pages)s")
    entry: str = N_("Books read up to entry %(entry)s.")
    entry_recorded: str = N_("Books read up to entry %(entry)s, recorded %(recorded)s.")
    head: str = N_("Chain head %(head)s")
    address: str = N_("Check it: %(address)s")

    @classmethod
    def by(cls, translate: Translate) -> PageLabels:
        """The labels in the language of `translate`."""
        return cls(**{field.name: translate(str(field.default)) for field in fields(cls)})

    def entry_line(self, header_footer: HeaderFooter) -> str:
        """The last entry included, and when it was recorded, if known."""
        line = self.entry_recorded if header_footer.recorded else self.entry
        return line % {"entry": header_footer.entry, "recorded": header_footer.recorded}


ENGLISH_LABELS = PageLabels()
