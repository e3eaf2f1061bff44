"""Lifting: one entry passes a hard limit, by an act before it and an act after it that sets the limit again."""

from __future__ import annotations

from collections import Counter

from ledger.core.drafts import AccountKey, EntryDraft
from ledger.database.unit_of_work import WriteUnit
from ledger.journal.idempotency import Actors, Key, Posted, find_posted
from ledger.journal.posting import open_accounts, post
from ledger.limits.account_limits import Bounds
from ledger.limits.limit_rules import set_bounds
from ledger.limits.limit_status import limited_accounts


def post_past_limits(writing: WriteUnit, draft: EntryDraft, actors: Actors, key: Key) -> Posted:
    """Post an entry that may pass hard limits, this one and no other; the acts about it name its number."""
    again = find_posted(writing, [(draft, actors, key)])
    if again:
        return again[key]
    numbers = open_accounts(writing, draft)
    stopped = {numbers[leaf]: bounds for leaf, bounds in _stopped(writing, draft).items()}
    entry_id = writing.head.seq + len(stopped) + 1
    for number in stopped:
        set_bounds(writing, number, (None, None), entered_by=actors.entered_by, entry_id=entry_id)
    posted = post(writing, draft, actors, key)
    for number, bounds in stopped.items():
        stood = (bounds.floor, bounds.ceiling)
        set_bounds(writing, number, stood, entered_by=actors.entered_by, entry_id=entry_id)
    return posted


def _stopped(writing: WriteUnit, draft: EntryDraft) -> dict[AccountKey, Bounds]:
    """The accounts whose limits the draft would pass."""
    limited, changes = limited_accounts(writing), Counter[AccountKey]()
    for line in draft.postings:
        changes[line.leaf] += line.amount
    return {
        leaf: limited[leaf] for leaf in changes if leaf in limited and limited[leaf].stop(changes[leaf]) is not None
    }
