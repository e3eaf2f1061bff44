"""Translates database errors into the ledger's named refusals."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from ledger.core import errors
from ledger.core.messages import N_, make_message

_BY_SLUG: dict[str, tuple[type[errors.LedgerError], str]] = {
    "unbalanced": (errors.EntryUnbalanced, N_("The lines do not balance for each unit and fund.")),
    "too-few-postings": (errors.TooFewPostings, N_("An entry needs two lines or more.")),
    "period-closed": (errors.PeriodClosed, N_("That month is closed. Choose a day in an open month.")),
    "late-posting": (errors.AppendOnly, N_("The entry is sealed; no line can join it.")),
    "late-text": (errors.AppendOnly, N_("The entry is sealed; no words can join it.")),
    "append-only": (
        errors.AppendOnly,
        N_("What is in the books stays as it is. Reverse the entry with a reason instead."),
    ),
    "already-posted": (errors.AppendOnly, N_("That number or key is already in the books.")),
    "already-reversed": (errors.AlreadyReversed, N_("That entry is reversed already.")),
    "sealed": (errors.AppendOnly, N_("That number is already sealed.")),
    "reversal-not-exact": (errors.ReversalNotExact, N_("A reversal mirrors its original line for line.")),
    "reversal-of-reversal": (errors.ReversalOfReversal, N_("A reversal is not reversed again. Enter it anew.")),
    "over-limit": (errors.OverLimit, N_("A balance would pass the limit that the community set.")),
    "balance_below_floor": (errors.OverLimit, N_("A balance would pass the limit that the community set.")),
    "balance_above_ceiling": (errors.OverLimit, N_("A balance would pass the limit that the community set.")),
    "chain-broken": (errors.ChainBroken, N_("The chain of entries does not continue here.")),
    "journal_entry_reversed_once": (errors.AlreadyReversed, N_("That entry is reversed already.")),
    "seal-subject": (errors.ChainBroken, N_("A seal holds exactly one entry or one act.")),
    "two-communities": (errors.ChainBroken, N_("One seal holds the books of one community.")),
    "act-target": (errors.AppendOnly, N_("There is nothing that this act could change.")),
    **dict.fromkeys(
        (
            "late-balance",
            "late-name",
            "late-register",
            "already-there",
            "balance-guard",
            "period-guard",
            "limits-guard",
            "text-guard",
            "hold-ended",
            "hold-entry",
        ),
        (errors.AppendOnly, N_("This is changed by an entry or an act in the chain, and by nothing else.")),
    ),
    "moved": (errors.BooksMoved, N_("These books are kept elsewhere now.")),
    "checks-off": (errors.DatabaseUnfit, N_("This connection does not check the database's rules.")),
}
_BUSY_MESSAGE = N_("The books are busy. Nothing was written; please try again.")
_BUSY_SIGNS = (
    "database is locked",
    "database is busy",
    "could not obtain lock",
    "deadlock detected",
    "could not serialize",
)


@contextmanager
def errors_translated() -> Iterator[None]:
    """Raise the block's database errors as LedgerError, with the original error as cause."""
    try:
        yield
    except (IntegrityError, OperationalError) as error:
        raise to_ledger_error(error) from error
    except PoolTimeout as error:
        raise errors.BooksBusy(make_message(_BUSY_MESSAGE)) from error


def to_ledger_error(db_error: DBAPIError) -> errors.LedgerError:
    """The refusal that a database error stands for; CommitFailed if it is none of the ledger's rules.

    Triggers start their message with the slug; check constraints and unique keys are recognised by name.
    """
    text = str(db_error.orig).partition("\n")[0]
    slug = text.partition(":")[0]
    rule = slug if slug in _BY_SLUG else next((name for name in _BY_SLUG if "_" in name and name in text), None)
    if rule:
        error, message = _BY_SLUG[rule]
        return error(make_message(message))
    if any(sign in text for sign in _BUSY_SIGNS):
        return errors.BooksBusy(make_message(_BUSY_MESSAGE))
    if db_error.connection_invalidated and db_error.statement is None:  # lost during the commit
        return errors.CommitUnknown(make_message("The connection broke off. Send the same again: it counts once."))
    return errors.CommitFailed(make_message("The database could not keep this. Nothing was written."))
