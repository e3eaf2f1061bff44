"""Rules of conduct: what must hold where people's acts are posted. The lists are the documentation.

Integrity (balance, accounts, open months) holds for every writer and is checked by the database; these rules are
for acts of people, not for imports.
"""

from __future__ import annotations

from ledger.rules.approval import names_the_decision_it_needs
from ledger.rules.dates import (
    counts_in_steps,
    ends_the_year_that_it_closes,
    is_in_an_open_month,
    is_not_later_than_today,
    is_not_too_long_ago,
)
from ledger.rules.funds import (
    fits_the_purpose_of_its_fund,
    leaves_a_bound_fund_as_its_giver_allows,
    leaves_its_fund_above_nought,
)
from ledger.rules.limits import keeps_within_limits, lets_pass_by_office
from ledger.rules.people import (
    belongs_to_the_writers_office,
    is_among_members,
    is_between_two_sides,
    is_written_for_someone_in_it,
    passes_hours_within_the_scope,
)
from ledger.rules.proposal import Proposal, Rule
from ledger.rules.references import names_what_there_is
from ledger.rules.swaps import is_even, is_valued_where_values_are_asked, is_wanted_here

__all__ = ["POSTING_RULES", "SPENDING_RULES", "Proposal", "Rule", "apply"]

SPENDING_RULES: tuple[Rule, ...] = (
    is_in_an_open_month,
    names_what_there_is,
    names_the_decision_it_needs,
    fits_the_purpose_of_its_fund,
    leaves_a_bound_fund_as_its_giver_allows,
    leaves_its_fund_above_nought,
    keeps_within_limits,
)
"""What is looked at again when a second person says yes, for the books may have changed meanwhile."""

POSTING_RULES: tuple[Rule, ...] = (
    belongs_to_the_writers_office,
    is_written_for_someone_in_it,
    lets_pass_by_office,
    is_between_two_sides,
    is_among_members,
    is_not_later_than_today,
    is_not_too_long_ago,
    ends_the_year_that_it_closes,
    counts_in_steps,
    passes_hours_within_the_scope,
    is_wanted_here,
    is_even,
    is_valued_where_values_are_asked,
    *SPENDING_RULES,
)
"""Every rule of conduct, in the order in which they are asked; the first that refuses is heard."""


def apply(rules: tuple[Rule, ...], case: Proposal) -> None:
    """Ask every rule; the first refusal is raised."""
    for rule in rules:
        rule(case)
