"""The forms on a page, as a browser without scripts reads them: where each goes, and what stands in its fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class FoundForm:
    """One form that is sent by POST: its address, and the values each field may hold, the first one standing."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[FoundForm] = []
        self.here: FoundForm | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note forms, and the fields and choices within them."""
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.here = FoundForm(said.get("action", "")) if said.get("method", "").casefold() == "post" else None
            self.forms += [self.here] if self.here else []
        elif self.here and tag in ("input", "textarea", "button") and said.get("name"):
            self.here.fields.setdefault(said["name"], []).append(said.get("value", ""))
        elif self.here and tag == "select":
            self.select = said.get("name", "")
        elif self.here and tag == "option" and self.select:
            self.here.fields.setdefault(self.select, []).append(said.get("value", ""))


def forms_on(html: str) -> list[FoundForm]:
    """Every form of a page that is sent by POST."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
