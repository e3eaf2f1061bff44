"""The desk: what needs someone leads to where it is dealt with; payments wait for a second person."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.test import TestResponse

from ledger.core.drafts import OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.core.periods import Month
from ledger.database.unit_of_work import read_books, write_books, write_transaction
from ledger.journal import queries
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.posting import post
from ledger.registers import communities, members, policies, roles, store
from ledger.registers.members import NewMember
from ledger.registers.plan_records import Budget, BudgetLine, BudgetNote
from ledger.registers.registry import BUDGET_LINES, BUDGETS
from ledger.workflow import budgets, record
from tests.web.filled_forms import Written, form_of
from tests.web.pages.entries.test_new_entry import RECORD, send
from tests.willow import PASSWORD, SignIn, key_on, token_on
from web.i18n import formats
from web.identity import make_login

DESK = "/c/willow/desk"
BIG = form_of("cost") | {"amount": "80.00", "fund": "GEN", "account": "6340", "paid_from": "1000"}


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


@pytest.fixture
def dee(sign_in: SignIn) -> FlaskClient:
    return sign_in("dee")


def page(client: FlaskClient, path: str = "") -> str:
    answer = client.get(DESK + path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def main(html: str) -> str:
    return re.sub(r"\s+", " ", html.split("<main", 1)[1].split("</main>", 1)[0])


def number_of(answer: TestResponse) -> int:
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return int(answer.location.rsplit("/", 1)[1])


def say(client: FlaskClient, number: int, what: str, key: str = "", **sent: str) -> TestResponse:
    html = client.get(f"{DESK}/waiting/{number}").get_data(as_text=True)
    token = token_on(html or page(client))
    data = {"csrf_token": token, "key": key or key_on(html), **sent}
    return client.post(f"{DESK}/waiting/{number}/{what}", data=data)


def test_a_payment_above_the_tier_waits_until_a_second_person_says_yes(
    eli: FlaskClient, dee: FlaskClient, willow: Engine
) -> None:
    assert "It waits for a second person" in send(eli, "cost", BIG, do="").get_data(as_text=True)
    number = number_of(send(eli, "cost", BIG))
    assert "A payment waits for a second person" in page(eli)
    assert "Yes, pay" not in page(eli, f"/waiting/{number}")
    assert "for you to answer" in page(dee)
    assert "This is what would be written" in page(dee, f"/waiting/{number}")
    entry = number_of(say(dee, number, "confirm", "yes"))
    again = dee.post(f"{DESK}/waiting/{number}/confirm", data={"csrf_token": token_on(page(dee)), "key": "yes"})
    assert number_of(again) == entry
    with read_books(willow, "willow") as unit:
        posted = queries.entry(unit, entry)
        assert posted.confirmed_by == members.find_by_user(unit, "dee")
    assert "A payment waits" not in page(eli)
    assert f"{RECORD}/receipt/{entry}" in dee.get(f"{DESK}/waiting/{number}").location


def test_nobody_says_yes_to_what_they_wrote_down(eli: FlaskClient) -> None:
    number = number_of(send(eli, "cost", BIG))
    answer = say(eli, number, "confirm", "mine")
    assert answer.status_code == 422
    assert "You cannot say yes to what you wrote down" in answer.get_data(as_text=True)


def test_a_payment_is_declined_with_a_word_why(eli: FlaskClient, dee: FlaskClient, willow: Engine) -> None:
    number = number_of(send(eli, "cost", BIG))
    answer = say(dee, number, "decline", reason="Not our bill")
    assert "Declined." in dee.get(answer.location).get_data(as_text=True)
    assert "Not our bill" in page(eli, f"/waiting/{number}")
    assert "It was declined." in page(eli, f"/waiting/{number}")
    late = say(dee, number, "confirm", "too-late")
    assert "This is settled already" in late.get_data(as_text=True)
    with read_books(willow, "willow") as unit:
        assert record.entry_of(unit, number) is None


def test_a_payment_is_taken_back_by_who_wrote_it(eli: FlaskClient) -> None:
    number = number_of(send(eli, "cost", BIG))
    answer = say(eli, number, "withdraw")
    assert "Taken back." in eli.get(answer.location).get_data(as_text=True)
    assert "It was taken back." in page(eli, f"/waiting/{number}")


def test_a_treasurer_says_yes_for_members_who_ask_for_it(eli: FlaskClient, willow: Engine, sign_in: SignIn) -> None:
    ana = sign_in("ana")
    number = number_of(send(eli, "hours", form_of("hours") | {"helpers": "Fay", "receiver": "Bea"}))
    assert "It waits for a yes from: Bea" in page(ana, f"/waiting/{number}")
    with read_books(willow, "willow") as unit:
        bea = members.find_by_user(unit, "bea")
    entry = number_of(say(ana, number, "confirm", for_whom=str(bea)))
    with read_books(willow, "willow") as unit:
        assert queries.entry(unit, entry).kind == "hours"


def test_a_private_payment_is_seen_by_those_it_waits_for(eli: FlaskClient, dee: FlaskClient, sign_in: SignIn) -> None:
    number = number_of(send(eli, "emergency-grant", form_of("emergency-grant") | {"note": "For the stove"}))
    assert sign_in("bea").get(f"{DESK}/waiting/{number}").status_code == 404
    assert sign_in("ana").get(f"{DESK}/waiting/{number}").status_code == 404
    assert "For the stove" not in page(eli, "/waiting")
    assert dee.get(f"{DESK}/waiting/{number}").status_code == 200
    assert dee.get(f"{DESK}/waiting/99999").status_code == 404


def today(willow: Engine) -> dt.date:
    with read_books(willow, "willow") as unit:
        return communities.today(unit)


def test_claims_that_wait_for_long_are_listed(eli: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    send(eli, "hours", form_of("hours"))
    assert "no claim has waited for long" in page(eli)
    assert "1 hour 30 minutes" in page(eli, "/waiting")
    monkeypatch.setattr("web.pages.desk.alerts_view.OLD_CLAIM_DAYS", -1)
    assert "1 claim has waited for long" in page(eli)


def test_suspense_and_funds_below_nought_are_told_with_a_way_to_them(eli: FlaskClient, willow: Engine) -> None:
    lines: Written = {
        "what": "Nobody knows",
        "lines-0-account": "1000",
        "lines-0-fund": "GEN",
        "lines-0-debit": "35.00",
        "lines-1-account": "1600",
        "lines-1-fund": "GEN",
        "lines-1-credit": "35.00",
        "day": "today",
    }
    assert send(eli, "journal", lines).status_code == 303
    html = main(page(eli))
    assert "Not at nought: 1600 Suspense" in html
    assert 'href="/c/willow/accounts/1600/GEN"' in html


def test_a_bound_fund_below_nought_is_told(eli: FlaskClient, willow: Engine) -> None:
    assert "no fund below nought" in page(eli)
    lines = (
        PostingDraft(AccountKey("6340", "EUR", "EDU"), 10**7),
        PostingDraft(AccountKey("1000", "EUR", "EDU"), -(10**7)),
    )
    draft = EntryDraft(kind="journal", family=OTHER, effective_on=today(willow), postings=lines, narration="Too much")
    with write_books(willow, "willow") as unit:
        post(unit, draft, Actors(1), Key(FORM, "too-much"))
    assert "A fund is below nought: Education" in page(eli)


def test_an_unexplained_difference_asks_for_a_word(eli: FlaskClient, willow: Engine) -> None:
    last = Month.of(today(willow)).previous()
    plan = Budget(year=last.year, version=9, state="approved", approved=last.last)
    lines = [
        BudgetLine(fund="GEN", programme=code, account="6340", unit="EUR", months=(10**6,) * 12)
        for code in ("GARDEN", "KITCHEN")
    ]
    keyed = [BUDGET_LINES.change(line, f"{last.year}/9/{BUDGET_LINES.key_of(line)}") for line in lines]
    with write_books(willow, "willow") as unit:
        store.write(unit, [BUDGETS.change(plan), *keyed], entered_by=1)
    assert "2 programmes are off their plan, and nobody said why" in page(eli)
    with write_books(willow, "willow") as unit:
        said = BudgetNote(period=str(last), programme="KITCHEN", kind="timing", text="It comes later")
        budgets.note(unit, said, entered_by=1)
    html = main(page(eli))
    assert "1 programme is off its plan, and nobody said why" in html
    assert f"/c/willow/budgets/why/{last}?programme=GARDEN" in html
    with write_books(willow, "willow") as unit:
        said = BudgetNote(period=str(last), programme="GARDEN", kind="real", text="It stays")
        budgets.note(unit, said, entered_by=1)
    assert f"the budget is explained: {formats.month(last.first)}" in page(eli)


def test_an_office_that_ends_with_nobody_to_follow_is_told(willow: Engine, sign_in: SignIn) -> None:
    now = today(willow)
    with write_books(willow, "willow") as unit:
        gus = members.find_by_user(unit, "gus")
        assert gus is not None
        roles.give(unit, "bee keeper", gus, now - dt.timedelta(90), now + dt.timedelta(20), entered_by=1)
    html = main(page(sign_in("ana")))
    assert "An office ends soon: bee keeper" in html
    assert f"/c/willow/people/{gus}" in html


def test_few_members_past_the_talk_limits_are_only_some(eli: FlaskClient, willow: Engine) -> None:
    with write_books(willow, "willow") as unit:
        wanted = {"time.talk_limit_high_minutes": 1, "privacy.k_members": 50}
        policies.set_values(unit, wanted, entered_by=1)
    assert "Some members are past the talk limits" in page(eli)
    with write_books(willow, "willow") as unit:
        policies.set_values(unit, {"privacy.k_members": 1}, entered_by=1)
    assert re.search(r"\d+ members? (is|are) past the talk limits", page(eli))


def test_the_desk_tells_where_money_and_hours_are(eli: FlaskClient) -> None:
    html = main(page(eli))
    told = ("Money at hand by fund", "is free for the assembly", "Where the hours are", "over and not closed")
    assert [words for words in told if words not in html] == []


def test_a_new_book_has_nothing_waiting(willow: Engine, sign_in: SignIn) -> None:
    with write_transaction(willow) as connection:
        communities.create(connection, "meadow", "Meadow", "EUR", "Europe/Athens")
    with write_books(willow, "meadow") as unit:
        now = communities.today(unit)
        (mia,) = members.add(unit, [NewMember(name="Mia", joined=now)], entered_by=1)
        roles.give(unit, "treasurer", mia, now, now + dt.timedelta(300), entered_by=1)
    make_login(willow, "mia", PASSWORD, "meadow", mia)
    html = sign_in("mia").get("/c/meadow/desk").get_data(as_text=True)
    assert "Nothing waits for you." in html
    assert "All that the book can see is in order." in html
    assert "Money at hand" not in html


@pytest.mark.parametrize(("user", "status"), [("eli", 200), ("ana", 200), ("dee", 200), ("bea", 403)])
def test_the_desk_is_for_offices(sign_in: SignIn, user: str, status: int) -> None:
    assert sign_in(user).get(DESK).status_code == status
    assert sign_in(user).get(f"{DESK}/waiting").status_code == status
