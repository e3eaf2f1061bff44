"""The frame of every page: where one can go, in which language, and who helps."""

from __future__ import annotations

import re

import pytest
from flask import Flask, g, render_template_string, request
from flask.testing import FlaskClient

from web.identity import permissions
from web.shared import layout
from web.shared.form_state import Form
from web.shared.layout import NavItem

OFFICE = frozenset({"treasurer"})
PLACES = (
    NavItem(label="Statement", endpoint="statement", on_top=True, order=2),
    NavItem(label="Home", endpoint="home", on_top=True, order=1),
    NavItem(label="Decisions", endpoint="decisions"),
    NavItem(label="Desk", endpoint="desk", area="office", roles=OFFICE, on_top=True),
    NavItem(label="Check", endpoint="check", area="office", roles=frozenset({"checker"})),
)
LABELS = {place.label for place in PLACES}
PAGE = (
    """{% extends "base.html" %}{% block title %}A page{% endblock %}{% block content %}<h1>A page</h1>{% endblock %}"""
)


def visitor(*roles: str) -> permissions.CurrentMember:
    return permissions.CurrentMember(
        login_id=1,
        party_id=2,
        name="Ana",
        roles=frozenset({"member", *roles}),
        slug="willow",
        community_name="Willow & co",
    )


@pytest.fixture
def app(shell_app: Flask) -> Flask:
    """Return the application with five empty pages; who looks is said by the address."""
    for place in PLACES:
        shell_app.add_url_rule(f"/c/<slug>/pages/{place.endpoint}", place.endpoint, permissions.allow_anyone(show))
    shell_app.add_url_rule("/c/<slug>/pages/statement/older", "older", permissions.allow_anyone(show))
    shell_app.extensions["places"] = [one for one in shell_app.extensions["places"] if one.label not in LABELS]
    layout.add_places(shell_app, PLACES)
    return shell_app


def show(slug: str) -> str:
    g.visitor = visitor(*request.args.getlist("as"))
    return render_template_string(PAGE)


def page(app: Flask, path: str) -> str:
    return app.test_client().get(path).get_data(as_text=True)


def links(html: str) -> list[str]:
    return re.findall(r"<a href=\"/c/[^>]*>([^<]+)</a>", html)


def test_places_stand_in_their_order_and_the_open_one_is_marked(app: Flask) -> None:
    top = page(app, "/c/willow/pages/home").split("<nav")[1].split("</nav>")[0]
    assert [label for label in links(top) if label in LABELS] == ["Home", "Statement"]
    assert re.findall(r'aria-current="page">(\w+)', top) == ["Home"]


def test_offices_are_shown_only_to_those_who_hold_them(app: Flask) -> None:
    assert "Desk" not in page(app, "/c/willow/pages/home")
    seen = page(app, "/c/willow/pages/home?as=treasurer").split("<footer")[1]
    assert [label for label in links(seen) if label in LABELS] == ["Home", "Statement", "Decisions", "Desk"]


def test_what_stands_in_the_contents_is_not_listed_for_offices_again(app: Flask) -> None:
    layout.add_places(app, [NavItem(label="Home", endpoint="home", area="office", roles=OFFICE)])
    seen = page(app, "/c/willow/pages/home?as=treasurer").split("<footer")[1]
    assert links(seen).count("Home") == 1


def test_an_office_has_its_own_bar_above(app: Flask) -> None:
    top = page(app, "/c/willow/pages/desk?as=treasurer").split("<nav")[1].split("</nav>")[0]
    assert [label for label in links(top) if label in LABELS] == ["Desk"]


def test_the_communitys_name_stands_on_every_page_and_is_escaped(app: Flask) -> None:
    html = page(app, "/c/willow/pages/home")
    assert "<title>A page – Willow &amp; co</title>" in html
    assert "<bdi>Willow &amp; co</bdi>" in html


def test_a_stranger_sees_neither_places_nor_names(browse: FlaskClient) -> None:
    html = browse.get("/nowhere").get_data(as_text=True)
    assert "<nav" not in html
    assert "A person who helps" in html


def test_help_stands_in_the_same_place_on_every_page(app: Flask) -> None:
    pages = [page(app, "/c/willow/pages/home"), page(app, "/nowhere")]
    assert all(
        html.split('<div class="foot__in">')[1].split("</h2>")[0].endswith("A person who helps") for html in pages
    )


def test_a_page_with_a_refused_form_says_so_in_its_title_and_first(shell_app: Flask) -> None:
    form = Form(errors={"day": "Write the day.", "form": "Nobody may do this."})
    with shell_app.test_request_context("/"):
        html = render_template_string(PAGE, form=form)
    assert "<title>Error: A page – Hourstead</title>" in html
    main = html.split("<main")[1]
    assert main.index("There is a problem") < main.index("<h1>")
    assert '<a href="#f-day">Write the day.</a>' in main


def test_a_language_asked_for_by_its_link_is_kept(browse: FlaskClient) -> None:
    first = browse.get("/styleguide?lang=ar-XB").get_data(as_text=True)
    later = browse.get("/styleguide").get_data(as_text=True)
    assert all('<html lang="ar-XB" dir="rtl">' in html for html in (first, later))


@pytest.mark.parametrize("query", ["?lang=tlh", "?lang=%00", "?lang="])
def test_a_language_that_is_not_here_changes_nothing(browse: FlaskClient, query: str) -> None:
    answer = browse.get(f"/styleguide{query}")
    assert '<html lang="en" dir="ltr">' in answer.get_data(as_text=True)
    assert "language" not in answer.headers.get("Set-Cookie", "")


def test_a_language_link_keeps_what_was_asked_for(browse: FlaskClient) -> None:
    html = browse.get("/styleguide?page=2&words=a%26b").get_data(as_text=True)
    assert 'href="?page=2&amp;words=a%26b&amp;lang=en-XA"' in html


def test_the_style_guide_is_shown_only_in_the_workshop(browse: FlaskClient, shell_app: Flask) -> None:
    import dataclasses

    assert browse.get("/styleguide").status_code == 200
    shell_app.extensions["settings"] = dataclasses.replace(shell_app.extensions["settings"], workshop=False)
    assert browse.get("/styleguide").status_code == 404


def test_a_page_within_a_place_marks_its_place(app: Flask) -> None:
    top = page(app, "/c/willow/pages/statement/older").split("<nav")[1].split("</nav>")[0]
    assert re.findall(r'aria-current="true">(\w+)', top) == ["Home"]
