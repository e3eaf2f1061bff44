"""Importing a community as a file: joined by name, changed by dated values, refused whole with the place named."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from ledger.checks import verify
from ledger.database.unit_of_work import read_books, write_books
from ledger.exchange.imports.input_files import FileUnread
from ledger.exchange.imports.line_parser import LineWrong
from ledger.exchange.imports.registers import import_registers
from ledger.registers import communities, decisions, members, roles, store
from ledger.registers.communities import OPERATOR
from ledger.registers.members import NewMember
from ledger.registers.registry import ACCOUNTS, EXPECTED_CASH, FUNDS, KNOWN_CHANGES, POLICIES, READINGS, ROLES
from ledger.workflow import budgets
from tests.communities.small_community import JOINED
from tests.ledger.exchange.files import REGISTERS, SLUG, Files, hours, posting

Said = dict[str, Any]
COMMUNITY = {"slug": "other", "name": "Willow", "currency": "EUR", "timezone": "Europe/Athens"}
ANA = {"user": "ana", "name": "Ana", "joined": "2023-05-01", "left": None, "household": "H1"}
HOME = {"code": "H1", "name": "Lower Lane 3"}


@pytest.fixture(scope="module")
def willow() -> Said:
    said: Said = json.loads(REGISTERS.read_text())
    return said


def test_every_list_of_the_file_stands_in_the_books(files: Files, willow: Said) -> None:
    outcome = files.registers(willow)
    assert (outcome.read, outcome.posted + outcome.already, outcome.refused) == (406, 406, ())
    with read_books(files.engine, SLUG) as unit:
        assert len(READINGS.all(unit)) == len(willow["readings"])
        assert len(ROLES.all(unit)) == len(willow["roles"])
        assert set(decisions.codes(unit)) == {decision["id"] for decision in willow["decisions"]}
        (plan,) = budgets.all(unit)
        assert (len(plan.lines), len(plan.known_changes), len(plan.notes)) == (40, 3, 3)
        assert [line.account for line in plan.lines] == [line["account"] for line in willow["budgets"][0]["lines"]]
        assert communities.settings(unit).books_began
        eli, ivo = (members.find_by_user(unit, user) for user in ("eli", "ivo"))
        (term,) = [t for t in ROLES.all(unit).values() if t.role == "organiser" and t.trainee]
        assert (term.trainee, str(term.trainee_from)) == (ivo, "2026-03-01")
        assert "treasurer" in roles.roles_held(unit, eli or 0, term.from_.replace(year=2026, month=1))
        assert verify(unit).findings == ()
    assert (files.registers(willow).posted, files.registers(willow).already) == (0, 406)


def test_other_content_updates_and_what_is_left_out_stays(files: Files, willow: Said) -> None:
    files.registers(willow)
    with read_books(files.engine, SLUG) as unit:
        before = unit.at
    outcome = files.registers(
        {"funds": [willow["funds"][1] | {"name": "For bad months"}], "policies": {"privacy.k_members": 7}}
    )
    assert (outcome.read, outcome.posted, outcome.already) == (2, 2, 0)
    with read_books(files.engine, SLUG) as unit:
        assert (FUNDS.all(unit)["EMF"].name, FUNDS.all(unit)["EDU"].name) == ("For bad months", "Education")
        policy = POLICIES.get(unit, "privacy.k_members")
        assert policy is not None
        assert policy.value == 7
    with read_books(files.engine, SLUG, before) as unit:
        assert FUNDS.all(unit)["EMF"].name == "Emergency"


def test_lists_of_a_day_are_replaced_as_a_whole(files: Files, willow: Said) -> None:
    files.registers(willow)
    expected = willow["expected_cash"]
    assert files.registers({"expected_cash": expected[2:], "budgets": []}).ok
    with read_books(files.engine, SLUG) as unit:
        assert [str(item.date) for item in EXPECTED_CASH.all(unit).values()] == [item["date"] for item in expected[2:]]
        assert len(KNOWN_CHANGES.all(unit)) == 3
    assert files.registers({"expected_cash": [expected[0] | {"as_at": "2026-04-30"}]}).posted == 1
    with read_books(files.engine, SLUG) as unit:
        assert len(EXPECTED_CASH.all(unit)) == len(expected[2:]) + 1


def test_people_are_joined_by_user_name_then_by_name(files: Files) -> None:
    files.journal(hours())
    with read_books(files.engine, SLUG) as unit:
        ana = members.owners(unit)["Ana"]
    assert files.registers({"households": [HOME], "members": [ANA]}).ok
    assert files.registers({"members": [ANA | {"name": "Ana Maria"}]}).posted == 1
    with read_books(files.engine, SLUG) as unit:
        assert members.get(unit, ana).name == "Ana Maria"
        assert members.get(unit, ana).household == "H1"
        assert len(members.get_all(unit)) == 2


def test_a_partner_that_a_journal_took_for_a_member_becomes_one(files: Files) -> None:
    owed = [
        posting(5, account="1150", unit="EUR", fund="GEN", owner="Riverbend"),
        posting(-5, account="1000", unit="EUR", fund="GEN"),
    ]
    files.journal(hours(postings=owed))
    partner = {"code": "riverbend", "name": "Riverbend", "limit_they_owe_minutes": 1200}
    assert files.registers({"partners": [partner]}).ok
    with read_books(files.engine, SLUG) as unit:
        assert members.get_all(unit) == {}
        assert [known.name for known in members.partners(unit).values()] == ["Riverbend"]
    assert files.registers({"partners": [partner | {"name": "River Bend"}]}).posted >= 1
    with read_books(files.engine, SLUG) as unit:
        assert [known.name for known in members.partners(unit).values()] == ["River Bend"]


def test_a_member_without_a_user_name_is_joined_by_name(files: Files) -> None:
    said = {"members": [{"name": "Ana", "joined": "2023-05-01"}]}
    assert (files.registers(said).posted, files.registers(said).posted) == (1, 0)


def test_going_live_is_not_set_by_a_file_and_not_unset(files: Files) -> None:
    with write_books(files.engine, SLUG) as unit:
        live = replace(communities.settings(unit), go_live=JOINED)
        communities.change_settings(unit, live, entered_by=OPERATOR)
    assert files.registers({"community": COMMUNITY | {"name": "Willow Lane"}}).posted == 1
    with read_books(files.engine, SLUG) as unit:
        assert communities.settings(unit).go_live == JOINED
        assert members.parties(unit)[0].name == "Willow Lane"


def test_a_new_account_can_be_posted_to(files: Files) -> None:
    line = {"code": "6135", "name": "Seeds shared", "kind": "expense", "side": "debit", "unit": "EUR"}
    assert files.registers({"accounts": [line]}).posted == 1
    pair = [posting(5, account="6135", unit="EUR", fund="GEN"), posting(-5, account="1000", unit="EUR", fund="GEN")]
    assert files.journal(hours(postings=pair)).posted == 1
    with read_books(files.engine, SLUG) as unit:
        assert (ACCOUNTS.all(unit)["6135"].name, store.account_classes(unit)["6135"]) == ("Seeds shared", "EXPENSE")


LINE = {"fund": "GEN", "programme": None, "account": "6100", "unit": "EUR", "months": [1] * 12}
PLAN = {"year": 2026, "version": 1, "state": "draft", "decision": None, "approved": None, "lines": []}
ROLE = {"role": "checker", "scope": None, "holder": "ana", "from": "2026-01-01", "to": "2026-12-31", "trainee": None}
READ = {"meter": "water", "date": "2026-03-31", "month": "2026-03", "quantity": 1, "unit": "m3", "method": "metered"}
METER = {"code": "water", "name": "Water", "unit": "m3", "kind": "water"}
REFUSED: dict[str, tuple[Any, str, str]] = {
    "a list instead of a file": ([], "file", "an object in braces"),
    "a section of another name": ({"colours": []}, "colours", "this section is not known"),
    "a section that is no list": ({"funds": {}}, "funds", "a list is expected"),
    "an item that is none": ({"funds": [3]}, "funds", r"funds[1]: an object"),
    "people that are no list": ({"members": 3}, "members", "a list is expected"),
    "a list that is not kept yet": ({"norms": [{"a": 1}]}, "norms", "not kept yet"),
    "a kind of account of another name": (
        {"accounts": [{"code": "1", "name": "A", "kind": "cash", "side": "debit", "unit": "EUR"}]},
        "accounts[1]",
        "accounts[1].kind: one of these is expected: asset",
    ),
    "an account that would become another": (
        {"accounts": [{"code": "1000", "name": "A", "kind": "income", "side": "debit", "unit": "EUR"}]},
        "accounts[1]",
        "account 1000 stays what it is",
    ),
    "a class of fund of another name": (
        {"funds": [{"code": "A", "name": "A", "class": "free"}]},
        "funds[1]",
        "funds[1].class",
    ),
    "a fund that is in no list": (
        {"places": [{"code": "tin", "name": "Tin", "account": "1020", "funds": ["ZZZ"]}]},
        "places[1]",
        "“ZZZ” is in no list",
    ),
    "a month of another form": (
        {"person_nights": [{"month": "March", "person_nights": 3}]},
        "person_nights[1]",
        "a month is written",
    ),
    "a year of another form": ({"farm_shares_offered": {"next": 2}}, "farm_shares_offered.next", "a whole number"),
    "a person whom nobody knows": ({"roles": [ROLE]}, "roles[1]", "nobody called “ana”"),
    "a trainee with a field too many": (
        {"members": [ANA | {"household": None}], "roles": [ROLE | {"trainee": {"user": "ana", "x": 1}}]},
        "roles[1]",
        "trainee.x: this field",
    ),
    "a trainee that is none": (
        {"members": [ANA | {"household": None}], "roles": [ROLE | {"trainee": 3}]},
        "roles",
        "trainee: an object",
    ),
    "a method of another name": (
        {"meters": [METER], "readings": [READ | {"method": "guessed"}]},
        "readings[1]",
        "method: one of these",
    ),
    "a plan of eleven months": (
        {"budgets": [PLAN | {"lines": [LINE | {"months": [1] * 11}]}]},
        "budgets[1].lines[1]",
        "twelve amounts",
    ),
    "a plan that is none": ({"budgets": [PLAN | {"year": "soon", "lines": [LINE]}]}, "budgets[1]", "a whole number"),
    "another currency": ({"community": COMMUNITY | {"currency": "GBP"}}, "community", "kept in EUR"),
    "a zone of another planet": ({"community": COMMUNITY | {"timezone": "Mars"}}, "community", "Europe/Athens"),
    "a community that is none": ({"community": 3}, "community", "an object in braces"),
    "a member without a name": (
        {"members": [{"user": "ana", "joined": "2023-05-01"}]},
        "members[1]",
        "name: this field is missing",
    ),
    "a name that is no name": ({"members": [ANA | {"name": 3}]}, "members[1]", "name: a name is expected"),
    "a member without a day": ({"members": [{"name": "Ana"}]}, "members[1]", "joined: this field is missing"),
    "two members of one name": (
        {"members": [ANA | {"household": None}, ANA | {"user": "anna", "household": None}]},
        "members[2]",
        "someone else’s name",
    ),
    "a household that is in no list": ({"members": [ANA]}, "members[1]", "no household “H1”"),
    "a household without a code": ({"households": [{"name": "Mill"}]}, "households[1]", "code: this field is missing"),
    "a policy with a broken number": ({"policies": {"a": 1.5}}, "policies.a", "whole number"),
    "policies in a list": ({"policies": [1]}, "policies", "an object in braces"),
}


@pytest.mark.parametrize(("said", "place", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_is_wrong_refuses_the_file_and_names_the_place(
    sqlite_files: Files, said: Any, place: str, reason: str
) -> None:
    with read_books(sqlite_files.engine, SLUG) as unit:
        head = unit.head
    outcome = sqlite_files.registers(said)
    assert [refused.key for refused in outcome.refused] == [place]
    assert reason in str(outcome.refused[0].error)
    assert outcome.posted == 0
    with read_books(sqlite_files.engine, SLUG) as unit:
        assert unit.head == head


def test_two_people_of_the_books_do_not_become_one(sqlite_files: Files) -> None:
    with write_books(sqlite_files.engine, SLUG) as unit:
        new = [NewMember(name="Ana", user="ana", joined=JOINED), NewMember(name="Bea", joined=JOINED)]
        members.add(unit, new, entered_by=OPERATOR)
    (refused,) = sqlite_files.registers({"members": [ANA | {"name": "Bea", "household": None}]}).refused
    assert "someone else’s name" in str(refused.error)


@pytest.mark.parametrize("text", ["", "{", '{"funds": [], "funds": []}', '{"funds": NaN}'])
def test_what_is_not_json_is_refused(sqlite_files: Files, text: str) -> None:
    with pytest.raises(LineWrong, match="not JSON"):
        sqlite_files.registers(text)


def test_a_file_that_cannot_be_read_is_refused(sqlite_files: Files) -> None:
    path = sqlite_files.folder / "registers.json"
    with pytest.raises(FileUnread, match="No such file"):
        import_registers(sqlite_files.engine, SLUG, path)
    path.write_bytes(b"\xff")
    with pytest.raises(FileUnread, match="not UTF-8"):
        import_registers(sqlite_files.engine, SLUG, path)
