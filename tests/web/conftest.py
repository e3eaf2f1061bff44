"""Languages and applications for tests of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from web.i18n import translation


@pytest.fixture
def german() -> Iterator[translation.Language]:
    """Speak German, untranslated, for as long as the test runs."""
    before = translation.current_language()
    spoken = translation._make_language("de", NullTranslations())
    translation.set_language(spoken)
    yield spoken
    translation.set_language(before)
