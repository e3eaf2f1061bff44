"""A refused form: the summary takes the focus, each of its lines leads to a field, and nothing written is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask, render_template_string, request
from playwright.sync_api import Browser, Page, expect

from tests.browser.accessible import assert_nothing_unmarked, assert_page_is_accessible
from web.i18n.translation import gettext as _
from web.identity import permissions
from web.shared.components import Option
from web.shared.form_state import Form

PAGE = """{% extends "base.html" %}
{% from "macros/page.html" import head %}
{% from "macros/forms.html" import ask, save, duration, day, amount, long_text %}
{% block title %}{{ _("Log hours") }}{% endblock %}
{% block content %}{{ head(_("Log hours")) }}
{% call ask(form) %}
{{ duration(form, "duration", _("How long?"), [15, 30, 60], n=1) }}
{{ day(form, "day", _("Which day?"), days) }}
{{ amount(form, "amount", _("How much?"), "EUR") }}
{{ long_text(form, "note", _("Anything else?"), optional=true) }}
{{ save(_("Save hours"), leave="/", n=2) }}
{% endcall %}{% endblock %}"""


def log_hours() -> tuple[str, int]:
    days = [Option(value="2026-05-04", label=_("Today"))]
    wrong = {"duration": ["Choose how long it took, or write it"], "amount": ["Write an amount"]}
    form = Form.filled(request.form, wrong) if request.form else Form.fresh(day="2026-05-04")
    return render_template_string(PAGE, form=form, days=days), 422 if request.form else 200


@pytest.fixture
def address(shell_app: Flask, serve: Callable[[Flask], str]) -> str:
    shell_app.add_url_rule("/log", "log", permissions.allow_anyone(log_hours), methods=["GET", "POST"])
    return f"{serve(shell_app)}/log"


def refuse(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_text("Write it instead").click()
    page.get_by_label("How long, in your words").fill("soon")
    page.get_by_label("Anything else").fill("<b>jam</b>\n\nand more")
    page.get_by_role("button").click()


def test_the_summary_is_first_and_takes_the_focus(page: Page, address: str) -> None:
    refuse(page, address)
    expect(page.locator("main > :first-child .problem")).to_be_focused()
    assert page.title() == "Error: Log hours – Hourstead"


def test_each_line_leads_to_its_field(page: Page, address: str) -> None:
    refuse(page, address)
    page.get_by_role("link", name="Choose how long it took").click()
    assert page.locator(":target").get_attribute("name") == "duration"


def test_what_was_written_comes_back_and_stays_open(page: Page, address: str) -> None:
    refuse(page, address)
    expect(page.get_by_label("How long, in your words")).to_have_value("soon")
    expect(page.get_by_label("How long, in your words")).to_be_visible()
    expect(page.get_by_label("Anything else")).to_have_value("<b>jam</b>\n\nand more")
    expect(page.get_by_label("Today")).to_be_checked()


def test_the_same_key_is_sent_again(page: Page, address: str) -> None:
    page.goto(address)
    key = page.locator("input[name=key]").get_attribute("value")
    page.get_by_role("button").click()
    assert page.locator("input[name=key]").get_attribute("value") == key


def test_it_all_works_without_scripts(browser: Browser, address: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    refuse(page, address)
    expect(page.get_by_label("How long, in your words")).to_have_value("soon")


def test_a_refused_form_is_accessible_and_marked(page: Page, address: str) -> None:
    refuse(page, address)
    assert_page_is_accessible(page, [320, 1280])
    page.goto(f"{address}?lang=en-XA")
    page.get_by_role("button").click()
    assert_page_is_accessible(page)
    assert_nothing_unmarked(page)
