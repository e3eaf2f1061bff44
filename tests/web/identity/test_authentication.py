"""The ways in, and what each of them refuses."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete

from ledger.core.errors import FieldsWrong, FieldWrong, LedgerError
from ledger.database.unit_of_work import read_transaction, write_transaction
from tests.neighbours import PASSWORD, Neighbours
from web import identity
from web.identity import authentication, links, logins, sessions
from web.identity.authentication import LinkGone, NewCredentials
from web.identity.links import Link
from web.identity.rate_limits import PER_ACCOUNT_AND_NETWORK, TooManyTries
from web.models.identity import Membership

HERE = "192.0.2.1"
MIA = NewCredentials("mia", "three odd words")


def opened(neighbours: Neighbours, name: str) -> Link:
    slug = neighbours.slug_of(name)
    handed = identity.make_sign_in_link(neighbours.engine, slug, neighbours.people[name], 1)
    with read_transaction(neighbours.engine) as connection:
        link = links.find(connection, handed.path.rpartition("/")[2])
    assert link is not None
    return link


def without_login(neighbours: Neighbours, name: str) -> None:
    login_id = neighbours.login_of(name)
    with write_transaction(neighbours.engine) as connection:
        connection.execute(delete(Membership).where(Membership.login_id == login_id))


def came_in(neighbours: Neighbours, identity_: str, password: str = PASSWORD) -> bool:
    with neighbours.app.app_context():
        return authentication.check_sign_in(neighbours.engine, identity_, password, HERE) is not None


def test_user_name_or_address_and_password_open_the_door(neighbours_on_both: Neighbours) -> None:
    with write_transaction(neighbours_on_both.engine) as connection:
        logins.set_email(connection, neighbours_on_both.login_of("Ana"), "ana@example.org")
    assert [came_in(neighbours_on_both, who) for who in ("ana", " ANA ", "Ana@Example.org")] == [True] * 3
    assert [came_in(neighbours_on_both, *pair) for pair in (("ana", "ladder sky tomato"), ("nobody",))] == [False] * 2


def test_too_many_tries_are_not_even_judged(neighbours: Neighbours) -> None:
    for _ in range(PER_ACCOUNT_AND_NETWORK.tries):
        assert not came_in(neighbours, "ana", "not the password")
    with pytest.raises(TooManyTries):
        came_in(neighbours, "ana")
    assert came_in(neighbours, "bea")


def test_unknown_users_are_counted_like_known_ones(neighbours: Neighbours) -> None:
    for _ in range(PER_ACCOUNT_AND_NETWORK.tries):
        assert not came_in(neighbours, "nobody")
    with pytest.raises(TooManyTries):
        came_in(neighbours, "nobody")


def test_a_login_without_password_opens_nothing(neighbours: Neighbours) -> None:
    with write_transaction(neighbours.engine) as connection:
        logins.create(connection, "new", None)
    assert not came_in(neighbours, "new", "")


def test_a_link_makes_a_login_and_a_membership(neighbours_on_both: Neighbours) -> None:
    without_login(neighbours_on_both, "Bea")
    link = opened(neighbours_on_both, "Bea")
    known = authentication.redeem_link(neighbours_on_both.engine, link, MIA)
    assert known.user_name == "mia"
    with read_transaction(neighbours_on_both.engine) as connection:
        places = logins.list_memberships(connection, known.login_id)
    assert [(place.slug, place.party_id) for place in places] == [("willow", neighbours_on_both.people["Bea"])]
    with pytest.raises(LinkGone):
        authentication.redeem_link(neighbours_on_both.engine, link, MIA)


def test_a_link_for_someone_with_a_login_sets_the_password_and_signs_out(neighbours_on_both: Neighbours) -> None:
    engine, login_id = neighbours_on_both.engine, neighbours_on_both.login_of("Bea")
    with write_transaction(engine) as connection:
        reference = sessions.begin(connection, login_id, kept=True, device="")
    authentication.redeem_link(engine, opened(neighbours_on_both, "Bea"), NewCredentials("bea", "three odd words"))
    assert came_in(neighbours_on_both, "bea", "three odd words")
    assert not came_in(neighbours_on_both, "bea")
    with read_transaction(engine) as connection:
        assert sessions.find(connection, reference) is None


def test_a_link_opened_by_two_at_once_makes_one_login(neighbours_on_both: Neighbours) -> None:
    without_login(neighbours_on_both, "Bea")
    link = opened(neighbours_on_both, "Bea")

    def attempt(number: int) -> str:
        try:
            return authentication.redeem_link(
                neighbours_on_both.engine, link, NewCredentials(f"bea{number}", "three odd words")
            ).user_name
        except LedgerError as refusal:
            return refusal.slug

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(attempt, range(4)))
    assert outcomes.count("link-gone") == 3


def test_a_taken_user_name_leaves_the_link_good(neighbours_on_both: Neighbours) -> None:
    without_login(neighbours_on_both, "Bea")
    link = opened(neighbours_on_both, "Bea")
    with pytest.raises(FieldWrong):
        authentication.redeem_link(neighbours_on_both.engine, link, NewCredentials("ANA", "three odd words"))
    authentication.redeem_link(neighbours_on_both.engine, link, MIA)


def test_a_login_can_join_a_second_community_but_not_the_same_twice(neighbours: Neighbours) -> None:
    without_login(neighbours, "Sol")
    link, ana = opened(neighbours, "Sol"), neighbours.login_of("Ana")
    authentication.join_by_link(neighbours.engine, link, ana)
    with read_transaction(neighbours.engine) as connection:
        assert [place.slug for place in logins.list_memberships(connection, ana)] == ["willow", "river"]
    without_login(neighbours, "Bea")
    with pytest.raises(LinkGone):
        authentication.join_by_link(neighbours.engine, opened(neighbours, "Bea"), ana)


def test_a_link_of_one_community_never_opens_another(neighbours_on_both: Neighbours) -> None:
    engine, bea = neighbours_on_both.engine, neighbours_on_both.login_of("Bea")
    without_login(neighbours_on_both, "Sol")
    authentication.join_by_link(engine, opened(neighbours_on_both, "Sol"), bea)
    link = opened(neighbours_on_both, "Bea")
    assert authentication.find_holder(engine, link) is None
    known = authentication.redeem_link(engine, link, MIA)
    with read_transaction(engine) as connection:
        assert [place.slug for place in logins.list_memberships(connection, known.login_id)] == ["willow"]
        assert [place.slug for place in logins.list_memberships(connection, bea)] == ["river"]
    assert came_in(neighbours_on_both, "bea")


def test_everything_wrong_about_a_choice_is_said_at_once() -> None:
    with pytest.raises(FieldsWrong) as refusal:
        authentication.check_credentials("a b", "short", [])
    assert set(refusal.value.fields) == {"user_name", "password"}


def test_tries_at_codes_are_counted_by_network(neighbours: Neighbours) -> None:
    handed = identity.make_sign_in_link(neighbours.engine, "willow", neighbours.people["Bea"], 1)
    assert authentication.find_link_by_code(neighbours.engine, handed.code, HERE) is not None
    for _ in range(PER_ACCOUNT_AND_NETWORK.tries):
        assert authentication.find_link_by_code(neighbours.engine, "BCDF BCDF", HERE) is None
    with pytest.raises(TooManyTries):
        authentication.find_link_by_code(neighbours.engine, handed.code, HERE)


def test_one_login_is_made_once_for_the_demo(neighbours: Neighbours) -> None:
    bea = neighbours.people["Bea"]
    again = identity.make_login(neighbours.engine, "BEA", "another", "willow", bea)
    assert again == neighbours.login_of("Bea")
    with pytest.raises(LedgerError):
        identity.make_login(neighbours.engine, "beatrice", "another", "willow", bea)
    with pytest.raises(LedgerError):
        identity.make_login(neighbours.engine, "x1", "another", "nowhere", bea)
