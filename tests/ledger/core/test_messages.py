"""Messages carry an id and values, and read well in English as they are."""

from __future__ import annotations

from ledger.core.messages import N_, make_counted_message, make_message


def test_a_message_reads_with_its_values_filled_in() -> None:
    assert str(make_message("Entry %(number)s stands.", number=7)) == "Entry 7 stands."
    assert str(make_message(N_("100 % sure"))) == "100 % sure"


def test_a_counted_message_takes_the_form_of_its_number() -> None:
    assert [str(make_counted_message("%(count)s entry", "%(count)s entries", n)) for n in (1, 2)] == [
        "1 entry",
        "2 entries",
    ]
