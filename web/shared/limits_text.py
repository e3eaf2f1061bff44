"""Limits in words: a member's own distance to the talk and stop levels, and the page of the community's rules."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from ledger.core.messages import N_
from ledger.limits.limit_rules import EVERYONE, POT, RULE_KEYS, Limits, RuleChange
from ledger.limits.limit_status import LimitStatus
from ledger.registers.records import LimitRule
from web.i18n import formats
from web.i18n.translation import gettext, ngettext
from web.shared.components import Cell, Column, Option, Row, Table, TextOrCell, single_group
from web.shared.labels import Labels

NAMES = {
    EVERYONE: N_("Everyone without a rule of their own"),
    "member": N_("Members"),
    "household": N_("Households"),
    "group": N_("Groups"),
    "partner": N_("Partner communities"),
    POT: N_("The community’s pot"),
}
LEVELS = ("talk_low", "talk_high", "stop_low", "stop_high")
ABOUT_MINUTES = 120
"""From this many minutes on, the distance to a level is given in whole hours."""


def room_texts(status: LimitStatus) -> list[str]:
    """What a member reads about their own hours: what is pending, and the distance to the next level."""
    return [text for text in (_waiting_text(status), _low_level_text(status), _high_level_text(status)) if text]


def _waiting_text(status: LimitStatus) -> str:
    """The balance, and the balance with all pending entries; empty if none is pending."""
    if status.with_waiting == status.minutes:
        return ""
    return gettext(
        "Confirmed: %(stands)s. With what waits: %(becomes)s.",
        stands=formats.hours_column(status.minutes),
        becomes=formats.hours_column(status.with_waiting),
    )


def _low_level_text(status: LimitStatus) -> str:
    rule, balance = status.rule, status.lowest
    stop_distance = None if rule.stop_low_minutes is None else max(balance - rule.stop_low_minutes, 0)
    talk_distance = None if rule.talk_low_minutes is None else balance - rule.talk_low_minutes
    if stop_distance == 0:
        return gettext(
            "Before you receive more help, a talk comes first. An organiser or the treasurer is glad to help."
        )
    if stop_distance is not None and (talk_distance is None or talk_distance <= 0 or stop_distance <= talk_distance):
        return gettext(
            "You can receive about %(hours)s more of help; then a talk comes first.",
            hours=_distance_text(stop_distance),
        )
    if talk_distance is not None and talk_distance > 0:
        return gettext(
            "You can receive about %(hours)s more of help before we talk.", hours=_distance_text(talk_distance)
        )
    return _past_low_text() if talk_distance is not None else ""


def _past_low_text() -> str:
    """The message to a member below the low talk level; it does not blame."""
    return gettext("It is time for a talk: what could you give, or what stands in the way? Nothing is refused.")


def _high_level_text(status: LimitStatus) -> str:
    talk, stop = status.rule.talk_high_minutes, status.rule.stop_high_minutes
    balance = max(status.minutes, status.with_waiting)
    if stop is not None and balance >= stop:
        return gettext("You have given so much that it stops here for now. Let others give to you, or pass hours on.")
    if talk is not None and balance > talk:
        return gettext("You have given a great deal. Let others give to you, or pass hours on.")
    return ""


def _distance_text(minutes: int) -> str:
    """The distance to a level, rounded down to whole hours from two hours on, so that it never promises too much."""
    return formats.hours_in_words(minutes - minutes % 60 if minutes >= ABOUT_MINUTES else minutes)


def warning_text(status: LimitStatus, change: int = 0) -> str:
    """The warning for a change that takes a member past a level; empty if it does not."""
    changed = (
        LimitStatus(minutes=status.minutes + change, with_waiting=status.with_waiting, rule=status.rule)
        if change
        else status
    )
    if changed.is_past is None:
        return ""
    return _past_low_text() if changed.is_past == "low" else _high_level_text(changed)


def past_limits_text(count: int, least: object) -> str:
    """How many members are past a talk level; fewer than `least` of them are not counted, to protect their privacy."""
    if count and isinstance(least, int) and count < least:
        return gettext("Some members are past the talk limits")
    return ngettext("%(count)s member is past the talk limits", "%(count)s members are past the talk limits", count)


@dataclass(frozen=True, kw_only=True)
class LimitsPage:
    """The rules in force, every change of them, and how many members are past a level."""

    rules: Table
    changes: tuple[Row, ...]
    past: str


def build_limits_page(
    limits: Limits, changes: Iterable[RuleChange], labels: Labels, slug: str, *, may_set: bool, past: str
) -> LimitsPage:
    """The data of the page of limits; `may_set` adds links to the forms."""
    owners = [*RULE_KEYS, *sorted(key for key in limits.rules if key not in RULE_KEYS)]
    lines: list[list[TextOrCell]] = [
        _rule_row(owner, _find_rule(limits, owner), labels, slug, may_set=may_set) for owner in owners
    ]
    columns = [
        Column(label=gettext("Whose hours")),
        Column(label=gettext("Received more: talk from"), numeric=True),
        Column(label=gettext("Given more: talk from"), numeric=True),
        Column(label=gettext("Received more: stop at"), numeric=True),
        Column(label=gettext("Given more: stop at"), numeric=True),
        Column(label=gettext("Decision")),
    ]
    sentence = gettext("Where no figure stands there is no such level. The nearest rule counts, whole.")
    table = Table(
        caption=gettext("Limits as they stand"), columns=columns, groups=single_group(lines), sentence=sentence
    )
    return LimitsPage(rules=table, changes=tuple(_change_row(change, labels) for change in changes), past=past)


def _find_rule(limits: Limits, whose: str) -> LimitRule:
    return limits.of_whose(whose) if whose in RULE_KEYS else limits.rules[whose]


def _rule_row(whose: str, rule: LimitRule, labels: Labels, slug: str, *, may_set: bool) -> list[TextOrCell]:
    href = url_for("limits.ask", slug=slug, whose=whose) if may_set else None
    return [
        Cell(text=rule_name(whose, labels), href=href),
        *(level_text(rule, level) for level in LEVELS),
        rule.decision or "",
    ]


def rule_name(whose: str, labels: Labels) -> str:
    """Who a rule applies to."""
    if whose in NAMES:
        return gettext(NAMES[whose])
    return labels.person(int(whose.partition("/")[2]))


def level_text(rule: LimitRule, level: str) -> str:
    """A level without its sign, as it is typed and shown; empty if the rule has none."""
    minutes: int | None = getattr(rule, f"{level}_minutes")
    return "" if minutes is None else formats.hours_column(abs(minutes))


def _change_row(change: RuleChange, labels: Labels) -> Row:
    day = dt.datetime.fromisoformat(change.recorded_at).date()
    names = {"whose": rule_name(change.whose, labels), "name": labels.person(change.entered_by)}
    text = gettext("%(whose)s: set by %(name)s", **names)
    if change.rule is None:
        text = gettext("%(whose)s: struck by %(name)s", **names)
    return Row(
        when=formats.day_in_full(day),
        day=day.isoformat(),
        text=text,
        note=_change_note(change.rule),
        amount=(change.rule.decision or "") if change.rule else "",
    )


def _change_note(rule: LimitRule | None) -> str:
    if rule is None:
        return ""
    texts = (
        N_("Received more, talk from %(level)s."),
        N_("Given more, talk from %(level)s."),
        N_("Received more, stop at %(level)s."),
        N_("Given more, stop at %(level)s."),
    )
    levels = [level_text(rule, level) for level in LEVELS]
    sentences = [gettext(text, level=level) for text, level in zip(texts, levels, strict=True) if level]
    return " ".join([*sentences, rule.why]).strip()


def whose_options(people: Iterable[Option]) -> list[Option]:
    """The options of whom a rule applies to: everyone, a kind of owner, the community account, or one person."""
    kinds = [Option(value=key, label=gettext(NAMES[key])) for key in RULE_KEYS]
    return kinds + [Option(value=f"owner/{person.value}", label=person.label) for person in people]
