"""Rules about funds: money is spent as its giver wished, and not before it is there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ledger.core.account_roles import FIXED_ASSETS, TRANSFERS_OUT
from ledger.core.drafts import YEAR_CLOSE, PostingDraft
from ledger.core.errors import LedgerError
from ledger.core.messages import N_, make_message
from ledger.kinds.books_view import BooksView
from ledger.registers.records import Fund
from ledger.rules.proposal import Proposal

BOUND = ("restricted", "endowment")
"""Classes of funds that a giver bound."""
PURPOSEFUL = (*BOUND, "unrestricted-designated")
"""Classes of funds that never hold less than nought."""
NEGATIVE = "fund.restricted_negative"
_RULES = {
    "programme": N_("The fund “%(fund)s” pays only for these programmes: %(allowed)s. Its purpose: %(purpose)s."),
    "account": N_("The fund “%(fund)s” pays only for these costs: %(allowed)s. Its purpose: %(purpose)s."),
}


class FundRestricted(LedgerError):
    """A fund pays only for the programmes, the accounts and the time that its giver or the assembly bound it to."""

    slug = "fund-restricted"


class FundOverspent(LedgerError):
    """A fund with a purpose never holds less than nought, unless a plan to cure it was decided."""

    slug = "fund-overspent"


class TermsForbid(LedgerError):
    """Money leaves a restricted fund only where the giver's own words allow it."""

    slug = "terms-forbid"


def fits_the_purpose_of_its_fund(case: Proposal) -> None:
    """What a bound fund pays for has a programme, an account and a day that fit its rule."""
    for line, fund in _spent(case):
        if fund.restriction is None:
            continue
        _within(fund, line.programme, fund.restriction.programmes, "programme")
        _within(fund, line.leaf.chart, fund.restriction.accounts, "account")
        _in_time(case, fund)


def _spent(case: Proposal) -> Iterator[tuple[PostingDraft, Fund]]:
    for line in case.money:
        account, fund = case.books.find_account(line.leaf.chart), case.books.find_fund(line.leaf.fund)
        is_cost = account is not None and (account.kind == "expense" or account.code == FIXED_ASSETS)
        if fund is not None and is_cost and line.amount > 0 and case.draft.family != YEAR_CLOSE:
            yield line, fund


def _within(fund: Fund, named: str | None, allowed: tuple[str, ...], field: str) -> None:
    if allowed and named not in allowed:
        values = {"fund": fund.name, "allowed": ", ".join(allowed), "purpose": fund.purpose}
        raise FundRestricted(make_message(_RULES[field], **values), field)


def _in_time(case: Proposal, fund: Fund) -> None:
    last = case.books.deadline(fund.code)
    if last is not None and case.happened > last:
        values = {"fund": fund.name, "day": last.isoformat()}
        raise FundRestricted(make_message("The money of “%(fund)s” could be spent until: %(day)s", **values), "day")
    if fund.opened is not None and case.happened < fund.opened:
        values = {"fund": fund.name, "day": fund.opened.isoformat()}
        raise FundRestricted(make_message("The fund “%(fund)s” was opened later: %(day)s", **values), "day")


def leaves_its_fund_above_nought(case: Proposal) -> None:
    """A fund with a purpose is not overspent, unless the policy allows it and a decision or exception says how."""
    for code, change in _changes(case).items():
        fund = case.books.find_fund(code)
        if fund is None or fund.class_ not in PURPOSEFUL or fund.may_go_negative or change >= 0:
            continue
        left = case.books.held(code) + change
        if left < 0 and not _has_a_cure(case, code):
            raise FundOverspent(
                make_message("There is not enough in the fund “%(fund)s” for this.", fund=fund.name), "amount"
            )


def _changes(case: Proposal) -> Counter[str]:
    changes: Counter[str] = Counter()
    for line in case.money:
        account = case.books.find_account(line.leaf.chart)
        if account is not None and account.kind in ("asset", "liability"):
            changes[line.leaf.fund] += line.amount
    return changes


def _has_a_cure(case: Proposal, fund: str) -> bool:
    allowed = str(case.books.policy(NEGATIVE)).startswith("allow") and case.draft.decision is not None
    return allowed or case.books.is_excepted(NEGATIVE, fund, case.happened)


def leaves_a_bound_fund_as_its_giver_allows(case: Proposal) -> None:
    """A transfer out of a restricted fund cites the giver's words, or the letter that holds them."""
    if bound_funds_left(case) and not (case.draft.reason or case.draft.document):
        raise TermsForbid(
            make_message("This money was given for a purpose. Write which words of the giver allow it."), "clause"
        )


def bound_funds_left(case: Proposal) -> list[Fund]:
    """The restricted funds that a case transfers money out of."""
    if case.draft.family == YEAR_CLOSE:
        return []
    return [fund for line in case.money if (fund := _left(case.books, line)) is not None]


def _left(books: BooksView, line: PostingDraft) -> Fund | None:
    fund = books.find_fund(line.leaf.fund) if line.leaf.chart == TRANSFERS_OUT and line.amount > 0 else None
    return fund if fund is not None and fund.class_ in BOUND else None
