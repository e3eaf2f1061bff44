"""Refusals: one error class for each rule of the ledger; its docstring states the rule."""

from __future__ import annotations

from collections.abc import Mapping

from ledger.core.messages import Message, make_message


class LedgerError(Exception):
    """The ledger refuses the request; nothing was written."""

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
    """An entry has two postings or more, and none of zero."""

    slug = "too-few-postings"


class AmountTooLarge(LedgerError):
    """One line moves at most 10^15 minor units."""

    slug = "amount-too-large"


class PeriodClosed(LedgerError):
    """A closed month takes no new entry; a late one is posted in an open month and names its real day."""

    slug = "period-closed"


class PeriodUnknown(LedgerError):
    """A period is a calendar month, written 2026-03."""

    slug = "period-unknown"


class KeyReused(LedgerError):
    """One idempotency key belongs to one request; the same key with other content is refused."""

    slug = "key-reused"


class AlreadyReversed(LedgerError):
    """An entry is reversed at most once."""

    slug = "already-reversed"


class ReversalNotExact(LedgerError):
    """A reversal mirrors its original line for line."""

    slug = "reversal-not-exact"


class ReversalOfReversal(LedgerError):
    """A reversal cannot be reversed; the correct entry is recorded as a new one."""

    slug = "reversal-of-reversal"


class OverLimit(LedgerError):
    """No balance passes a hard limit of the community; a move toward zero is always allowed."""

    slug = "over-limit"


class AppendOnly(LedgerError):
    """Posted entries are never changed or deleted; a mistake is reversed and recorded again."""

    slug = "append-only"


class ChainBroken(LedgerError):
    """Each entry and act is the next link of the community's single chain."""

    slug = "chain-broken"


class CheckCutShort(LedgerError):
    """A check of the whole books counts only if it ran to its end."""

    slug = "check-cut-short"


class BooksBusy(LedgerError):
    """Someone else is writing; nothing was written, and the same request can be sent again."""

    slug = "busy"


class CommitFailed(LedgerError):
    """Success is reported only after the commit; this commit failed."""

    slug = "commit-failed"


class CommitUnknown(CommitFailed):
    """The connection was lost during the commit: the entry may exist or not. Send it again with the same key."""

    slug = "commit-unknown"


class BooksReadOnly(LedgerError):
    """Books with a finding of `verify` are read-only until a check finds nothing."""

    slug = "read-only"


class BooksMoved(LedgerError):
    """A community's books are written in one database only."""

    slug = "moved"


class DatabaseUnfit(LedgerError):
    """The database must check its own rules: foreign keys on, newest schema."""

    slug = "database-unfit"


class CommunityUnknown(LedgerError):
    """There is no community with this slug."""

    slug = "community-unknown"


class CommunityExists(LedgerError):
    """A community's slug is unique."""

    slug = "community-exists"


class NameTaken(LedgerError):
    """No two account owners of a community have the same name."""

    slug = "name-taken"


class UnknownMember(LedgerError):
    """A person named in an entry must be in the community's list."""

    slug = "unknown-member"


class UnknownAccount(LedgerError):
    """An account named in an entry must be in the chart of accounts."""

    slug = "unknown-account"


class UnknownFund(LedgerError):
    """A fund named in an entry must be in the list of funds."""

    slug = "unknown-fund"


class UnknownProgramme(LedgerError):
    """A programme named in an entry must be in the list of programmes."""

    slug = "unknown-programme"


class UnknownDecision(LedgerError):
    """A decision named in an entry must be in the list of decisions."""

    slug = "unknown-decision"


class UnknownEntry(LedgerError):
    """An entry number must exist in the books."""

    slug = "unknown-entry"


class DayTooLate(LedgerError):
    """An entry cannot have a future date."""

    slug = "day-too-late"


class DayTooOld(LedgerError):
    """Hours must be recorded within the number of days that the community's policy allows."""

    slug = "day-too-old"


class NothingToErase(LedgerError):
    """A text that is already erased cannot be erased again."""

    slug = "nothing-to-erase"


class StillMember(LedgerError):
    """A person's names can be erased only after their membership has ended."""

    slug = "still-member"


class NotAllowed(LedgerError):
    """An action is allowed only to certain roles, or to the owner of the account."""

    slug = "not-allowed"


class FieldWrong(LedgerError):
    """A form field has a value that is not valid."""

    slug = "field-wrong"

    def __init__(self, field: str, message: Message | str) -> None:
        super().__init__(message, field)


class FieldsWrong(LedgerError):
    """A form has invalid fields; none of it is accepted."""

    slug = "fields-wrong"

    def __init__(self, fields: Mapping[str, Message]) -> None:
        self.fields = dict(fields)
        super().__init__(make_message("There is a problem with: %(fields)s.", fields=", ".join(self.fields)))
