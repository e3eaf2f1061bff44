"""Refusals: one named error for each rule of the books; the docstring is the rule."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.core.messages import Message, make_message


class LedgerError(Exception):
    """The books refuse what was asked; nothing was written."""

    slug = "refused"
    field: str | None = None

    def __init__(self, message: Message | str, field: str | None = None) -> None:
        self.message = message if isinstance(message, Message) else make_message(message)
        self.field = field or self.field
        super().__init__(str(self.message))


class EntryUnbalanced(LedgerError):
    """An entry sums to zero for each unit and each fund."""

    slug = "unbalanced"


class TooFewPostings(LedgerError):
    """An entry has two postings or more, and none of nought."""

    slug = "too-few-postings"


class AmountTooLarge(LedgerError):
    """One line moves at most 10^15 minor units."""

    slug = "amount-too-large"


class PeriodClosed(LedgerError):
    """A closed month takes no new entry; a late fact is posted in the open month and names the day it is about."""

    slug = "period-closed"


class PeriodUnknown(LedgerError):
    """A period is a calendar month, written 2026-03."""

    slug = "period-unknown"


class KeyReused(LedgerError):
    """One key stands for one deed: the same key with other content is refused."""

    slug = "key-reused"


class AlreadyReversed(LedgerError):
    """An entry is reversed at most once."""

    slug = "already-reversed"


class ReversalNotExact(LedgerError):
    """A reversal mirrors its original line for line."""

    slug = "reversal-not-exact"


class ReversalOfReversal(LedgerError):
    """A reversal is not reversed again; the right entry is entered anew."""

    slug = "reversal-of-reversal"


class OverLimit(LedgerError):
    """No balance passes a hard limit that the community set; a move toward zero always may."""

    slug = "over-limit"


class AppendOnly(LedgerError):
    """What is posted is never changed or deleted; a mistake is reversed and entered anew."""

    slug = "append-only"


class ChainBroken(LedgerError):
    """Each entry and act is the next link of the community's one chain."""

    slug = "chain-broken"


class CheckCutShort(LedgerError):
    """A check of the whole books counts only where it came to its end."""

    slug = "check-cut-short"


class BooksBusy(LedgerError):
    """Someone else is writing just now; nothing was written, try again with the same form."""

    slug = "busy"


class CommitFailed(LedgerError):
    """Success is said only after the database has kept the entry; this one it has not."""

    slug = "commit-failed"


class CommitUnknown(CommitFailed):
    """Where the connection breaks before the database has answered, an entry may stand or not; its key decides."""

    slug = "commit-unknown"


class BooksReadOnly(LedgerError):
    """Books in which a check found something are read, not written in, until a clean check lifts this."""

    slug = "read-only"


class BooksMoved(LedgerError):
    """A community's books are written in one database only."""

    slug = "moved"


class DatabaseUnfit(LedgerError):
    """The books are kept only in a database that checks its own rules: foreign keys on, at the newest schema."""

    slug = "database-unfit"


class CommunityUnknown(LedgerError):
    """The community named does not exist here."""

    slug = "community-unknown"


class CommunityExists(LedgerError):
    """A community's short name is its own."""

    slug = "community-exists"


class NameTaken(LedgerError):
    """Two owners of accounts never share one name in a community."""

    slug = "name-taken"


class UnknownMember(LedgerError):
    """A person named in an entry is in the community's list."""

    slug = "unknown-member"


class UnknownAccount(LedgerError):
    """An account named in an entry is in the chart of accounts."""

    slug = "unknown-account"


class UnknownFund(LedgerError):
    """A fund named in an entry is in the list of funds."""

    slug = "unknown-fund"


class UnknownProgramme(LedgerError):
    """A programme named in an entry is in the list of programmes."""

    slug = "unknown-programme"


class UnknownDecision(LedgerError):
    """A decision named in an entry is in the list of decisions."""

    slug = "unknown-decision"


class UnknownEntry(LedgerError):
    """An entry is named by the number that is printed beside it."""

    slug = "unknown-entry"


class DayTooLate(LedgerError):
    """What has not happened yet is not written down as done."""

    slug = "day-too-late"


class DayTooOld(LedgerError):
    """Hours are written down within the days that the community's policy gives."""

    slug = "day-too-old"


class NothingToErase(LedgerError):
    """What is erased is gone; it is not erased twice."""

    slug = "nothing-to-erase"


class StillMember(LedgerError):
    """A person's names stay until the last day of their membership is over; then they can be erased."""

    slug = "still-member"


class NotAllowed(LedgerError):
    """Each deed belongs to those whose office or own account it is."""

    slug = "not-allowed"


class FieldWrong(LedgerError):
    """Each answer on a form can be understood in one way only."""

    slug = "field-wrong"

    def __init__(self, field: str, message: Message | str) -> None:
        super().__init__(message, field)


class FieldsWrong(LedgerError):
    """A form is taken whole or not at all."""

    slug = "fields-wrong"

    def __init__(self, fields: Mapping[str, Message]) -> None:
        self.fields = dict(fields)
        super().__init__(make_message("There is a problem with: %(fields)s.", fields=", ".join(self.fields)))
