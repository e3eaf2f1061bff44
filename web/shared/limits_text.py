"""Limits in words: room left before one talks, for oneself only; and the community's rules, without anyone's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from ledger.core.messages import N_
from ledger.limits.limit_rules import EVERYONE, POT, RULE_KEYS, Limits, RuleChange
from ledger.limits.limit_status import LimitStatus
from ledger.registers.limit_records import LimitRule
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
"""From so much on, room is told in whole hours."""


def room_texts(standing: LimitStatus) -> list[str]:
    """What someone may read about their own hours: what waits, and how far it is until one talks or it stops."""
    return [one for one in (waiting_text(standing), _below(standing), _above(standing)) if one]


def waiting_text(standing: LimitStatus) -> str:
    """What stands, and what it would be with all that waits; nothing where nothing waits."""
    if standing.with_waiting == standing.minutes:
        return ""
    return gettext(
        "Confirmed: %(stands)s. With what waits: %(becomes)s.",
        stands=formats.hours_column(standing.minutes),
        becomes=formats.hours_column(standing.with_waiting),
    )


def _below(standing: LimitStatus) -> str:
    rule, lowest = standing.rule, standing.lowest
    stop = None if rule.stop_low_minutes is None else max(lowest - rule.stop_low_minutes, 0)
    talk = None if rule.talk_low_minutes is None else lowest - rule.talk_low_minutes
    if stop == 0:
        return gettext(
            "Before you receive more help, a talk comes first. An organiser or the treasurer is glad to help."
        )
    if stop is not None and (talk is None or talk <= 0 or stop <= talk):
        return gettext("You can receive about %(hours)s more of help; then a talk comes first.", hours=room_text(stop))
    if talk is not None and talk > 0:
        return gettext("You can receive about %(hours)s more of help before we talk.", hours=room_text(talk))
    return past_low_text() if talk is not None else ""


def past_low_text() -> str:
    """What someone reads who received more than the level at which one talks; no blame in it."""
    return gettext("It is time for a talk: what could you give, or what stands in the way? Nothing is refused.")


def _above(standing: LimitStatus) -> str:
    high, stop = standing.rule.talk_high_minutes, standing.rule.stop_high_minutes
    highest = max(standing.minutes, standing.with_waiting)
    if stop is not None and highest >= stop:
        return gettext("You have given so much that it stops here for now. Let others give to you, or pass hours on.")
    if high is not None and highest > high:
        return gettext("You have given a great deal. Let others give to you, or pass hours on.")
    return ""


def room_text(minutes: int) -> str:
    """Room that is left, never told as more than there is: whole hours where there are several."""
    return formats.hours_in_words(minutes - minutes % 60 if minutes >= ABOUT_MINUTES else minutes)


def warning_text(standing: LimitStatus, change: int = 0) -> str:
    """What is said beside something that takes someone past a level; nothing before that."""
    moved = (
        LimitStatus(minutes=standing.minutes + change, with_waiting=standing.with_waiting, rule=standing.rule)
        if change
        else standing
    )
    if moved.is_past is None:
        return ""
    return past_low_text() if moved.is_past == "low" else _above(moved)


def past_limits_text(count: int, least: object) -> str:
    """How many are past a level at which one talks; fewer than `least` of them are only said to be some."""
    if count and isinstance(least, int) and count < least:
        return gettext("Some members are past the talk limits")
    return ngettext("%(count)s member is past the talk limits", "%(count)s members are past the talk limits", count)


# the page of the rules


@dataclass(frozen=True, kw_only=True)
class LimitsPage:
    """The rules as they stand, and every change of them."""

    rules: Table
    changes: tuple[Row, ...]
    past: str


def build_limits_page(
    limits: Limits, changes: Iterable[RuleChange], labels: Labels, slug: str, *, may_set: bool, past: str
) -> LimitsPage:
    """The page of the community's limits."""
    whose = [*RULE_KEYS, *sorted(key for key in limits.rules if key not in RULE_KEYS)]
    lines: list[list[TextOrCell]] = [_line(one, _rule(limits, one), labels, slug, may_set=may_set) for one in whose]
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
    return LimitsPage(rules=table, changes=tuple(_change(one, labels) for one in changes), past=past)


def _rule(limits: Limits, whose: str) -> LimitRule:
    return limits.of_whose(whose) if whose in RULE_KEYS else limits.rules[whose]


def _line(whose: str, rule: LimitRule, labels: Labels, slug: str, *, may_set: bool) -> list[TextOrCell]:
    href = url_for("limits.ask", slug=slug, whose=whose) if may_set else None
    return [
        Cell(text=rule_name(whose, labels), href=href),
        *(level_text(rule, level) for level in LEVELS),
        rule.decision or "",
    ]


def rule_name(whose: str, labels: Labels) -> str:
    """Whose rule it is."""
    if whose in NAMES:
        return gettext(NAMES[whose])
    return labels.person(int(whose.partition("/")[2]))


def level_text(rule: LimitRule, level: str) -> str:
    """A level as it is written and read, without a sign; empty where there is none."""
    minutes: int | None = getattr(rule, f"{level}_minutes")
    return "" if minutes is None else formats.hours_column(abs(minutes))


def _change(change: RuleChange, labels: Labels) -> Row:
    when = dt.datetime.fromisoformat(change.recorded_at).date()
    told = {"whose": rule_name(change.whose, labels), "name": labels.person(change.entered_by)}
    text = gettext("%(whose)s: set by %(name)s", **told)
    if change.rule is None:
        text = gettext("%(whose)s: struck by %(name)s", **told)
    return Row(
        when=formats.day_in_full(when),
        day=when.isoformat(),
        text=text,
        note=_note(change.rule),
        amount=(change.rule.decision or "") if change.rule else "",
    )


def _note(rule: LimitRule | None) -> str:
    if rule is None:
        return ""
    words = (
        N_("Received more, talk from %(level)s."),
        N_("Given more, talk from %(level)s."),
        N_("Received more, stop at %(level)s."),
        N_("Given more, stop at %(level)s."),
    )
    found = [
        gettext(text, level=level_text(rule, level))
        for text, level in zip(words, LEVELS, strict=True)
        if level_text(rule, level)
    ]
    return " ".join([*found, rule.why]).strip()


def whose_options(people: Iterable[Option]) -> list[Option]:
    """For whom a rule can be set: everyone, a kind of owner, the pot, or one person."""
    kinds = [Option(value=one, label=gettext(NAMES[one])) for one in RULE_KEYS]
    return kinds + [Option(value=f"owner/{one.value}", label=one.label) for one in people]
