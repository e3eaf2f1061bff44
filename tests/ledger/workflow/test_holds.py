"""Room is kept for what waits, is given back once, and stands in the chain from beginning to end."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import func, select

from ledger import checks
from ledger.chain.hashing import canonical_json, sha256
from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.errors import LedgerError
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.balances import member_minutes
from ledger.journal.idempotency import Actors, Key
from ledger.kinds import fill
from ledger.limits.limit_status import get_limit_status
from ledger.limits.pending_effects import pending_changes
from ledger.models import act, agreement_move, balance, hold
from ledger.workflow.claims import COURSES, Room
from ledger.workflow.holds import Lapsed, expire_due, is_due, reserve
from ledger.workflow.record import confirm, decline, find_claim, record, waiting, withdraw
from ledger.workflow.state_machine import AlreadySettled
from tests.communities.small_community import BEA, CAI, DEE, ELI, SLUG, SmallCommunity, new_key

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 90}
PAID: dict[str, Any] = {"what": "Pipe", "amount": 6000, "fund": "GEN", "account": "6300", "paid_from": "1000"}
Share = Callable[[int, int], int]


def ends(community: SmallCommunity) -> set[tuple[str, int | None]]:
    with read_books(community.engine, SLUG) as books:
        return {(row[0], row[1]) for row in books.connection.execute(select(hold.c.state, hold.c.entry_id))}


def room(community: SmallCommunity) -> list[tuple[int, int]]:
    with read_books(community.engine, SLUG) as books:
        return sorted(
            (row[0], row[1]) for row in books.connection.execute(select(balance.c.held_debit, balance.c.held_credit))
        )


def told(community: SmallCommunity) -> list[dict[str, Any]]:
    """What acts say of holds, in their order."""
    with read_books(community.engine, SLUG) as books:
        facts = [json.loads(one) for one in books.connection.scalars(select(act.c.facts).order_by(act.c.act_id))]
    return [{name: one[name] for name in ("holds", "ended") if name in one} for one in facts if len(one) > 3]


def is_whole(community: SmallCommunity) -> bool:
    with read_books(community.engine, SLUG) as books:
        return checks.verify(books).ok


def long_ago(community: SmallCommunity, slug: str = "hours", by: int = DEE, **answers: Any) -> int:
    """Write down, a hundred days ago by the database's clock, what waits since."""
    kind = fill(slug, **{"day": community.today, **(answers or HELP)})
    with write_books(community.engine, SLUG) as unit:
        then = dt.datetime.fromisoformat(unit.now) - dt.timedelta(100)
        unit.now = then.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return record(unit, kind, Actors(by), new_key()).agreement_id or 0


def expire(community: SmallCommunity) -> int:
    with write_books(community.engine, SLUG) as unit:
        return expire_due(unit)


# begun


def test_what_waits_keeps_room_and_moves_nothing(community: SmallCommunity) -> None:
    community.record("hours", DEE, **HELP)
    assert room(community) == [(0, 90), (90, 0)]
    with read_books(community.engine, SLUG) as books:
        assert [get_limit_status(books, one).with_waiting for one in (DEE, ELI, BEA)] == [90, -90, 0]
        assert member_minutes(books, DEE) == 0
    assert is_whole(community)


@pytest.mark.unhurried
def test_a_payment_that_waits_keeps_room_in_the_bank(community: SmallCommunity) -> None:
    community.donate("GEN", 9000)
    community.record("cost", BEA, **PAID)
    with read_books(community.engine, SLUG) as books:
        assert sorted((leaf.chart, amount) for leaf, amount in pending_changes(books).items()) == [
            ("1000", -6000),
            ("6300", 6000),
        ]


def test_the_chain_says_what_was_kept_and_how_it_ended(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    entry = community.entry(community.confirm(number, ELI)).entry_id
    begun, ended = told(community)
    assert [(row[0], row[3]) for row in begun["holds"]] == [(1, DEE), (2, DEE)]
    assert all(row[4] for row in begun["holds"])
    assert ended == {"ended": [[1, "settled", entry], [2, "settled", entry]]}
    with read_books(community.engine, SLUG) as books:
        query = select(act.c.entered_by).where(act.c.facts.contains('"ended"'))
        assert books.connection.scalar(query) == ELI


def test_room_is_kept_once_for_each_account_that_would_move(community: SmallCommunity) -> None:
    cost, bank = AccountKey("6300", "EUR", "GEN"), AccountKey("1000", "EUR", "GEN")
    lines = (PostingDraft(cost, 70), PostingDraft(bank, -70), PostingDraft(cost, 30), PostingDraft(bank, -30))
    draft = EntryDraft(kind="cost", family=OTHER, effective_on=community.today, postings=lines, narration="Seed")
    with write_books(community.engine, SLUG) as unit:
        kept = reserve(unit, draft, DEE, COURSES["claim"])
        query = select(hold.c.hold_id, hold.c.amount, hold.c.entered_by, hold.c.expires_at)
        rows = unit.connection.execute(query.order_by(hold.c.hold_id)).all()
        assert [(*row,) for row in rows] == [(1, 100, DEE, kept.expires_at), (2, -100, DEE, kept.expires_at)]
        assert kept.holds == (1, 2)
        assert pending_changes(unit) == {cost: 100, bank: -100}


@pytest.mark.parametrize(("days", "lapses"), [(0, False), (1, True), (None, False)])
def test_what_keeps_no_room_waits_as_long_as_the_rest(
    community: SmallCommunity, days: int | None, lapses: bool
) -> None:
    community.set_policies({"time.claim_expires_days": days})
    with write_books(community.engine, SLUG) as unit:
        tomorrow = dt.datetime.fromisoformat(unit.now) + dt.timedelta(1)
        when = tomorrow.isoformat(timespec="milliseconds").replace("+00:00", "Z") if lapses else None
        assert reserve(unit, None, DEE, COURSES["claim"]) == Room((), when)
        assert reserve(unit, None, DEE, COURSES["payment"]).expires_at is None
        assert unit.connection.scalar(select(func.count()).select_from(hold)) == 0


def test_room_is_due_from_the_moment_on_that_was_set(community: SmallCommunity) -> None:
    community.record("hours", DEE, **HELP)
    with write_books(community.engine, SLUG) as unit:
        assert not is_due(unit)
        unit.now = str(unit.connection.scalar(select(hold.c.expires_at).limit(1)))
        assert is_due(unit)


# ended


@pytest.mark.unhurried
def test_a_yes_posts_into_the_room_that_was_kept(community: SmallCommunity) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    entry = community.entry(community.confirm(number, ELI)).entry_id
    assert ends(community) == {("settled", entry)}
    assert set(room(community)) == {(0, 0)}
    assert is_whole(community)


@pytest.mark.unhurried
@pytest.mark.parametrize(("settle", "person"), [(decline, ELI), (withdraw, DEE)])
def test_a_no_gives_the_room_back(community: SmallCommunity, settle: Any, person: int) -> None:
    number = community.record("hours", DEE, **HELP).agreement_id
    with write_books(community.engine, SLUG) as unit:
        settle(unit, number, Actors(person), new_key())
    assert ends(community) == {("voided", None)}
    assert set(room(community)) == {(0, 0)}
    assert is_whole(community)


@pytest.mark.unhurried
def test_time_ends_what_nobody_answered(community: SmallCommunity) -> None:
    number = long_ago(community)
    community.record("hours", DEE, **HELP | {"minutes": 60})
    assert ends(community) == {("expired", None), ("open", None)}
    assert (expire(community), expire(community)) == (0, 0)
    with read_books(community.engine, SLUG) as books:
        query = select(agreement_move.c.moved_by).where(agreement_move.c.to_state == "expired")
        assert (find_claim(books, number).state, books.connection.scalar(query)) == ("expired", 0)
    assert is_whole(community)


def test_a_yes_to_something_else_ends_what_lapsed(community: SmallCommunity) -> None:
    long_ago(community)
    community.set_policies({"time.claim_expires_days": None})
    fresh = long_ago(community, **HELP | {"minutes": 30})
    assert community.confirm(fresh, ELI).posted
    assert {state for state, _ in ends(community)} == {"expired", "settled"}


def test_what_lapsed_is_over_before_anyone_writes_that_down(community: SmallCommunity) -> None:
    number = long_ago(community)
    with read_books(community.engine, SLUG) as books:
        assert (waiting(books), pending_changes(books)) == ([], {})
        claim = find_claim(books, number)
    assert (claim.state, claim.is_open, bool(claim.waits_for)) == ("expired", False, False)
    with pytest.raises(Lapsed):
        community.confirm(number, ELI)
    assert expire(community) == 1


def test_what_lapsed_can_still_be_read_by_its_writer(community: SmallCommunity) -> None:
    numbers = [long_ago(community, **HELP | {"minutes": 45}), long_ago(community, **HELP | {"minutes": 30})]
    community.record("hours", DEE, **HELP)
    with read_books(community.engine, SLUG) as books:
        kinds = [find_claim(books, number).kind for number in numbers]
        assert [getattr(kind, "minutes", None) for kind in kinds] == [45, 30]
        where = (agreement_move.c.to_state == "expired", agreement_move.c.idem_scope == "clock")
        marks = books.connection.scalars(select(agreement_move.c.fingerprint).where(*where)).all()
        assert {bytes(one) for one in marks} == {sha256(canonical_json(["expire", number])) for number in numbers}


@pytest.mark.unhurried
def test_payments_wait_until_someone_answers(community: SmallCommunity) -> None:
    community.donate("GEN", 9000)
    number = long_ago(community, "cost", BEA, **PAID)
    assert expire(community) == 0
    assert community.confirm(number, CAI).posted


def test_a_community_may_let_claims_wait_for_ever(community: SmallCommunity) -> None:
    community.set_policies({"time.claim_expires_days": None})
    number = long_ago(community)
    assert community.confirm(number, ELI).posted


# once


def test_settled_declined_withdrawn_and_expired_at_once_is_one_of_them(community: SmallCommunity, share: Share) -> None:
    def tries(job: tuple[Any, ...]) -> str | None:
        deed, number, person, key = job
        try:
            with write_books(community.engine, SLUG) as unit:
                if deed is not expire_due:
                    deed(unit, number, Actors(person), key)
                    return str(deed.__name__)
                unit.now = f"{community.today.year + 1}-12-31T00:00:00.000Z"
                return "expire_due" if expire_due(unit) else None
        except (AlreadySettled, LedgerError):
            return None

    for _ in range(share(3, 60)):
        number = community.record("hours", DEE, **HELP).agreement_id
        deeds: list[tuple[Any, int | None]] = [(confirm, ELI), (decline, ELI), (withdraw, DEE), (expire_due, None)]
        jobs = [(deed, number, person, new_key()) for deed, person in deeds * 2]
        with ThreadPoolExecutor(8) as people:
            assert len([won for won in people.map(tries, jobs) if won]) == 1
        assert set(room(community)) == {(0, 0)}
    assert is_whole(community)


def test_a_yes_sent_twice_settles_once(community: SmallCommunity) -> None:
    number, key = community.record("hours", DEE, **HELP).agreement_id, Key("form", "yes")
    assert community.confirm(number, ELI, key).posted != community.confirm(number, ELI, key).posted
    assert len(told(community)) == 2
