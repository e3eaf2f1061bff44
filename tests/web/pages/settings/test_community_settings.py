"""What the community says of itself can be changed by its organisers."""

from __future__ import annotations

from ledger.database.unit_of_work import read_books
from ledger.registers import communities
from tests.neighbours import Neighbours

ADDRESS = "/c/willow/settings"
CHANGED = {"name": "Willow Bank", "timezone": "Asia/Tokyo", "language": "en", "paper": "letter", "first_month": "4"}


def test_it_stands_in_the_form_and_is_changed_from_now_on(neighbours: Neighbours) -> None:
    ana = neighbours.signed_in("Ana")
    page = ana.open(ADDRESS)
    assert 'value="Willow"' in page.text
    assert '<option value="Europe/Athens" translate="no" selected>' in page.text
    page = ana.send(ADDRESS, **CHANGED)
    assert "It is changed from now on." in page.text
    assert "<bdi>Willow Bank</bdi>" in page.text
    with read_books(neighbours.engine, "willow") as books:
        stands = communities.settings(books)
    assert (stands.timezone, stands.paper, stands.first_month, stands.currency) == ("Asia/Tokyo", "letter", 4, "EUR")


def test_what_cannot_be_comes_back_as_filled_in(neighbours: Neighbours) -> None:
    ana = neighbours.signed_in("Ana")
    page = ana.fill_in(ADDRESS, **CHANGED | {"name": "", "timezone": "Moon/Base"})
    assert page.status_code == 422
    assert 'href="#f-name"' in page.text
    page = ana.fill_in(ADDRESS, **CHANGED | {"timezone": "Moon/Base"})
    assert 'href="#f-timezone"' in page.text
    assert 'value="Willow Bank"' in page.text


def test_the_currency_cannot_be_slipped_in(neighbours: Neighbours) -> None:
    assert neighbours.signed_in("Ana").fill_in(ADDRESS, **CHANGED, currency="USD").status_code == 422
