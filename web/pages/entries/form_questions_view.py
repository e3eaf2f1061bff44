"""The questions of a kind's form: each field with its label, its hint and the answers there are to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.core.messages import N_
from ledger.database.unit_of_work import UnitOfWork
from ledger.kinds.base import Kind
from ledger.kinds.fields import FieldSpec, account_fits, fields_of, fund_fits
from ledger.registers import decisions, members
from ledger.registers.records import Decision
from web.i18n.translation import gettext
from web.pages.entries.entry_form import line_numbers
from web.pages.entries.entry_schema import Lists
from web.shared.components import Option
from web.shared.form_state import Form
from web.shared.labels import Labels

METHODS = {
    "metered": N_("read off a meter"),
    "weighed": N_("weighed"),
    "stated": N_("as the bill says"),
    "estimated": N_("estimated"),
}
RARE = ("programme", "quantity")
"""What a line rarely says: folded until it is used."""
MOST_BOXES = 60
"""More people than this are named in a line instead of being ticked."""
LONGEST_DECISION = 60
SPARE_LINES = {True: 4, False: 2}
"""How many empty lines a form shows at first, where lines are asked for and where they may be left out."""
MORE_LINES = 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question as a form asks it; `lines` holds the questions of each line where it asks for lines."""

    name: str
    type: str
    label: str
    hint: str = ""
    optional: bool = False
    options: Sequence[Option] = ()
    unit: str = ""
    lines: Sequence[Line] = ()


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a form with lines: what it asks, and what stands folded until it is used."""

    shown: Sequence[Question]
    more: Sequence[Question]
    is_open: bool


@dataclass(frozen=True)
class Answers:
    """What there is to choose from, read once."""

    lists: Lists
    labels: Labels
    members: Mapping[int, str]
    decisions: Mapping[str, Decision | None]

    @classmethod
    def of(cls, uow: UnitOfWork) -> Answers:
        """The answers as they stand in a unit of work."""
        lists, labels, known = Lists.of(uow), Labels.of(uow), decisions.get_all(uow)
        named = {number: member.name for number, member in members.enrolled(uow, lists.today).items() if member.name}
        return cls(lists, labels, named, {code: known.get(code) for code in decisions.codes(uow)})

    def options(self, spec: FieldSpec) -> list[Option]:
        """The answers to one question; with an empty one first where one is chosen from a list."""
        found = list(_CHOICES[spec.type](self, spec)) if spec.type in _CHOICES else []
        if spec.type in ("choice", "members", "quantity"):
            return found
        blank = gettext("Choose") if spec.required else gettext("None")
        return [Option(value="", label=blank), *found] if found else []

    def unit(self, spec: FieldSpec) -> str:
        """What stands behind an amount."""
        return self.lists.currency if spec.type == "amount" and spec.unit == "money" else ""


def questions(kind: type[Kind], answers: Answers, form: Form, *, more_lines: bool = False) -> dict[str, Question]:
    """Every question of a kind by name, in the order of its form, with as many lines as the form needs."""
    return {spec.name: _question(spec, answers, form, more_lines) for spec in fields_of(kind)}


def _question(spec: FieldSpec, answers: Answers, form: Form, more_lines: bool, prefix: str = "") -> Question:
    name = prefix + spec.name
    numbers = _line_numbers(spec, form, name, more_lines) if spec.type == "rows" else ()
    return Question(
        name=name,
        type=_shown_as(spec, answers),
        label=gettext(spec.label),
        hint=gettext(spec.hint) if spec.hint else _hint(spec),
        optional=not spec.required,
        options=answers.options(spec),
        unit=answers.unit(spec),
        lines=[_line(spec, answers, form, f"{name}-{number}-") for number in numbers],
    )


def _line(spec: FieldSpec, answers: Answers, form: Form, prefix: str) -> Line:
    asked = [_question(row, answers, form, False, prefix) for row in spec.rows]
    more = [one for one in asked if one.optional and one.type in RARE]
    return Line(
        shown=[one for one in asked if one not in more], more=more, is_open=any(is_used(form, one.name) for one in more)
    )


def is_used(form: Form, name: str) -> bool:
    """Whether a question, or a line of it, has an answer or something to put right."""
    written = {key for key, values in form.values.items() if any(values) and not key.endswith("-method")}
    return any(key == name or key.startswith((f"{name}-", f"{name}_own")) for key in (*written, *form.errors))


def _shown_as(spec: FieldSpec, answers: Answers) -> str:
    return "names" if spec.type == "members" and len(answers.members) > MOST_BOXES else spec.type


def _hint(spec: FieldSpec) -> str:
    if spec.type == "amount" and spec.unit == "account":
        return ""
    return gettext("A figure, such as 12.") if spec.type == "count" else ""


def _line_numbers(spec: FieldSpec, form: Form, name: str, more: bool) -> range:
    used = line_numbers(form.values, name)
    count = max([SPARE_LINES[spec.required], *(number + 1 for number in used)])
    return range(count + (MORE_LINES if more else 0))


def _people(answers: Answers, spec: FieldSpec) -> Iterable[Option]:
    if not spec.anyone:
        return _named(answers.members)
    return _named({number: party.name for number, party in answers.lists.people.items() if number > 1 and party.name})


def _named(people: Mapping[int, str]) -> Iterable[Option]:
    in_order = sorted(people.items(), key=lambda one: one[1].casefold())
    return (Option(value=str(number), label=name) for number, name in in_order)


def _accounts(answers: Answers, spec: FieldSpec) -> Iterable[Option]:
    fitting = sorted(code for code, account in answers.lists.accounts.items() if account_fits(spec, account))
    return (Option(value=code, label=answers.labels.chart(code)) for code in fitting)


def _funds(answers: Answers, spec: FieldSpec) -> Iterable[Option]:
    fitting = [code for code, fund in answers.labels.funds.items() if fund_fits(spec, fund)]
    return (Option(value=code, label=answers.labels.fund(code)) for code in fitting)


def _programmes(answers: Answers, _: FieldSpec) -> Iterable[Option]:
    return (Option(value=code, label=answers.labels.programme(code)) for code in answers.labels.programmes)


def _decisions(answers: Answers, _: FieldSpec) -> Iterable[Option]:
    """The newest first; what a private decision says stands nowhere."""
    known = sorted(answers.decisions.items(), key=lambda one: str(one[1].date) if one[1] else "", reverse=True)
    return (Option(value=code, label=_decided(code, made)) for code, made in known)


def _decided(code: str, made: Decision | None) -> str:
    if made is None or made.private or not made.text:
        return code
    text = made.text if len(made.text) <= LONGEST_DECISION else made.text[:LONGEST_DECISION].rsplit(" ", 1)[0] + " …"
    return f"{code}  {text}"


def _ways(_: Answers, __: FieldSpec) -> Iterable[Option]:
    return (Option(value=code, label=gettext(way)) for code, way in METHODS.items())


def _choices(_: Answers, spec: FieldSpec) -> Iterable[Option]:
    return (
        Option(value=one.value, label=gettext(one.label), hint=gettext(one.hint) if one.hint else "")
        for one in spec.choices
    )


_CHOICES: Mapping[str, Callable[[Answers, FieldSpec], Iterable[Option]]] = {
    "member": _people,
    "members": _people,
    "account": _accounts,
    "fund": _funds,
    "programme": _programmes,
    "decision": _decisions,
    "choice": _choices,
    "quantity": _ways,
}
