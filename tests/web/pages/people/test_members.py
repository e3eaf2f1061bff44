"""People, offices and slips, as organisers see them."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from werkzeug.test import TestResponse

from ledger.database.unit_of_work import read_books, write_books
from ledger.registers import members, roles
from tests.neighbours import Browser, Neighbours, people_in

ADDRESS = re.compile(r"http://127\.0\.0\.1:8000(/link/[0-9a-f]{64})")
CODE = re.compile(r'slip__code" translate="no">([^<]+)<')


@pytest.fixture
def ana(neighbours: Neighbours) -> Browser:
    return neighbours.signed_in("Ana")


def names_in(neighbours: Neighbours) -> list[str]:
    with read_books(neighbours.engine, "willow") as books:
        return [member.name for member in members.get_all(books).values()]


def test_everyone_is_listed_with_offices_and_sign_in(ana: Browser) -> None:
    page = ana.open("/c/willow/people")
    assert "4 people" in page.text
    for shown in ("Bea", "Eli", "treasurer", "Signs in"):
        assert shown in page.text
    assert "have no way in yet" not in page.text


def test_pasted_names_are_looked_at_then_added_once(ana: Browser, neighbours: Neighbours) -> None:
    check = ana.fill_in("/c/willow/people/add", names=" 1. Mia Stone\n\n- Noor,\nOla;\n")
    assert "Add 3 people" in check.text
    receipt = ana.send("/c/willow/people/add", do="save")
    assert "3 people are in the book." in receipt.text
    assert names_in(neighbours)[-3:] == ["Mia Stone", "Noor", "Ola"]


def test_the_same_names_sent_twice_are_added_once(ana: Browser, neighbours: Neighbours) -> None:
    check = ana.fill_in("/c/willow/people/add", names="Mia")
    first = ana.post("/c/willow/people/add", do="save")
    ana.page = check
    second = ana.post("/c/willow/people/add", do="save")
    assert first.location == second.location
    assert names_in(neighbours).count("Mia") == 1
    ana.page = check
    other = ana.send("/c/willow/people/add", names="Noor", do="save")
    assert other.status_code == 409


def test_names_can_be_changed_before_they_are_added(ana: Browser, neighbours: Neighbours) -> None:
    ana.fill_in("/c/willow/people/add", names="Mia\nNoor")
    page = ana.send("/c/willow/people/add", do="change")
    assert "Mia\nNoor</textarea>" in page.text
    assert "Mia" not in names_in(neighbours)


@pytest.mark.parametrize(
    ("names", "says"),
    [
        ("", "Write at least one name"),
        ("Mia\nmia", "This name stands there twice"),
        ("Bea", "The name “Bea” is taken."),
        ("x" * 81, "Write a name of 1 to 80 letters."),
        ("\n".join(f"Person {number}" for number in range(201)), "Add at most 200 people at once."),
    ],
)
def test_names_that_cannot_be_added_come_back_as_written(ana: Browser, names: str, says: str) -> None:
    page = ana.fill_in("/c/willow/people/add", names=names)
    assert page.status_code == 422
    assert says in page.text
    assert f"{names}</textarea>" in page.text


def test_a_slip_has_a_link_a_picture_and_a_code(ana: Browser, neighbours: Neighbours) -> None:
    page = ana.fill_in(f"/c/willow/people/{neighbours.people['Bea']}", "/c/willow/people/slips")
    assert 'class="qr"' in page.text
    assert "http://127.0.0.1:8000/link and type this code" in page.text
    (path,), (code,) = ADDRESS.findall(page.text), CODE.findall(page.text)
    assert "Hello, Bea." in neighbours.browser().open(path).text
    assert "Hello, Bea." in neighbours.browser().fill_in("/link", code=code).text


def test_a_slip_can_be_shown_again_by_its_maker_only(ana: Browser, neighbours: Neighbours) -> None:
    first = ana.fill_in(f"/c/willow/people/{neighbours.people['Bea']}", "/c/willow/people/slips")
    sheet = first.request.path
    assert ADDRESS.findall(ana.open(sheet).text) == ADDRESS.findall(first.text)
    other = neighbours.signed_in("Ana").open(sheet)
    assert ADDRESS.findall(other.text) == []
    assert "These slips cannot be shown again." in other.text


def test_slips_for_all_newcomers_stand_on_one_sheet(ana: Browser, neighbours: Neighbours) -> None:
    ana.fill_in("/c/willow/people/add", names="Mia\nNoor")
    ana.send("/c/willow/people/add", do="save")
    everyone = ana.open("/c/willow/people")
    assert "2 people have no way in yet" in everyone.text
    parties = re.findall(r'name="party" value="(\d+)"', everyone.text)
    sheet = ana.send("/c/willow/people/slips", party=parties)
    assert len(ADDRESS.findall(sheet.text)) == 2
    assert "Has a slip" in ana.open("/c/willow/people").text


def test_slips_are_made_for_people_of_the_community_only(ana: Browser) -> None:
    ana.open("/c/willow/people/add")
    for party in ("0", "1", "99", ""):
        assert ana.client.post("/c/willow/people/slips", data={"party": party, "key": "k"}).status_code == 400
        page = ana.send("/c/willow/people/slips", party=party)
        assert page.status_code == 422
        ana.open("/c/willow/people/add")


def make_slip(browser: Browser, number: int) -> TestResponse:
    browser.open("/c/willow/people/add")
    return browser.send("/c/willow/people/slips", party=str(number))


def test_a_slip_for_an_office_is_made_by_somebody_who_holds_it(ana: Browser, neighbours: Neighbours) -> None:
    eli = neighbours.people["Eli"]
    page = ana.open(f"/c/willow/people/{eli}")
    assert "Eli holds an office that you do not: treasurer." in page.text
    assert "hourstead member link" in page.text
    assert "Make a slip" not in page.text
    refused = make_slip(ana, eli)
    assert refused.status_code == 403
    assert "Eli holds an office that you do not: treasurer." in refused.text
    give(neighbours, "treasurer", "Ana")
    assert "Make a slip for a new password" in ana.open(f"/c/willow/people/{eli}").text
    assert len(ADDRESS.findall(make_slip(ana, eli).text)) == 1


def test_anyone_who_makes_slips_makes_their_own(ana: Browser, neighbours: Neighbours) -> None:
    assert len(ADDRESS.findall(make_slip(ana, neighbours.people["Ana"]).text)) == 1


def test_slips_for_all_newcomers_leave_out_who_holds_another_office(ana: Browser, neighbours: Neighbours) -> None:
    ana.fill_in("/c/willow/people/add", names="Mia\nNoor")
    ana.send("/c/willow/people/add", do="save")
    neighbours.people = people_in(neighbours.engine)
    give(neighbours, "checker", "Mia")
    assert "1 person has no way in yet" in ana.open("/c/willow/people").text
    assert len(ADDRESS.findall(ana.send("/c/willow/people/slips", party=str(neighbours.people["Noor"])).text)) == 1


def test_a_slip_opens_no_office_given_after_it_was_made(ana: Browser, neighbours: Neighbours) -> None:
    (path,) = ADDRESS.findall(make_slip(ana, neighbours.people["Bea"]).text)
    give(neighbours, "treasurer", "Bea")
    assert neighbours.browser().open(path).status_code == 410


def give(neighbours: Neighbours, office: str, name: str) -> None:
    with write_books(neighbours.engine, "willow") as books:
        roles.give(books, office, neighbours.people[name], neighbours.today(), entered_by=1)


def test_an_office_is_looked_at_then_given_for_a_term(ana: Browser, neighbours: Neighbours) -> None:
    bea = neighbours.people["Bea"]
    page = ana.open(f"/c/willow/people/{bea}/office")
    assert f'value="{neighbours.today()}"' in page.text
    first, last = re.findall(r'value="(\d{4}-\d\d-\d\d)"', page.text)
    check = ana.send(f"/c/willow/people/{bea}/office", role="checker", first=first, last=last)
    assert "Give the office: checker" in check.text
    done = ana.send(f"/c/willow/people/{bea}/office", do="save")
    assert "The office is given." in done.text
    with read_books(neighbours.engine, "willow") as books:
        assert roles.roles_held(books, bea, neighbours.today()) == {"member", "checker"}
        assert "checker" not in roles.roles_held(books, bea, dt.date.fromisoformat(last) + dt.timedelta(days=1))


@pytest.mark.parametrize(
    ("role", "first", "last", "says"),
    [
        ("", "", "", "Choose an office"),
        ("king", "today", "today", "Choose an office"),
        ("checker", "soon", "today", "Write the day as a date"),
        ("checker", "2027-01-01", "2026-12-31", "The term ends before it begins."),
        ("checker", "1999-01-01", "2026-12-31", "first day here at the earliest"),
    ],
)
def test_a_term_that_cannot_be_comes_back_as_written(
    ana: Browser, neighbours: Neighbours, role: str, first: str, last: str, says: str
) -> None:
    address = f"/c/willow/people/{neighbours.people['Bea']}/office"
    page = ana.fill_in(address, role=role, first=first, last=last)
    assert page.status_code == 422
    assert says in page.text
    assert f'value="{last}"' in page.text


def test_an_office_is_ended_on_a_day_and_stays_on_record(ana: Browser, neighbours: Neighbours) -> None:
    person = f"/c/willow/people/{neighbours.people['Eli']}"
    (end,) = re.findall(r'href="([^"]+/office/end[^"]+)"', ana.open(person).text)
    yesterday = neighbours.today() - dt.timedelta(days=1)
    page = ana.fill_in(end, last=yesterday.isoformat())
    assert "The term has its last day." in page.text
    assert "Offices held before" in page.text
    assert neighbours.signed_in("Eli").open(person).status_code == 403


def test_the_last_organiser_stays_until_there_is_another(ana: Browser, neighbours: Neighbours) -> None:
    person = f"/c/willow/people/{neighbours.people['Ana']}"
    (end,) = re.findall(r'href="([^"]+/office/end[^"]+)"', ana.open(person).text)
    page = ana.fill_in(end, last="today")
    assert page.status_code == 422
    assert "Nobody would be organiser after that day." in page.text
    assert ana.open("/c/willow/people").status_code == 200


def test_a_term_of_somebody_else_is_no_such_page(ana: Browser, neighbours: Neighbours) -> None:
    person = f"/c/willow/people/{neighbours.people['Eli']}"
    (end,) = re.findall(r'href="([^"]+/office/end[^"]+)"', ana.open(person).text)
    assert ana.open(end.replace(person, f"/c/willow/people/{neighbours.people['Bea']}")).status_code == 404


def test_leaving_is_looked_at_then_ends_offices_and_sign_in(ana: Browser, neighbours: Neighbours) -> None:
    eli = neighbours.signed_in("Eli")
    address = f"/c/willow/people/{neighbours.people['Eli']}/leave"
    yesterday = neighbours.today() - dt.timedelta(days=1)
    check = ana.fill_in(address, last=yesterday.isoformat())
    assert "Eli leaves. Is that right?" in check.text
    done = ana.send(address, do="save")
    assert "The last day is noted." in done.text
    assert eli.open("/c/willow/account").status_code == 404
    assert "Those who left" in ana.open("/c/willow/people").text


@pytest.mark.parametrize(("last", "says"), [("", "Write the last day"), ("1999-01-01", "lies before the first")])
def test_a_last_day_that_cannot_be_comes_back(ana: Browser, neighbours: Neighbours, last: str, says: str) -> None:
    page = ana.fill_in(f"/c/willow/people/{neighbours.people['Eli']}/leave", last=last)
    assert page.status_code == 422
    assert says in page.text


def test_the_last_organiser_cannot_leave(ana: Browser, neighbours: Neighbours) -> None:
    address = f"/c/willow/people/{neighbours.people['Ana']}/leave"
    ana.fill_in(address, last="today")
    page = ana.send(address, do="save")
    assert page.status_code == 422
    assert "Nobody would be organiser" in page.text


def test_answers_can_be_changed_before_they_count(ana: Browser, neighbours: Neighbours) -> None:
    person = f"/c/willow/people/{neighbours.people['Bea']}"
    ana.fill_in(f"{person}/leave", last="today")
    assert 'value="today"' in ana.send(f"{person}/leave", do="change").text
    last = str(neighbours.today() + dt.timedelta(400))
    ana.fill_in(f"{person}/office", role="checker", first="today", last=last)
    assert f'value="{last}"' in ana.send(f"{person}/office", do="change").text


def test_a_name_can_be_changed_but_not_into_somebody_elses(ana: Browser, neighbours: Neighbours) -> None:
    address = f"/c/willow/people/{neighbours.people['Bea']}/name"
    assert 'value="Bea"' in ana.open(address).text
    assert "The name is changed." in ana.send(address, name=" Bea  Stone ").text
    assert "Bea Stone" in names_in(neighbours)
    page = ana.fill_in(address, name="Eli")
    assert page.status_code == 422
    assert 'href="#f-name">The name “Eli” is taken.' in page.text


def test_a_first_day_can_be_changed_but_not_into_one_to_come(ana: Browser, neighbours: Neighbours) -> None:
    person = f"/c/willow/people/{neighbours.people['Bea']}"
    assert f'href="{person}/joined"' in ana.open(person).text
    earlier, later = (neighbours.today() + dt.timedelta(days) for days in (-300, 1))
    assert "The first day is changed." in ana.fill_in(f"{person}/joined", first=str(earlier)).text
    with read_books(neighbours.engine, "willow") as books:
        assert members.get(books, neighbours.people["Bea"]).joined == earlier
    page = ana.fill_in(f"{person}/joined", first=str(later))
    assert page.status_code == 422
    assert 'href="#f-first">Write a day that has come already.' in page.text
    ana.fill_in(f"{person}/leave", last=str(neighbours.today() - dt.timedelta(2)))
    ana.send(f"{person}/leave", do="save")
    assert "The last day lies before the first." in ana.fill_in(f"{person}/joined", first="today").text


def test_somebody_who_is_not_there_is_no_such_page(ana: Browser) -> None:
    for page in ("", "/office", "/leave", "/name", "/joined"):
        assert ana.open(f"/c/willow/people/99{page}").status_code == 404
    assert ana.open("/c/willow/people/added/nothing").status_code == 404
