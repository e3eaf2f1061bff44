"""People: who is in the community, and adding more; for organisers."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from ledger.core.errors import FieldWrong, NameTaken
from ledger.core.messages import N_, make_message
from ledger.database.unit_of_work import ReadUnit, write_books
from ledger.registers import communities, members, roles
from ledger.registers.records import Member
from web.database import get_engine, open_books
from web.i18n.formats import day_in_full
from web.i18n.formats import names as listed
from web.i18n.translation import gettext
from web.identity import form_idempotency, permissions
from web.identity.link_permissions import offices_gained
from web.pages.people.member_view import SignIns, office_name, shown_name, sign_ins
from web.pages.people.people_forms import NamesSchema, people
from web.shared.components import Cell, Column, Fact, Table, TextOrCell, single_group
from web.shared.form_state import Form, form_values
from web.shared.layout import NavItem

bp = Blueprint("people", __name__, url_prefix="/c/<slug>/people")
PLACES = (
    NavItem(
        label=N_("People"), endpoint="people.show", area="office", roles=frozenset({permissions.ORGANISER}), order=60
    ),
)


@bp.get("")
@permissions.require_role(permissions.ORGANISER)
def show(slug: str) -> ResponseReturnValue:
    """Everyone in the community, their offices, and who can sign in."""
    with open_books(slug) as books:
        today = communities.today(books)
        here = members.enrolled(books, today)
        others = [member for number, member in members.get_all(books).items() if number not in here]
        offices = offices_on(books, today)
        follows = roles.holders(books, roles.ORGANISER, today + dt.timedelta(days=31))
        ways = sign_ins(books)
        beyond = {number for number in offices if offices_gained(books, permissions.current_member().party_id, number)}
        without = [number for number in here if not ways.knows(number) and number not in beyond]
    return render_template(
        "people/members.html",
        slug=slug,
        table=_table(slug, here, offices, ways),
        count=len(here),
        others=_others(slug, others) if others else None,
        without=without,
        follows=bool(follows),
        form=Form.fresh(),
    )


def offices_on(books: ReadUnit, day: dt.date) -> Mapping[int, list[str]]:
    """Who holds which offices on a day, in words."""
    found: dict[int, set[str]] = defaultdict(set)
    for term in roles.get_all(books).values():
        if term.holder is not None and term.is_held(day):
            found[term.holder].add(office_name(term.role))
    return {holder: sorted(names) for holder, names in found.items()}


def _table(slug: str, here: Mapping[int, Member], offices: Mapping[int, list[str]], ways: SignIns) -> Table:
    lines: list[list[TextOrCell]] = [
        [_name(slug, member), listed(offices[number]) if number in offices else "", ways.words(number)]
        for number, member in here.items()
    ]
    columns = [Column(label=gettext(label)) for label in (N_("Person"), N_("Offices today"), N_("Sign-in"))]
    return Table(
        caption=gettext("Everyone who belongs to the community today"), columns=columns, groups=single_group(lines)
    )


def _others(slug: str, others: Sequence[Member]) -> Table:
    lines: list[list[TextOrCell]] = [
        [_name(slug, member), day_in_full(member.joined), day_in_full(member.left) if member.left else ""]
        for member in others
    ]
    columns = [Column(label=gettext(label)) for label in (N_("Person"), N_("First day"), N_("Last day"))]
    return Table(caption=gettext("Those who left, or have not joined yet"), columns=columns, groups=single_group(lines))


def _name(slug: str, member: Member) -> Cell:
    href = url_for("person.show", slug=slug, party_id=member.party_id)
    return Cell(text=shown_name(member), href=href)


@bp.get("/add")
@permissions.require_role(permissions.ORGANISER)
def ask(slug: str) -> ResponseReturnValue:
    """Where names are typed or pasted."""
    return _add_page(slug, Form.fresh())


@bp.post("/add")
@permissions.require_role(permissions.ORGANISER)
def add(slug: str) -> ResponseReturnValue:
    """Look at the names once more, then add the people."""
    form = Form.filled(request.form)
    try:
        sent = NamesSchema().load(form_values(request.form))
        names = people(sent["names"])
        if sent["do"] == "save":
            _add(slug, names, form.key)
            return redirect(url_for("people.added", slug=slug, key=form.key), 303)
        _refuse_known(slug, names)
    except ValidationError as wrong:
        return _add_page(slug, Form.filled(request.form, wrong.messages_dict), 422)
    except (FieldWrong, NameTaken) as wrong:
        return _add_page(slug, Form.filled(request.form, {"names": wrong.message}), 422)
    if sent["do"] == "change":
        return _add_page(slug, form)
    facts = [Fact(term=gettext("Person %(number)s", number=place), detail=name) for place, name in enumerate(names, 1)]
    return render_template("people/members_add_check.html", slug=slug, form=form, facts=facts, count=len(names))


def _refuse_known(slug: str, names: Sequence[str]) -> None:
    with open_books(slug) as books:
        owners = members.owners(books)
    for name in names:
        if name in owners:
            raise NameTaken(make_message("The name “%(name)s” is taken.", name=name))


def _add(slug: str, names: Sequence[str], key: str) -> None:
    content = {"add": list(names)}
    with write_books(get_engine(), slug) as books:
        if form_idempotency.find_result(books.connection, books.community_id, key, content) is not None:
            return
        today = communities.today(books)
        new = [members.NewMember(name=name, joined=today) for name in names]
        numbers = members.add(books, new, entered_by=permissions.current_member().party_id)
        form_idempotency.store_result(books.connection, books.community_id, key, content, {"people": numbers})


def _add_page(slug: str, form: Form, status: int = 200) -> ResponseReturnValue:
    return make_response(render_template("people/members_add.html", slug=slug, form=form), status)


@bp.get("/added/<key>")
@permissions.require_role(permissions.ORGANISER)
def added(slug: str, key: str) -> ResponseReturnValue:
    """The receipt: who was added, and what comes next."""
    with open_books(slug) as books:
        result = form_idempotency.get_result(books.connection, books.community_id, key)
        everyone = members.get_all(books)
    found = [everyone[number] for number in (result or {}).get("people", ()) if number in everyone]
    if not found:
        abort(404)
    return render_template("people/members_added.html", slug=slug, people=found, form=Form.fresh())
