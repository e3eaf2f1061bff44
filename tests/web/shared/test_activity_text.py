"""What an entry was about: the stored subject as it was typed, else what an older narration says."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from flask import Flask

from web.shared.activity_text import subject_text


@dataclass(frozen=True)
class Words:
    """The words of an entry."""

    kind: str
    narration: str | None
    subject: str | None = None


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (Words("hours", "Unkraut jäten (1:30): Dee für Eli", "Unkraut jäten"), "Unkraut jäten"),
        (Words("group-session", "Session “Pruning”, 1:00: Dee", "Pruning"), "Session “Pruning”"),
        (Words("partner-hours", "Roofing, 1:00: Dee", "Roof, 1:00: slates"), "Roof, 1:00: slates"),
        (Words("hours", "Weeding, 1:30: Dee for Eli"), "Weeding"),
        (Words("hours", "Weeding, 2:00: beans, 1:30: Dee for Eli"), "Weeding, 2:00: beans"),
        (Words("group-session", "Session “Pruning”, 1:00: Dee"), "Session “Pruning”"),
        (Words("hours", "Help, 1:30: Dee for Eli"), ""),
        (Words("hours-gift", "Gift of hours, 1:30: Dee to Eli"), ""),
        (Words("hours-gift", "Hours for the community’s pot, 1:30: from Dee"), ""),
        (Words("community-hours", "Work for the community, 1:30: Peer support"), ""),
        (Words("cost", "Twine"), ""),
        (Words("hours", None), ""),
    ],
)
def test_the_subject_is_shown_as_it_was_typed(words: Words, shown: str, shell_app: Flask) -> None:
    with shell_app.test_request_context():
        assert subject_text(words) == shown
