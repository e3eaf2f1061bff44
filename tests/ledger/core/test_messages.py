"""Messages carry an id and values, and read well in English as they are."""

from __future__ import annotations

from ledger.core.messages import N_, say, say_n


def test_a_message_reads_with_its_values_filled_in() -> None:
    assert str(say("Entry %(number)s stands.", number=7)) == "Entry 7 stands."
    assert str(say(N_("100 % sure"))) == "100 % sure"


def test_a_counted_message_takes_the_form_of_its_number() -> None:
    assert [str(say_n("%(count)s entry", "%(count)s entries", n)) for n in (1, 2)] == ["1 entry", "2 entries"]
