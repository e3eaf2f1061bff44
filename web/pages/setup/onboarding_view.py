"""The set-up pages' choices and their check page, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import url_for

from ledger.core.messages import N_
from ledger.registers.records import CommunitySettings
from web.i18n import translation
from web.i18n.formats import amount_with_unit, day_in_full, names
from web.i18n.translation import gettext
from web.identity.onboarding import FUNDS, MONEY_PLACES, Opening, Plan, suggest_slug
from web.pages.setup.setup_forms import PAPERS, zones
from web.shared.components import Fact, Option

PAPER_NAMES = {"a4": N_("A4, as in most of the world"), "letter": N_("Letter, as in North America")}
PLACE_NAMES = {
    "bank": N_("Bank account (in the books: Bank current)"),
    "savings": N_("Savings account (in the books: Bank savings)"),
    "cash": N_("Cash box (in the books: Petty cash)"),
}
FUND_NAMES = {"GEN": N_("General fund"), "EMF": N_("Emergency fund")}


@dataclass(frozen=True, kw_only=True)
class Choices:
    """What can be chosen on the first page, and what the third page calls its lines."""

    currencies: Sequence[Option]
    zones: Sequence[Option]
    languages: Sequence[Option]
    papers: Sequence[Option]
    months: Sequence[Option]
    places: Mapping[str, str]
    funds: Mapping[str, str]


def choices() -> Choices:
    """Every choice in the language of the page."""
    return Choices(
        currencies=(
            _none_yet(),
            *(_currency(code, name) for code, name in translation.current_language().currencies().items()),
        ),
        zones=(_none_yet(), *(Option(value=zone, label=zone.replace("_", " ")) for zone in zones())),
        languages=[
            Option(value=code, label=translation.language(code).name) for code in translation.translated_languages()
        ],
        papers=[Option(value=paper, label=gettext(PAPER_NAMES[paper])) for paper in PAPERS],
        months=[Option(value=str(number), label=_month(number)) for number in range(1, 13)],
        places={place: gettext(name) for place, name in PLACE_NAMES.items()},
        funds={fund: gettext(name) for fund, name in FUND_NAMES.items()},
    )


def _none_yet() -> Option:
    return Option(value="", label=gettext("Choose"))


def _currency(code: str, name: str) -> Option:
    return Option(value=code, label=f"{code}  {name}")


def _month(number: int) -> str:
    return translation.current_language().date(dt.date(2026, number, 1), N_("LLLL"))


def suggested() -> dict[str, str]:
    """How the first page is begun: this machine's time zone and language, A4, the calendar year."""
    zone = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")[2]
    here = zone if zone in zones() and zone != "UTC" else ""
    spoken = (
        translation.best_match([translation.current_language().code], translation.translated_languages())
        or translation.SOURCE
    )
    return {"timezone": here, "language": spoken, "paper": "a4", "first_month": "1"}


def facts(settings: CommunitySettings, plan: Plan, *, is_new: bool) -> list[Fact]:
    """What will be made, each with the page on which it can be changed."""
    change = url_for("setup.community") if is_new else None
    year = _month(settings.first_month)
    slug = plan.basics.slug if plan.basics else suggest_slug(settings.name)
    return [
        Fact(term=gettext("Community"), detail=settings.name, change=change),
        Fact(term=gettext("Short name, in addresses"), detail=slug, change=change),
        Fact(term=gettext("Money"), detail=settings.currency, change=change),
        Fact(term=gettext("Time zone"), detail=settings.timezone.replace("_", " "), change=change),
        Fact(term=gettext("Language"), detail=translation.language(settings.language).name, change=change),
        Fact(term=gettext("Paper"), detail=gettext(PAPER_NAMES[settings.paper]), change=change),
        Fact(term=gettext("The financial year begins in"), detail=year, change=change),
        *_people(plan),
        *_opening(plan.opening, settings.currency),
    ]


def _people(plan: Plan) -> list[Fact]:
    change = url_for("setup.people")
    others = names(plan.others) if plan.others else gettext("Nobody yet")
    return [
        Fact(term=gettext("You, organiser and treasurer"), detail=plan.you, change=change),
        Fact(term=gettext("The others"), detail=others, change=change),
    ]


def _opening(opening: Opening | None, currency: str) -> list[Fact]:
    change = url_for("setup.opening")
    if opening is None:
        return [Fact(term=gettext("On the first day"), detail=gettext("No money yet"), change=change)]
    lines = [
        Fact(
            term=gettext("%(fund)s: %(place)s", fund=gettext(FUND_NAMES[fund]), place=gettext(PLACE_NAMES[place])),
            detail=amount_with_unit(opening.amounts[fund, place], currency),
            change=change,
        )
        for fund in FUNDS
        for place in MONEY_PLACES
        if opening.amounts.get((fund, place))
    ]
    return [Fact(term=gettext("The books begin on"), detail=day_in_full(opening.day), change=change), *lines]
