"""Odd parameters at every address, for every kind of visitor: whatever is sent, the fault is never ours."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine
from werkzeug.datastructures import MultiDict
from werkzeug.routing import IntegerConverter, Rule

from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft
from ledger.database.unit_of_work import write_books
from ledger.journal.posting import Actors, Key, post
from ledger.registers import members
from tests.web.fields_found import FoundForm, forms_on
from tests.willow import SignIn, token_on

ODD = (
    "",
    "0",
    "-1",
    "1",
    "99999999999999999999999999",
    "9223372036854775808",
    "1e400",
    "NaN",
    "²",
    "٣",
    "%s %(x)s %",
    "{0} {x}",
    "=1+1",
    "<script>alert(1)</script>",
    "a\x00b",
    "\u202egnitseretni",
    "..%2f..%2fetc",
    "a\r\nX-Odd: 1",
    "'; drop table posting; --",
    "0000-00-00",
    "9999-12-31",
    "2026-02-31",
    "2026-99",
    "2026-03",
    "x" * 5000,
    "1:99999999999",
    "willow",
)
"""What programs and people send that nobody meant them to."""
PLAUSIBLE = ("1", "1:30", "12.50", "2026-03-31", "today", "yesterday", "Olives", "GEN", "A-01", "60", "25000", "x")
"""Answers that get further into the house before something odd is noticed."""
PAGES = """
    hours hours/gift hours/other hours/session hours/work swap swap/work record/sale record/cost record/donation
    record/dues record/dues-billed record/dues-paid record/journal record/opening-balance record/emergency-grant
    record/fund-transfer record/grant-received record/barter record/hours record/solidarity-rate resources
    resources/new budgets/plan/2026 budgets/plan/2027 budgets/why/2026-03?programme=GARDEN people people/add people/6
    people/6/name people/6/joined people/6/leave people/6/office settings account/password account/email waiting
    entries/60/reverse
""".split()
READ = """
    statement home entries entries?document==1%2B1 accounts accounts/6000/GEN accounts/T2000/TB budgets desk waiting
    record desk/waiting reports/budget-review/2026-12 reports/budget-review/2026-12.pdf reports/sustainability/2026-12
    reports/budget-review/2026-12.csv reports/trial-balance/2026-12.csv reports/sustainability/2026-12.pdf account
""".split()
TODAY = dt.date(2026, 12, 15)
NAMES = """
    about account actor at before by chart date day days decision document done duration duration_own email first
    fund form from guests helpers identity key kind lang last leaders limit line lines meter mode month months more
    amount minutes name note office old_password owner paper party password people period programme quantity reason
    receiver report slug span stay text to unit user_name version what year amount_own next answers table readings
    language currency timezone year_starts role until people-0 rows-0-amount more-0-amount do on_behalf_of for_whom
""".split()
ROUNDS = 3
FORM_ROUNDS = 12


def addresses(app: Flask, method: str) -> list[Rule]:
    """The addresses that take a method, but for files that stand still and the way out."""
    rules = sorted(app.url_map.iter_rules(), key=lambda rule: (rule.rule, sorted(rule.methods or ())))
    left_out = {"static", "sign_in.sign_out", "account.end_others", "account.end"}
    return [rule for rule in rules if method in set(rule.methods or ()) and rule.endpoint not in left_out]


def filled(app: Flask, rule: Rule, dice: random.Random) -> str:
    """An address with odd values in it."""
    values: dict[str, object] = {}
    for name, converter in rule._converters.items():
        is_number = isinstance(converter, IntegerConverter)
        odd = dice.choice((0, 1, 5, 150, 2026, 2**31, 2**63, 10**30)) if is_number else dice.choice(ODD) or "-"
        values[name] = odd
    if "slug" in rule.arguments:
        values["slug"] = "willow"
    known = {"kind": ("hours", "emergency-grant", "journal", "budget-review", "sale", dice.choice(ODD) or "-")}
    for name, options in known.items():
        if name in values:
            values[name] = dice.choice(options)
    if "month" in values:
        values["month"] = dice.choice(("2026-03", "0000-00", "9999-12", "0001-01", "x"))
    if "form" in values:
        values["form"] = dice.choice(("csv", "json", "html", "exe"))
    method = "GET" if "GET" in (rule.methods or ()) else "POST"
    return str(app.url_map.bind("localhost").build(rule.endpoint, values, method=method))


def questions(dice: random.Random, count: int) -> MultiDict[str, str]:
    """Some parameters with odd values, one or two of each."""
    asked: MultiDict[str, str] = MultiDict()
    for name in dice.sample(NAMES, count):
        for _ in range(dice.choice((1, 1, 2))):
            asked.add(name, dice.choice(ODD))
    return asked


def tries(app: Flask, method: str, seed: str) -> Iterator[tuple[str, MultiDict[str, str]]]:
    """Addresses with what is sent to them; the same ones for the same seed."""
    dice = random.Random(seed)
    for rule in addresses(app, method):
        for _ in range(ROUNDS):
            yield filled(app, rule, dice), questions(dice, dice.randint(0, 12))


def visitor(willow_app: Flask, sign_in: SignIn, who: str) -> FlaskClient:
    return sign_in(who) if who else willow_app.test_client()


@pytest.fixture
def strict(willow_app: Flask) -> Flask:
    """The application as it is served: a fault becomes a page."""
    willow_app.testing = False
    return willow_app


@pytest.mark.parametrize("who", ["", "bea", "eli", "dee", "ana"])
def test_no_odd_question_breaks_a_page(strict: Flask, sign_in: SignIn, who: str) -> None:
    client, broken = visitor(strict, sign_in, who), []
    for address, asked in tries(strict, "GET", f"asking {who}"):
        answer = client.get(address, query_string=asked)
        if answer.status_code >= 500 or "X-Odd" in answer.headers:
            broken.append((answer.status_code, address, dict(asked.lists())))
    assert broken == []


@pytest.mark.parametrize("who", ["", "bea", "eli", "dee", "ana"])
def test_no_odd_answer_breaks_a_form(strict: Flask, sign_in: SignIn, who: str) -> None:
    client, broken = visitor(strict, sign_in, who), []
    for address, sent in tries(strict, "POST", f"answering {who}"):
        page = client.get("/sign-in").get_data(as_text=True)
        sent.setdefault("key", "an odd key")
        sent["csrf_token"] = token_on(page)
        answer = client.post(address, data=sent)
        if answer.status_code >= 500 or "X-Odd" in answer.headers:
            broken.append((answer.status_code, address, dict(sent.lists())))
    assert broken == []


HOSTILE = ("=1+1", "<script>alert(1)</script>", "%s %(x)s 100%", "{0} {name}", "'\"><img src=x onerror=alert(1)>")


def renamed(engine: Engine) -> None:
    """Give people names, and the books words, that mean something to a machine."""
    with write_books(engine, "willow") as books:
        everyone = [one for one in members.get_all(books).values() if one.name]
        for one, name in zip(everyone, HOSTILE, strict=False):
            members.change(books, replace(one, name=name), entered_by=1)
        for place, words in enumerate(HOSTILE):
            lines = (
                PostingDraft(AccountKey("6000", "EUR", "GEN"), 100),
                PostingDraft(AccountKey("1010", "EUR", "GEN"), -100),
            )
            draft = EntryDraft(kind="cost", family="other", effective_on=TODAY, postings=lines)
            draft = replace(draft, narration=words, note=words, document=words)
            post(books, draft, Actors(1), Key("journal", f"odd {place}"))


@pytest.mark.parametrize("who", ["bea", "eli", "ana"])
def test_words_that_mean_something_to_a_machine_stay_words(strict: Flask, sign_in: SignIn, who: str) -> None:
    client = sign_in(who)
    renamed(strict.extensions["engine"])
    pages = [f"/c/willow/{page}" for page in (*PAGES, *READ)]
    for page in pages:
        answer = client.get(page)
        assert answer.status_code < 500, page
        said = "" if answer.mimetype == "application/pdf" else answer.get_data(as_text=True)
        if answer.mimetype == "text/html":
            assert "<script>alert" not in said, page
            assert "<img src=x" not in said, page
        if answer.mimetype == "text/csv":
            assert not any(line.startswith(("=", '"=', "<script")) or ",=1" in line for line in said.splitlines()), page


def answered(dice: random.Random, form: FoundForm) -> MultiDict[str, str]:
    """A form filled in well enough, with something odd in one or two of its fields."""
    sent: MultiDict[str, str] = MultiDict()
    for name, values in form.fields.items():
        known = [value for value in values if value]
        sent[name] = dice.choice(known) if known else dice.choice(PLAUSIBLE)
    asked = [name for name in form.fields if name not in ("csrf_token", "key")]
    for name in dice.sample(asked, min(len(asked), dice.choice((0, 1, 1, 2)))):
        sent[name] = dice.choice(ODD)
    return sent


@pytest.mark.parametrize("who", ["bea", "eli", "ana"])
def test_no_form_breaks_when_a_field_of_it_is_odd(strict: Flask, sign_in: SignIn, who: str) -> None:
    client, dice, broken, counted = sign_in(who), random.Random(f"filling in {who}"), [], 0
    for page in PAGES:
        for form in forms_on(client.get(f"/c/willow/{page}").get_data(as_text=True)):
            if "sign-out" in form.action or "devices" in form.action:
                continue
            for _ in range(FORM_ROUNDS):
                sent = answered(dice, form)
                answer = client.post(form.action or f"/c/willow/{page}", data=sent)
                counted += answer.status_code == 303
                if answer.status_code >= 500:
                    broken.append((answer.status_code, page, form.action, dict(sent.lists())))
    assert broken == []
    assert counted, "no form was ever taken, so nothing deep was tried"
