"""Our month in four quarters: people, time, money, planet; two figures each, how they moved, and one sentence."""

from __future__ import annotations

from decimal import Decimal

from ledger.messages import N_
from reports.figures import Cell
from reports.pages.glance import hidden
from reports.pages.parts import month_of, months_to_date, sentence
from reports.sheet import Sheet
from reports.speech import Speech
from reports.story import Body, Element, Figure, Figures, Foot, Halves, Icon, Lead, Number, Section, Story, Title

NOW, BEFORE = "ytd", "last_year"
SMALL_BASE = 10


def page(sheet: Sheet, speech: Speech) -> Story:
    """The first page of the sustainability report."""
    months = months_to_date(sheet, speech)
    kicker = speech.text(N_("The year so far, %(months)s"), months=months)
    people = _quarter(sheet, speech, N_("People"), "people", _PEOPLE, _took_part(sheet, speech))
    time = _quarter(sheet, speech, N_("Time"), "clock", _TIME, sentence(sheet, speech, "pot"))
    money = _quarter(sheet, speech, N_("Money"), "coins", _MONEY, sentence(sheet, speech, "emergency"))
    planet = _quarter(sheet, speech, N_("Planet"), "leaf", _PLANET, sentence(sheet, speech, "resources"))
    return (
        Title(text=speech.text(N_("Our months")), kicker=kicker),
        Lead(sentence(sheet, speech, "time")),
        Halves(left=people, right=time),
        Halves(left=money, right=planet),
        Foot(f"{_compared(sheet, speech)} {hidden(sheet, speech)}"),
    )


_PEOPLE = (("active-members", NOW, ""), ("two-way-members", NOW, ""))
_TIME = (("hours-given", NOW, ""), ("exchanges", NOW, ""))
_MONEY = (("own-income-share", NOW, ""), ("months-of-cover", "end", N_("months")))
_PLANET = (("electricity", NOW, "kWh"), ("water", NOW, "m³"))


def _quarter(
    sheet: Sheet, speech: Speech, title: str, icon: Icon, asked: tuple[tuple[str, str, str], ...], said: str
) -> tuple[Element, ...]:
    shown = tuple(_figure(sheet, speech, slug, column, unit) for slug, column, unit in asked)
    slug = f"our-{icon}"
    return (Section(speech.text(title), icon), Figures(slug=slug, figures=shown), Body(said))


def _figure(sheet: Sheet, speech: Speech, slug: str, column: str, unit: str) -> Figure:
    figure = sheet.figures[slug]
    value = speech.cell(figure.columns[column])
    trend, direction = _trend(speech, figure.columns.get("month"), figure.columns.get(BEFORE))
    return Figure(
        label=speech.text(figure.name),
        value=value,
        unit=speech.text(unit) if unit and isinstance(value, Number) else "",
        trend=trend,
        direction=direction,  # type: ignore[arg-type]  # one of the three that a figure knows
    )


def _trend(speech: Speech, now: Cell | None, before: Cell | None) -> tuple[str, str]:
    """How the month moved against the same month a year before; in words, and in counts where the base is tiny."""
    if now is None or before is None or not isinstance(now.value, int) or not isinstance(before.value, int):
        return "", ""
    if now.value == before.value:
        return speech.text(N_("as last year")), ""
    less = now.value < before.value
    if abs(before.value) < SMALL_BASE:
        words, values = N_("%(before)s last year"), {"before": before.value}
    else:
        share = Decimal(abs(now.value - before.value) * 1000 // abs(before.value)) / 10
        words = N_("%(share)s %% less") if less else N_("%(share)s %% more")
        values = {"share": share}  # type: ignore[dict-item]
    return speech.text(words, **values), "down" if less else "up"


def _compared(sheet: Sheet, speech: Speech) -> str:
    month = speech.month(month_of(sheet))
    return speech.text(N_("Arrows compare %(month)s with the same month a year before."), month=month)


def _took_part(sheet: Sheet, speech: Speech) -> str:
    members, rate = (sheet.figures[slug].columns[NOW] for slug in ("active-members", "active-rate"))
    words = N_("%(count)s took part in the time bank, %(share)s of all members.")
    return speech.text(words, count=speech.say(members.shown), share=speech.say(rate.shown))
