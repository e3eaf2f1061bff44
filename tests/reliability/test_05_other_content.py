"""Reliability test 5: the same key with anything changed is refused, and nothing is written."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.core.errors import KeyReused
from ledger.journal import idempotency
from tests.communities import small_community
from tests.communities.small_community import CAI, hours_draft, new_key, post_draft, time_account
from tests.neighbours import HIDDEN, Neighbours
from tests.reliability.conftest import Tell
from tests.reliability.onlooker import value
from tests.reliability.test_04_same_key import FORM

Share = Callable[[int, int], int]
COUNTS = ["journal_entry", "entry_text", "posting", "seal", "act", "account", "agreement", "agreement_move"]
SAID: dict[str, Any] = {
    "kind": ["community-hours", "x"],
    "family": ["community", "other"],
    "effective_on": [dt.date(2026, 3, 6), dt.date(2026, 4, 5), dt.date(2025, 3, 5)],
    "narration": ["Weeding.", "weeding", "Weeding the beans", None],
    "note": ["by hand"],
    "reason": ["typed twice"],
    "about_on": [dt.date(2026, 3, 1)],
    "privacy": ["open", "private"],
    "decision": ["A-01"],
    "document": ["7"],
    "corrects": [1, 2],
    "facts": [{"helpers": 1}],
}


def changed(draft: EntryDraft, chance: random.Random) -> EntryDraft:
    """Change one thing that the draft says."""
    name = chance.choice([*SAID, "postings"])
    if name != "postings":
        return replace(draft, **{name: chance.choice(SAID[name])})
    first, second = draft.postings
    more = chance.choice([-1, 1]) * chance.randint(1, 80)
    lines = chance.choice(
        [
            (second, first),
            (replace(first, amount=first.amount + more), replace(second, amount=second.amount - more)),
            (replace(first, programme=None), second),
            (replace(first, quantity=Quantity(chance.randint(1, 10**6), "kg", "weighed")), second),
            (replace(first, leaf=time_account(CAI)), second),
            (first, replace(second, leaf=AccountKey("T3000", "min", "TB"))),
            (*draft.postings, PostingDraft(first.leaf, 1), PostingDraft(second.leaf, -1)),
        ]
    )
    return replace(draft, postings=lines)


def counts(engine: Engine) -> list[int]:
    return [value(engine, f"SELECT count(*) FROM {table}") for table in COUNTS]


def refused(engine: Engine, chance: random.Random, rounds: int) -> None:
    """Post under a key, then send other things under it."""
    small_community.create(engine)
    for number in range(3):
        post_draft(engine, hours_draft(minutes=10 + number))
    draft, one = hours_draft(), new_key()
    posted = post_draft(engine, draft, one)
    before = counts(engine)
    for _ in range(rounds):
        with pytest.raises(KeyReused):
            post_draft(engine, changed(draft, chance), one)
    assert post_draft(engine, draft, one) == replace(posted, was_there=True)
    assert counts(engine) == before


def test_reliability_5_another_content_under_the_same_key_is_refused(
    engine: Engine, seeded: random.Random, share: Share, tell: Tell
) -> None:
    rounds = share(40, 2000)
    refused(engine, seeded, rounds)
    tell(f"{rounds:,} changed drafts, all refused, no row written")


def test_reliability_5_a_form_with_its_amount_changed_is_told_so(neighbours_on_both: Neighbours) -> None:
    bea = neighbours_on_both.signed_in("Bea")
    form = dict(HIDDEN.findall(bea.open(FORM).text))
    form |= {"side": "received", "who": str(neighbours_on_both.people["Ana"]), "duration": "90", "day": "today"}
    assert bea.client.post(FORM, data=form).status_code == 303
    before = counts(neighbours_on_both.engine)
    for name, other in (("duration", "60"), ("who", str(neighbours_on_both.people["Cai"])), ("day", "yesterday")):
        assert bea.client.post(FORM, data=form | {name: other}).status_code == 409
    assert counts(neighbours_on_both.engine) == before


@pytest.mark.slow
def test_reliability_5_fails_when_content_is_not_compared(
    engine: Engine, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idempotency, "same_request", lambda *given: True)
    with pytest.raises(pytest.fail.Exception):
        refused(engine, seeded, 1)


@pytest.mark.slow
def test_reliability_5_fails_when_words_are_not_compared(
    engine: Engine, seeded: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = idempotency.fingerprint
    monkeypatch.setattr(idempotency, "same_request", lambda _, row, draft: bytes(row["fingerprint"]) == same(draft))
    with pytest.raises(pytest.fail.Exception):
        refused(engine, seeded, 200)
