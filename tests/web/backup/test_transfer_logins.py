"""Sign-ins go along with a community that moves, and go with the names that are erased."""

from __future__ import annotations

from pathlib import Path

import migrations
from ledger.database.engine import make_engine
from ledger.database.unit_of_work import read_books, read_transaction, write_transaction
from ledger.transfer.transfer import move
from tests.communities.small_community import BEA, ELI, SLUG, SmallCommunity
from web import identity
from web.backup.transfer_logins import LoginTransfer
from web.identity import logins


def test_who_could_sign_in_can_do_so_there_unless_the_name_is_taken(community: SmallCommunity, tmp_path: Path) -> None:
    for name, number in (("bea", BEA), ("eli", ELI)):
        identity.make_login(community.engine, name, "tomato ladder sky", SLUG, number)
    there = make_engine(f"sqlite:///{tmp_path / 'there.sqlite'}")
    migrations.upgrade(there)
    with write_transaction(there) as connection:
        stranger = logins.create(connection, "Bea", "another hash")
    carried = LoginTransfer()
    move(community.engine, there, SLUG, "there", copy_more=carried)
    assert (carried.copied, carried.skipped) == (1, 1)
    with read_books(there, SLUG) as books:
        eli = logins.find_by_party(books.connection, books.community_id, ELI)
        assert eli is not None
        assert (eli.user_name, [one.party_id for one in logins.list_memberships(books.connection, eli.login_id)]) == (
            "eli",
            [ELI],
        )
        assert logins.find_by_party(books.connection, books.community_id, BEA) is None
        assert logins.list_memberships(books.connection, stranger) == []
    there.dispose()


def test_a_login_goes_with_the_last_person_it_stands_for(community: SmallCommunity) -> None:
    identity.make_login(community.engine, "eli", "tomato ladder sky", SLUG, ELI)
    with read_books(community.engine, SLUG) as books:
        number = books.community_id
    with write_transaction(community.engine) as connection:
        logins.remove_party(connection, number, ELI)
        logins.remove_party(connection, number, ELI)
    with read_transaction(community.engine) as connection:
        assert logins.find(connection, "eli") is None
