"""Languages and applications for tests of the screens."""

from __future__ import annotations

from collections.abc import Iterator
from gettext import NullTranslations

import pytest

from web import i18n


@pytest.fixture
def german() -> Iterator[i18n.Language]:
    """Speak German, untranslated, for as long as the test runs."""
    before = i18n.current()
    spoken = i18n._spoken("de", NullTranslations())
    i18n.use(spoken)
    yield spoken
    i18n.use(before)
