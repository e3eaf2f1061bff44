"""Readings on screen: written down, pasted, struck, listed; and on the month's sheet."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.willow import SignIn, token_on

RESOURCES = "/c/willow/resources"


@pytest.fixture
def eli(sign_in: SignIn) -> FlaskClient:
    return sign_in("eli")


def page(client: FlaskClient) -> str:
    return client.get(RESOURCES).get_data(as_text=True)


def send(client: FlaskClient, path: str, **sent: str) -> TestResponse:
    return client.post(f"{RESOURCES}/{path}", data={"csrf_token": token_on(page(client)), **sent})


def test_readings_are_listed_by_thing(sign_in: SignIn) -> None:
    html = page(sign_in("bea"))
    assert "Electricity, main meter" in html
    assert "190 kWh" in html
    assert "Keep the reading" not in html


def test_a_reading_is_written_down_and_stands_on_the_sheet(eli: FlaskClient) -> None:
    sent = {"meter": "water", "quantity": "17.5", "method": "metered", "date": "2026-04-30"}
    assert send(eli, "readings", **sent).status_code == 303
    assert "17.5 m3" in page(eli)
    said = eli.get("/api/v1/communities/willow/reports/sustainability?period=2026-04").get_json()
    water = next(figure for figure in said["figures"] if figure["slug"] == "water")
    assert water["columns"]["month"]["value"] == "35/2"


def test_the_newest_reading_is_struck(eli: FlaskClient) -> None:
    send(eli, "readings", meter="water", quantity="99", date="2026-05-31")
    assert "99 m3" in page(eli)
    assert send(eli, "strike/water/2026-05-31").status_code == 303
    assert "99 m3" not in page(eli)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"meter": "water", "date": "2026-04-30"}, "Write how much"),
        ({"meter": "water", "quantity": "much", "date": "2026-04-30"}, "figures"),
        ({"meter": "water", "quantity": "1", "date": "2999-01-01"}, "has not come yet"),
        ({"meter": "water", "quantity": "1", "date": "2026-04-30", "month": "spring"}, "Write the month as 2026-03"),
        ({"meter": "sun", "quantity": "1", "date": "2026-04-30"}, "There is no meter"),
    ],
)
def test_a_reading_with_a_fault_comes_back_as_filled_in(eli: FlaskClient, sent: dict[str, str], words: str) -> None:
    answer = send(eli, "readings", **sent)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert words in html
    assert f'value="{sent["date"]}"' in html


def test_a_table_of_readings_is_taken_whole_or_not_at_all(eli: FlaskClient) -> None:
    good = "meter,day,quantity,method,month\nwater,2026-04-30,16\nwaste,2026-04-30,90.5,weighed,2026-04"
    assert send(eli, "table", table=good).status_code == 303
    assert "90.5 kg" in page(eli)
    answer = send(eli, "table", table="water,2026-06-30,16\nwater,someday,12")
    assert answer.status_code == 422
    assert "Line 2" in answer.get_data(as_text=True)
    assert "16 m3" in page(eli)
    assert "Jun 2026" not in page(eli)
    assert send(eli, "table", table=" ").status_code == 422


def test_something_new_to_read_is_put_on_the_list(eli: FlaskClient) -> None:
    assert eli.get(f"{RESOURCES}/new").status_code == 200
    assert send(eli, "new", code="Wood!", name="Firewood", unit="kg", kind="fuel").status_code == 422
    assert send(eli, "new", code="wood", name="Firewood", unit="kg", kind="fuel").status_code == 303
    assert "Firewood, kg" in page(eli)


def test_members_only_read(sign_in: SignIn) -> None:
    assert send(sign_in("bea"), "readings", meter="water", quantity="1", date="2026-04-30").status_code == 403
