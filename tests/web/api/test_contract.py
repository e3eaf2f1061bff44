"""The API keeps to its own description, whatever it is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import schemathesis
from flask import Flask
from hypothesis import given, settings
from schemathesis.core.result import Ok

from tests.applications import settings_in
from tests.willow import SignIn
from web import create_app

Operation: TypeAlias = schemathesis.schemas.APIOperation[Any, Any, Any, Any]


def operations(app: Flask) -> list[Operation]:
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
    return [found.ok() for found in described.get_all_operations() if isinstance(found, Ok)]


@pytest.mark.parametrize("place", ["anywhere", "at home"])
def test_any_question_is_answered_as_described(
    willow_app: Flask, sign_in: SignIn, share: Callable[[int, int], int], place: str
) -> None:
    name = willow_app.config["SESSION_COOKIE_NAME"]
    cookie = sign_in("eli").get_cookie(name)
    assert cookie

    def ask(operation: Operation) -> None:
        @settings(max_examples=share(15, 500))
        @given(case=operation.as_strategy())
        def answer_holds(case: schemathesis.Case[Any]) -> None:
            if place == "at home" and "slug" in case.path_parameters:
                case.path_parameters["slug"] = "willow"
            case.call_and_validate(cookies={name: cookie.value})

        answer_holds()

    asked = operations(willow_app)
    for operation in asked:
        ask(operation)
    assert len(asked) >= 6


@pytest.mark.parametrize(
    ("address", "name"), [("http://127.0.0.1", "hourstead-session"), ("https://a.example", "__Host-hourstead-session")]
)
def test_the_description_names_the_cookie_that_signs_in(tmp_path: Path, address: str, name: str) -> None:
    app = create_app(settings_in(tmp_path, PUBLIC_URL=address))
    described = app.test_client().get("/api/v1/openapi.json", base_url=address).get_json()
    assert described["components"]["securitySchemes"]["session"]["name"] == name
    assert app.config["SESSION_COOKIE_NAME"] == name


@pytest.mark.parametrize("number", ["0", "999999999", "9204069543030744754812779996643328"])
def test_a_number_that_no_entry_has_is_no_page(sign_in: SignIn, number: str) -> None:
    assert sign_in("eli").get(f"/api/v1/communities/willow/entries/{number}").status_code == 404
