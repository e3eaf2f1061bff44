"""Writing down any kind of entry: the menu, the form with its suggestions, the check page, the receipt."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from ledger.core.amounts import kind_of
from ledger.core.drafts import EntryDraft
from ledger.database.unit_of_work import UnitOfWork
from ledger.journal import queries
from ledger.journal.idempotency import Actors
from ledger.journal.queries import Entry, EntryFilter
from ledger.kinds import all_kinds
from ledger.kinds.base import GROUPS, MEMBER, ORGANISER, TREASURER, Kind
from ledger.kinds.fields import FieldSpec, account_fits, fields_of
from ledger.rules import POSTING_RULES, apply
from ledger.rules.approval import Asked, asked
from ledger.rules.books_view import BooksLookup
from ledger.workflow.claims import Claim
from ledger.workflow.proposals import case_of
from web.i18n import formats
from web.i18n.translation import gettext
from web.identity.permissions import CurrentMember
from web.pages.entries.entries_view import may_see
from web.pages.entries.entry_form import FOR_WHOM
from web.pages.entries.form_questions_view import Answers, Question, is_used
from web.shared.components import Fact, Option, Row, Table
from web.shared.form_state import Form
from web.shared.labels import Labels, kind_title
from web.shared.posting_table import amounts_text, lines_table, recorded_at_text

WRITES_FOR_OTHERS = (ORGANISER, TREASURER)
PAPERS = ("document", "decision", "about", "note")
"""The questions that stand folded at the end of a form, where they may stay open."""


@dataclass(frozen=True, kw_only=True)
class Group:
    """One group of the menu."""

    slug: str
    title: str
    rows: tuple[Row, ...]


def menu(visitor: CurrentMember) -> list[Group]:
    """The kinds that someone's offices may record, by group, in the order of the menu."""
    found: dict[str, list[Row]] = {}
    for kind in all_kinds().values():
        if kind.recorders & visitor.roles:
            href = url_for("record.ask", slug=visitor.slug, kind=kind.slug)
            row = Row(text=gettext(kind.title), href=href, note=gettext(kind.summary))
            found.setdefault(kind.group, []).append(row)
    return [Group(slug=slug, title=gettext(GROUPS[slug]), rows=tuple(rows)) for slug, rows in found.items()]


def suggested(uow: UnitOfWork, kind: type[Kind], answers: Answers) -> Form:
    """A fresh form: today, the fund and the bank or cash account of the last such entry, what has only one answer."""
    last = queries.entries(uow, EntryFilter(kind=kind.slug), limit=1).entries
    known = {spec.name: _suggestion(spec, answers, last[0] if last else None) for spec in fields_of(kind)}
    return Form.fresh(**{name: value for name, value in known.items() if value})


def _suggestion(spec: FieldSpec, answers: Answers, last: Entry | None) -> str:
    if spec.name == "day":
        return answers.lists.today.isoformat()
    if spec.default is not None:
        return str(spec.default)
    if not spec.required or spec.type not in ("fund", "account"):
        return ""
    options = [option.value for option in answers.options(spec) if option.value]
    used = _used(spec, answers, last) if last else set()
    found = options if len(options) == 1 else [one for one in options if one in used]
    return found[0] if len(found) == 1 else ""


def _used(spec: FieldSpec, answers: Answers, last: Entry) -> set[str]:
    """The funds, or the bank and cash accounts, that an entry stands in."""
    if spec.type == "fund":
        return {line.leaf.fund for line in last.lines}
    charts = {line.leaf.chart for line in last.lines}
    known = {code: answers.lists.accounts[code] for code in charts if code in answers.lists.accounts}
    return {code for code, account in known.items() if account.cash and account_fits(spec, account)}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A kind's form: its questions, those that stand folded at the end, and whom it may be written down for."""

    slug: str
    title: str
    lead: str
    side: str
    questions: Mapping[str, Question]
    folded: Mapping[str, bool]
    people: Sequence[Option]
    is_checked: bool
    has_lines: bool

    def shown(self, *names: str) -> list[Question]:
        """Some questions by name, or all that stand open."""
        wanted = names or [name for name in self.questions if name not in (*PAPERS, "more") or not self._folds(name)]
        return [self.questions[name] for name in wanted if name in self.questions]

    def further(self) -> list[Question]:
        """The further lines that may stay open."""
        return [question for name, question in self.questions.items() if name == "more" and self._folds(name)]

    def papers(self) -> list[Question]:
        """The papers and the note, where they may stay open."""
        return [self.questions[name] for name in PAPERS if name in self.questions and self._folds(name)]

    def opens(self, *names: str) -> bool:
        """Whether something folded has an answer in it or something to put right."""
        return any(self.folded.get(name) for name in names or PAPERS)

    def _folds(self, name: str) -> bool:
        return self.questions[name].optional


def form_page(
    kind: type[Kind],
    asking: Mapping[str, Question],
    form: Form,
    visitor: CurrentMember,
    people: Answers,
    *,
    more_lines: bool = False,
) -> Page:
    """The page of a kind's form."""
    return Page(
        slug=kind.slug,
        title=gettext(kind.title),
        lead=gettext(kind.summary),
        side=gettext(GROUPS[kind.group]),
        questions=asking,
        folded={name: is_used(form, name) or (more_lines and name == "more") for name in asking},
        people=_others(people) if may_write_for_others(visitor, kind) else (),
        is_checked=is_bookkeepers(kind),
        has_lines=any(question.type == "rows" for question in asking.values()),
    )


def _others(answers: Answers) -> list[Option]:
    named = sorted(answers.members.items(), key=lambda one: one[1].casefold())
    nobody = Option(value="", label=gettext("Nobody else: it is my own word"))
    return [nobody, *(Option(value=str(number), label=name) for number, name in named)]


def may_write_for_others(visitor: CurrentMember, kind: type[Kind]) -> bool:
    """Whether someone writes a kind down for members who cannot."""
    return MEMBER in kind.recorders and visitor.may(*WRITES_FOR_OTHERS)


def is_bookkeepers(kind: type[Kind]) -> bool:
    """Whether a kind belongs to offices alone: its lines are shown before they are written."""
    return MEMBER not in kind.recorders


@dataclass(frozen=True, kw_only=True)
class Check:
    """What will be written, to be looked at once more."""

    table: Table
    facts: tuple[Fact, ...]
    waits: str
    moves_money: bool


def check(uow: UnitOfWork, kind: Kind, actors: Actors, labels: Labels, lift: str | None = None) -> Check:
    """The entry that would be written; raises what the rules of the books would refuse."""
    case = case_of(uow, kind, actors, BooksLookup(uow, formats.format_message), lift=lift)
    apply(POSTING_RULES, case)
    draft, waits_for = case.draft, asked(case)
    return Check(
        table=lines_table(draft.postings, labels, gettext("This is what will be written")),
        facts=tuple(_facts(draft, actors, labels)),
        waits=waiting_words(waits_for, labels) if waits_for else "",
        moves_money=any(kind_of(line.leaf.unit) == "money" for line in draft.postings),
    )


def _facts(draft: EntryDraft, actors: Actors, labels: Labels) -> Iterable[Fact]:
    known = [
        (gettext("What"), draft.narration or ""),
        (gettext("Day"), formats.day_in_full(draft.effective_on)),
        (gettext("About"), formats.day_in_full(draft.about_on) if draft.about_on else ""),
        (gettext("Decision"), draft.decision or ""),
        (gettext("Paper"), draft.document or ""),
        (gettext("Reason"), draft.reason or ""),
        (gettext("On behalf of"), labels.person(actors.on_behalf_of)),
        (gettext("Note"), draft.note or ""),
    ]
    return (Fact(term=term, detail=detail) for term, detail in known if detail)


def waiting_words(waits_for: Asked, labels: Labels) -> str:
    """For whose yes something waits."""
    if waits_for.each:
        return gettext("It waits for a yes from: %(names)s", names=_names(waits_for.each, labels))
    return gettext("It waits for a second person, one of: %(names)s", names=_names(waits_for.one_of, labels))


def _names(people: Iterable[int], labels: Labels) -> str:
    return formats.names(labels.person(one) for one in sorted(people))


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """What stands after something was written down; `entry` leads to it, where the reader may open it."""

    heading: str
    lead: str
    total: str
    facts: tuple[Fact, ...]
    entry: int | None
    again: str


def posted(entry: Entry, visitor: CurrentMember, labels: Labels) -> Receipt:
    """The receipt of an entry; of a private one it says no words that were written."""
    is_open = entry.privacy != "private"
    known = [
        (gettext("Kind"), kind_title(entry.kind)),
        (gettext("What"), (entry.narration or "") if is_open else ""),
        (gettext("Day"), formats.day_in_full(entry.effective_on)),
        (gettext("Entry"), str(entry.entry_id)),
        (gettext("Written down by"), labels.person(entry.entered_by)),
        (gettext("Confirmed by"), labels.person(entry.confirmed_by)),
    ]
    return Receipt(
        heading=gettext("It stands in the book."),
        lead=gettext("Entry %(number)s. A mistake is taken back with a reason, never changed.", number=entry.entry_id),
        total=amounts_text(entry.lines),
        facts=_known(known),
        entry=entry.entry_id if may_see(visitor, entry) else None,
        again=_again(entry.kind, visitor),
    )


def waiting(claim: Claim, visitor: CurrentMember, labels: Labels) -> Receipt:
    """The receipt of something that waits for a yes, or came to nothing."""
    draft = claim.draft
    is_open = draft is not None and draft.privacy != "private"
    known = [
        (gettext("Kind"), kind_title(claim.slug)),
        (gettext("What"), (draft.narration or "") if draft and is_open else ""),
        (gettext("Day"), formats.day_in_full(draft.effective_on) if draft else ""),
        (gettext("Written down by"), labels.person(claim.actors.entered_by)),
        (gettext("Written down at"), recorded_at_text(claim.opened_at)),
    ]
    waits = waiting_words(claim.waits_for, labels) if claim.waits_for else ""
    return Receipt(
        heading=gettext("It is written down and waits.")
        if claim.is_open
        else gettext("It does not stand in the book."),
        lead=waits if claim.is_open else gettext("It was declined or taken back. Nothing of it counts."),
        total=amounts_text(draft.postings) if draft else "",
        facts=_known(known),
        entry=None,
        again=_again(claim.slug, visitor),
    )


def _known(facts: Iterable[tuple[str, str]]) -> tuple[Fact, ...]:
    return tuple(Fact(term=term, detail=detail) for term, detail in facts if detail)


def _again(slug: str, visitor: CurrentMember) -> str:
    kind = all_kinds().get(slug)
    if kind is None or not kind.recorders & visitor.roles:
        return ""
    return url_for("record.ask", slug=visitor.slug, kind=slug)


def days(today: dt.date) -> list[Option]:
    """Today and yesterday, to choose from."""
    near = (today, today - dt.timedelta(1))
    return [
        Option(value=day.isoformat(), label=formats.day_spoken(day, today), hint=formats.day(day, today))
        for day in near
    ]


def for_whom(form: Form) -> int | None:
    """Whom something is written down for; None for the writer's own word."""
    written = form.value(FOR_WHOM)
    return int(written) if written.isdecimal() else None
