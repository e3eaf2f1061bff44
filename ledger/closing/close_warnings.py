"""What a treasurer looks at before closing a month, and need not clear: one function each, in a list."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, select

from ledger.core.account_roles import CO_OP_EQUITY, TRANSFERS_IN, TRANSFERS_OUT
from ledger.core.amounts import Amount
from ledger.core.drafts import OPENING, AccountKey
from ledger.core.messages import N_, Message, make_counted_message, make_message
from ledger.core.periods import Month
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal.entry_filter import same_account
from ledger.journal.fund_results import fund_results
from ledger.journal.idempotency import JOURNAL
from ledger.journal.snapshots import account_balances
from ledger.models import account, journal_entry, posting
from ledger.registers.records import Account, Fund
from ledger.registers.registry import ACCOUNTS, FUNDS
from ledger.rules.books_view import BooksLookup
from ledger.rules.funds import PURPOSEFUL
from ledger.workflow.pending import waiting


@dataclass(frozen=True, kw_only=True)
class CloseWarning:
    """Something worth a look: in words, with the account it is about and since when, where there is one."""

    slug: str
    says: Message
    leaf: AccountKey | None = None
    since: dt.date | None = None
    days: int | None = None
    entry_id: int | None = None


WarningCheck = Callable[[UnitOfWork, BooksLookup, Month], Iterable[CloseWarning]]


def open_clearing_accounts(uow: UnitOfWork, _: BooksLookup, month: Month) -> Iterator[CloseWarning]:
    """Clearing accounts that are not at nought at the month's end, the oldest first (domain 0, invariant 4)."""
    chart = ACCOUNTS.all(uow)
    left = {number: (leaf, sum_) for number, leaf, sum_ in _held(uow, month) if _is_clearing(chart, leaf)}
    found = sorted((_since(uow, number, month.last), number) for number in left)
    words = N_("Not at nought since %(day)s: %(account)s, fund %(fund)s, %(amount)s")
    for day, number in found:
        leaf, sum_ = left[number]
        told = {"day": day, "account": chart[leaf.chart].name, "fund": leaf.fund, "amount": Amount(sum_, leaf.unit)}
        yield CloseWarning(
            slug="clearing", says=make_message(words, **told), leaf=leaf, since=day, days=(month.last - day).days
        )


def _is_clearing(chart: dict[str, Account], leaf: AccountKey) -> bool:
    return leaf.chart in chart and chart[leaf.chart].clearing


def _held(uow: UnitOfWork, month: Month) -> list[tuple[int, AccountKey, int]]:
    """Accounts that hold something at the month's end: number, account, balance."""
    held = {number: sum_ for number, sum_ in account_balances(uow, month.last).items() if sum_}
    columns = (account.c.account_id, account.c.chart, account.c.unit, account.c.fund, account.c.owner_id)
    query = select(*columns).where(account.c.community_id == uow.community_id).order_by(account.c.account_id)
    return [(row[0], AccountKey(*row[1:]), held[row[0]]) for row in uow.connection.execute(query) if row[0] in held]


def _since(uow: UnitOfWork, number: int, last: dt.date) -> dt.date:
    """The day since which an account has not been at nought."""
    query = select(posting.c.effective_on, func.sum(posting.c.amount)).where(
        posting.c.community_id == uow.community_id, posting.c.account_id == number, posting.c.effective_on <= last
    )
    since, left = last, 0
    grouped = query.where(posting.c.entry_id <= uow.at).group_by(posting.c.effective_on)
    for day, moved in uow.connection.execute(grouped.order_by(posting.c.effective_on)):
        since = day if left == 0 else since
        left += int(moved)
    return since


def negative_funds(uow: UnitOfWork, books: BooksLookup, month: Month) -> Iterator[CloseWarning]:
    """Funds with a purpose that hold less than nought at the month's end (domain 0, invariant 6)."""
    chart, funds, held = ACCOUNTS.all(uow), FUNDS.all(uow), Counter[str]()
    for _, leaf, sum_ in _held(uow, month):
        if leaf.unit == books.currency and leaf.chart in chart and chart[leaf.chart].kind in ("asset", "liability"):
            held[leaf.fund] += sum_
    for code, fund in funds.items():
        if fund.class_ in PURPOSEFUL and held[code] < 0:
            told = {"fund": fund.name, "amount": Amount(-held[code], books.currency)}
            yield CloseWarning(
                slug="fund", says=make_message(N_("The fund “%(fund)s” is below nought by %(amount)s."), **told)
            )


def misplaced_co_op_equity(uow: UnitOfWork, books: BooksLookup, month: Month) -> Iterator[CloseWarning]:
    """Worth of a co-operative that stands on no line of its own, so that those do not add up (invariant 7)."""
    chart, funds = ACCOUNTS.all(uow), FUNDS.all(uow)
    away: Counter[str] = Counter()
    for _, leaf, sum_ in _held(uow, month):
        if _is_foreign_worth(chart, funds, leaf):
            away[leaf.fund] += sum_
    for code, sum_ in away.items():
        told = {"fund": funds[code].name, "amount": Amount(abs(sum_), books.currency)}
        words = N_("“%(fund)s” holds %(amount)s of its worth outside shares, capital accounts, reserve and surplus.")
        yield CloseWarning(slug="co-op", says=make_message(words, **told))


def _is_foreign_worth(chart: dict[str, Account], funds: dict[str, Fund], leaf: AccountKey) -> bool:
    if leaf.fund not in funds or funds[leaf.fund].class_ != "co-op" or leaf.chart not in chart:
        return False
    return chart[leaf.chart].kind == "equity" and leaf.chart not in (*CO_OP_EQUITY, TRANSFERS_OUT, TRANSFERS_IN)


def single_person_payments(uow: UnitOfWork, books: BooksLookup, month: Month) -> Iterator[CloseWarning]:
    """Payments of the month above the community's threshold that only one person stands behind (invariant 9).

    Imported entries are left out: who stood behind them was not asked here.
    """
    two_from, decided_from = (_number(books.policy(f"gov.{key}")) for key in ("two_people_from", "decision_above"))
    for number, decision, amount in uow.connection.execute(_paid_by_one(uow, books, month)):
        if amount > decided_from or (amount >= two_from and decision is None):
            told = {"number": number, "amount": Amount(int(amount), books.currency)}
            words = N_("Entry %(number)s paid out %(amount)s, and one person stands behind it.")
            yield CloseWarning(slug="one-person", says=make_message(words, **told), entry_id=number)


def _number(policy: object) -> int:
    return policy if isinstance(policy, int) else 0


def _paid_by_one(uow: UnitOfWork, books: BooksLookup, month: Month) -> Select[Any]:
    """What left bank and cash by each entry that nobody else said yes to and that still stands."""
    head, paid = journal_entry.c, -func.sum(posting.c.amount)
    cash = [code for code, line in ACCOUNTS.all(uow).items() if line.cash]
    undone = journal_entry.alias("undone")
    same = and_(undone.c.community_id == head.community_id, undone.c.reverses == head.entry_id)
    lines = and_(posting.c.community_id == head.community_id, posting.c.entry_id == head.entry_id)
    query = select(head.entry_id, head.decision_id, paid).join(posting, lines).join(account, same_account())
    query = query.where(
        head.community_id == uow.community_id,
        head.period_id == month.id,
        head.entry_id <= uow.at,
        head.confirmed_by.is_(None),
        head.reverses.is_(None),
        head.family != OPENING,
        head.idem_scope != JOURNAL,
        ~select(undone.c.entry_id).where(same).exists(),
        account.c.chart.in_(cash),
        posting.c.unit == books.currency,
    )
    grouped = query.group_by(head.community_id, head.entry_id, head.decision_id)
    return grouped.having(paid > 0).order_by(head.entry_id)


def pending_items(uow: UnitOfWork, _: BooksLookup, month: Month) -> Iterator[CloseWarning]:
    """Claims and payments dated in the month or before that nobody answered yet."""
    dated = [one for one in waiting(uow) if one.draft is not None and one.draft.effective_on <= month.last]
    if dated:
        words = (
            N_("%(count)s thing of this month still waits for a yes."),
            N_("%(count)s things of this month still wait for a yes."),
        )
        yield CloseWarning(slug="waiting", says=make_counted_message(*words, len(dated)))


def year_not_closed(uow: UnitOfWork, books: BooksLookup, month: Month) -> Iterator[CloseWarning]:
    """The last month of a year whose income and costs are not emptied yet: afterwards it takes no entry for it."""
    funds = {leaf.fund for leaf, _ in fund_results(uow, month.last)} if books.ends_a_year(month.last) else set()
    if funds:
        words = (
            N_("The year ends with this month, and %(count)s fund is not emptied into its own worth yet."),
            N_("The year ends with this month, and %(count)s funds are not emptied into their own worth yet."),
        )
        yield CloseWarning(slug="year", says=make_counted_message(*words, len(funds)))


CLOSE_WARNINGS: tuple[WarningCheck, ...] = (
    open_clearing_accounts,
    pending_items,
    negative_funds,
    misplaced_co_op_equity,
    single_person_payments,
    year_not_closed,
)
"""Everything that is shown before a close, in this order; a new one is one function more."""
