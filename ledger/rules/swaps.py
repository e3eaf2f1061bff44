"""Rules about swaps."""

from __future__ import annotations

from collections import Counter

from ledger.core.drafts import BARTER
from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.rules.proposal import Proposal


class BarterOff(LedgerError):
    """Swaps are kept in the books only where the community wants them there."""

    slug = "barter-off"


class SwapUneven(LedgerError):
    """A swap done on one day leaves nobody with something still to come."""

    slug = "swap-uneven"


class ValueMissing(LedgerError):
    """Where the community chose so, every thing in a swap has a value that its people agreed on."""

    slug = "value-missing"


def is_wanted_here(case: Proposal) -> None:
    """The community keeps swaps in its books."""
    if case.draft.family == BARTER and case.books.policy("barter.enabled") is False:
        raise BarterOff(make_message("This community does not keep swaps in its books."))


def is_even(case: Proposal) -> None:
    """Each person received as much as they gave."""
    if case.draft.family != BARTER:
        return
    left: Counter[int] = Counter()
    for line in case.draft.postings:
        left[line.leaf.owner] += line.amount
    uneven = [case.books.name(person) for person, value in left.items() if value > 0]
    if uneven:
        raise SwapUneven(make_message("Not even yet. Received more than they gave: %(names)s", names=", ".join(uneven)))


def is_valued_where_values_are_asked(case: Proposal) -> None:
    """The policy may ask for a value on everything."""
    asked = str(case.books.policy("barter.require_value")).startswith("always")
    if asked and case.draft.facts.get("unvalued"):
        raise ValueMissing(make_message("Here everything in a swap has a value. Agree on one together."))
