"""The end of a financial year: one person proposes to close it, another agrees, and each fund has its entry."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.core.errors import LedgerError
from ledger.core.messages import make_message
from ledger.core.periods import Month, Span, financial_year
from ledger.database.unit_of_work import UnitOfWork, WriteUnit
from ledger.journal.fund_results import fund_results
from ledger.journal.idempotency import Actors, Key
from ledger.kinds.equity.year_close import YearClose
from ledger.registers import communities
from ledger.rules.books_view import Translate
from ledger.workflow import record
from ledger.workflow.claims import Claim
from ledger.workflow.record import RecordResult


class YearNotProposed(LedgerError):
    """A year is closed by two people: one proposes, another agrees."""

    slug = "year-not-proposed"


@dataclass(frozen=True, kw_only=True)
class YearEnd:
    """A financial year that is over: the funds that hold results of it, and what waits for a second person."""

    span: Span
    funds: tuple[str, ...]
    waiting: tuple[Claim, ...]

    @property
    def is_done(self) -> bool:
        """Whether every fund is emptied into its own worth."""
        return not self.funds

    @property
    def to_propose(self) -> tuple[str, ...]:
        """The funds that nobody proposed to close yet."""
        proposed = {_kind(claim).fund for claim in self.waiting}
        return tuple(fund for fund in self.funds if fund not in proposed)


def last_financial_year(uow: UnitOfWork) -> Span:
    """The last financial year that is over."""
    this = financial_year(Month.of(communities.today(uow)), communities.settings(uow).first_month)
    return financial_year(Month.of(this.first).previous(), communities.settings(uow).first_month)


def get_year_end(uow: UnitOfWork, span: Span, translate: Translate = str) -> YearEnd:
    """How a year's end stands."""
    funds = dict.fromkeys(leaf.fund for leaf, _ in fund_results(uow, span.last))
    waits = [claim for claim in record.waiting(uow, translate) if _is_of(claim, span)]
    return YearEnd(span=span, funds=tuple(funds), waiting=tuple(waits))


def propose(writing: WriteUnit, span: Span, *, by: int, key: Key, translate: Translate = str) -> list[RecordResult]:
    """Propose to close a year: one entry for each fund that holds results and that nobody proposed yet.

    The same key again finds them proposed. Raises NotAllowed, DayTooLate before the year is over, PeriodClosed
    where its last month is closed already.
    """
    return [
        record.record(
            writing,
            YearClose(day=span.last, fund=fund),
            Actors(by),
            Key(key.scope, f"{key.key}/{fund}"),
            translate=translate,
        )
        for fund in get_year_end(writing, span, translate).to_propose
    ]


def agree(writing: WriteUnit, span: Span, *, by: int, key: Key, translate: Translate = str) -> list[RecordResult]:
    """Say yes to all that waits of a year: each fund's entry is worked out from the balances now, and posted.

    Raises YearNotProposed where nothing waits, OwnApproval, NotAllowed.
    """
    waits = [claim for claim in get_year_end(writing, span, translate).waiting if claim.draft is not None]
    if not waits and not _was_done(writing, span):
        raise YearNotProposed(make_message("Nobody proposed to close this year yet."))
    return [
        record.confirm(
            writing,
            claim.agreement_id,
            Actors(by),
            Key(key.scope, f"{key.key}/{claim.agreement_id}"),
            translate=translate,
        )
        for claim in waits
    ]


def _was_done(uow: UnitOfWork, span: Span) -> bool:
    return not fund_results(uow, span.last)


def _is_of(claim: Claim, span: Span) -> bool:
    return isinstance(claim.kind, YearClose) and claim.kind.day == span.last


def _kind(claim: Claim) -> YearClose:
    assert isinstance(claim.kind, YearClose)
    return claim.kind
