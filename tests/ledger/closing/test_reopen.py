"""A closed month opens again when two people stand behind it, with a reason that stays in the chain."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from ledger.checks import verify
from ledger.closing import period_states, reopen
from ledger.closing.reopen import NotClosed, ReopeningAsked, ReopenResult
from ledger.core.errors import FieldWrong, KeyReused, NotAllowed
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Key
from ledger.models import act
from ledger.registers import roles
from ledger.registers.communities import OPERATOR
from ledger.rules.approval import NobodyToConfirm
from ledger.rules.people import OwnApproval
from ledger.workflow import record
from ledger.workflow.agreements import UnknownAgreement
from ledger.workflow.state_machine import AlreadySettled
from tests.communities.small_community import ANA, BEA, CAI, DEE, ELI, SLUG, SmallCommunity, new_key
from tests.ledger.closing.test_close import given, last_month, shut

WHY = "A bill of 90 came late"


@pytest.fixture
def closed(community: SmallCommunity) -> SmallCommunity:
    """Return the small community with its last three months closed."""
    given(community, last_month(community).back(2).first)
    for back in (2, 1, 0):
        shut(community, last_month(community).back(back))
    return community


def ask(community: SmallCommunity, month: Month, by: int = BEA, reason: str = WHY, key: Key | None = None) -> int:
    with write_books(community.engine, SLUG) as books:
        return reopen.request(books, month, reason, by=by, key=key or new_key()).agreement_id


def agree(community: SmallCommunity, number: int, by: int, key: Key | None = None) -> ReopenResult:
    with write_books(community.engine, SLUG) as books:
        return reopen.agree(books, number, by=by, key=key or new_key())


def open_months(community: SmallCommunity) -> list[Month]:
    with read_books(community.engine, SLUG) as books:
        assert verify(books).ok
        return period_states.open_months_before(books, Month.of(community.today))


def test_a_month_opens_with_the_later_ones_when_a_second_person_agrees(closed: SmallCommunity) -> None:
    month = last_month(closed).back(1)
    number = ask(closed, month)
    assert open_months(closed) == []
    outcome = agree(closed, number, CAI)
    assert outcome.months == (month.next(), month)
    assert open_months(closed) == [month, month.next()]
    told = {"reason": WHY, "asked_by": BEA, "agreed_by": [CAI], "agreement": number}
    with read_books(closed.engine, SLUG) as books:
        query = (
            select(act.c.facts, act.c.period_id, act.c.entered_by).where(act.c.kind == "reopen").order_by(act.c.act_id)
        )
        rows = [(json.loads(facts), period, by) for facts, period, by in books.connection.execute(query)]
        assert rows == [(told, month.next().id, CAI), (told, month.id, CAI)]
        assert period_states.reopened_months(books) == {month, month.next()}
        assert period_states.month_state(books, month).was_reopened


def test_a_month_closed_again_stays_one_that_was_opened(closed: SmallCommunity) -> None:
    month = last_month(closed)
    agree(closed, ask(closed, month), CAI)
    given(closed, month.last)
    shut(closed, month)
    with read_books(closed.engine, SLUG) as books:
        assert period_states.month_states(books, month)[0].was_reopened
        assert verify(books).ok


def test_what_stood_before_the_reopening_was_never_opened(closed: SmallCommunity) -> None:
    with read_books(closed.engine, SLUG) as books:
        before = books.at
    agree(closed, ask(closed, last_month(closed)), CAI)
    with read_books(closed.engine, SLUG, before) as books:
        assert period_states.reopened_months(books) == frozenset()


def test_nobody_agrees_to_what_they_asked_for_and_only_offices_do(closed: SmallCommunity) -> None:
    number = ask(closed, last_month(closed))
    with pytest.raises(OwnApproval):
        agree(closed, number, BEA)
    for who in (DEE, ELI, OPERATOR):
        with pytest.raises(NotAllowed):
            agree(closed, number, who)


def test_the_operator_is_no_person_so_two_others_agree(closed: SmallCommunity) -> None:
    number = ask(closed, last_month(closed), OPERATOR)
    assert agree(closed, number, BEA).months == ()
    with pytest.raises(OwnApproval):
        agree(closed, number, BEA)
    with read_books(closed.engine, SLUG) as books:
        found = reopen.find(books, number)
        assert found.people == {BEA}
        assert found.is_open
        assert [reopen.can_approve(books, found, who) for who in (ANA, BEA, ELI)] == [True, False, False]
    assert agree(closed, number, ANA).months == (last_month(closed),)


@pytest.mark.parametrize(("who", "reason", "error"), [(ELI, WHY, NotAllowed), (BEA, " ", FieldWrong)])
def test_who_asks_holds_an_office_and_says_why(
    closed: SmallCommunity, who: int, reason: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        ask(closed, last_month(closed), who, reason)


def test_one_request_for_a_closed_month_waits_at_a_time(closed: SmallCommunity) -> None:
    number = ask(closed, last_month(closed))
    with pytest.raises(ReopeningAsked):
        ask(closed, last_month(closed), ANA)
    with pytest.raises(NotClosed):
        ask(closed, Month.of(closed.today))
    agree(closed, ask(closed, last_month(closed).back(1), ANA), CAI)
    with pytest.raises(NotClosed):
        agree(closed, number, CAI)


def test_a_form_sent_twice_asks_and_agrees_once(closed: SmallCommunity) -> None:
    asked, agreed, month = new_key(), new_key(), last_month(closed)
    number = ask(closed, month, key=asked)
    assert ask(closed, month, key=asked) == number
    with pytest.raises(KeyReused):
        ask(closed, month, reason="another", key=asked)
    agree(closed, number, CAI, agreed)
    assert agree(closed, number, CAI, agreed).agreement_id == number
    with pytest.raises(AlreadySettled):
        agree(closed, number, ANA)


def test_a_request_is_turned_down_by_another_or_taken_back_by_who_asked(closed: SmallCommunity) -> None:
    month = last_month(closed)
    for deed, who, wrong, error in (
        (reopen.decline, CAI, BEA, OwnApproval),
        (reopen.withdraw, BEA, CAI, NotAllowed),
    ):
        number, key = ask(closed, month), new_key()
        with pytest.raises(error), write_books(closed.engine, SLUG) as books:
            deed(books, number, by=wrong, key=new_key())
        for _ in range(2):
            with write_books(closed.engine, SLUG) as books:
                assert deed(books, number, by=who, key=key).agreement_id == number
        with pytest.raises(AlreadySettled):
            agree(closed, number, ANA)
    with read_books(closed.engine, SLUG) as books:
        assert reopen.open_requests(books) == []
        assert period_states.month_state(books, month).is_closed


def test_a_request_and_a_claim_are_not_taken_for_each_other(closed: SmallCommunity) -> None:
    number = ask(closed, last_month(closed))
    claimed = closed.record("hours", DEE, helpers=(DEE,), receiver=ELI, minutes=30, what="Weeding")
    assert claimed.agreement_id is not None
    with read_books(closed.engine, SLUG) as books:
        with pytest.raises(UnknownAgreement):
            record.find_claim(books, number)
        with pytest.raises(UnknownAgreement):
            reopen.find(books, claimed.agreement_id)
        assert [one.agreement_id for one in record.waiting(books)] == [claimed.agreement_id]


def test_where_nobody_could_agree_nothing_is_asked(closed: SmallCommunity) -> None:
    with write_books(closed.engine, SLUG) as books:
        for key in [key for key, term in roles.get_all(books).items() if term.holder in (ANA, CAI)]:
            roles.end(books, key, closed.today.replace(year=closed.today.year - 1), entered_by=OPERATOR)
    with pytest.raises(NobodyToConfirm):
        ask(closed, last_month(closed))
