"""The groups of figures, in printed order; a part follows the figure it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.core.messages import N_
from reports.language.figure import Figure


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures under one head: slugs, or slug prefixes ending in "-", one figure for each fund."""

    title: str
    slugs: tuple[str, ...]


def figure_group(title: str, slugs: str) -> FigureGroup:
    """A group from its head and its space-separated slugs."""
    return FigureGroup(title, tuple(slugs.split()))


MONEY = (
    figure_group(N_("All money"), "money-in money-out money-left net-result"),
    figure_group(N_("General fund"), "money-in-general money-out-general money-left-general general-months"),
    figure_group(N_("What we can rely on"), "free-reserve days-of-cash own-income-share largest-funder-share"),
    figure_group(N_("Open at the close"), "receivables-overdue-share open-items policy-exceptions"),
)
PLAN = (
    figure_group(
        N_("Costs"),
        "plan-costs actual-costs variance-costs variance-percent-costs commitments-open available forecast-costs",
    ),
    figure_group(N_("Income"), "plan-income actual-income variance-income variance-percent-income"),
    figure_group(
        N_("Hours"), "plan-hours actual-hours variance-hours variance-percent-hours hours-budget-use hours-given pot"
    ),
)
BOUND = (figure_group("", "restricted-left- grant-months-left-"),)
EMERGENCY = (
    figure_group(N_("How far it reaches"), "months-of-cover gap-to-target months-to-target plan-check-age"),
    figure_group(N_("Help given"), "draws-count draws-sum largest-draw-share months-with-draws months-since-last-draw"),
    figure_group(N_("Lent"), "loans-outstanding loans-repaid-on-plan loan-allowance-share"),
    figure_group(N_("Refilled"), "refill-planned refill-done emergency-added"),
)
TIME = (
    figure_group(N_("People"), "active-members active-rate two-way-members giving-balance-bands top-fifth-share"),
    figure_group(N_("Hours"), "hours-given hours-received partner-hours-given partner-hours-received velocity"),
    figure_group(N_("Exchanges"), "exchanges exchanges-per-active exchange-length-median exchange-length-mean"),
    figure_group(N_("Community pot"), "pot pot-months"),
)
BARTER = (figure_group("", "trades-closed trade-legs trade-chains barter-value"),)
RESOURCES = (
    figure_group(
        N_("Energy"),
        "electricity electricity-per-night cost-per-kwh heat fuel renewable-share emissions",
    ),
    figure_group(N_("Water and waste"), "water water-per-night waste waste-diverted diversion-rate waste-per-night"),
    figure_group(N_("Food"), "food-grown food-bought local-food-share food-waste-per-meal"),
)
WORK = (
    figure_group(N_("Load and rest"), "weekly-load-median weekly-load-p90 rest-weeks programmes-on-few care-share"),
    figure_group(N_("Learning"), "training-per-member scholarships"),
    figure_group(N_("Roles"), "roles-within-term roles-with-trainee days-since-rotation"),
)
MEETINGS = (
    figure_group(N_("Assemblies and answers"), "attendance quorum-met speakers requests-answered survey-response"),
    figure_group(
        N_("Decisions and payments"),
        "decisions objections-raised objections-resolved decision-days four-eyes-share approval-days",
    ),
    figure_group(N_("Money"), "own-income-share months-of-cover"),
)
PARTS = frozenset(
    "variance-percent-costs variance-percent-income variance-percent-hours active-rate waste-diverted diversion-rate "
    "objections-resolved".split()
)
"""Figures that are a part or share of the figure above; they are indented."""


def figures_by_group(figures: Mapping[str, Figure], families: Iterable[FigureGroup]) -> list[tuple[str, list[Figure]]]:
    """The figures of each group, by title; empty groups are left out."""
    by_title = [(group.title, _of(figures, group.slugs)) for group in families]
    return [(title, figure_list) for title, figure_list in by_title if figure_list]


def _of(figures: Mapping[str, Figure], slugs: Sequence[str]) -> list[Figure]:
    exact = [figures[slug] for slug in slugs if slug in figures]
    prefixes = [prefix for prefix in slugs if prefix.endswith("-")]
    suffixes = dict.fromkeys(
        slug.removeprefix(prefix) for prefix in prefixes for slug in figures if slug.startswith(prefix)
    )
    return exact + [
        figures[prefix + suffix] for suffix in suffixes for prefix in prefixes if prefix + suffix in figures
    ]


def ungrouped_figures(figures: Mapping[str, Figure], families: Iterable[FigureGroup]) -> list[Figure]:
    """The figures of no group. They are printed too, so that a new indicator is never lost."""
    grouped = {figure.slug for _, group in figures_by_group(figures, families) for figure in group}
    return [figure for figure in figures.values() if figure.slug not in grouped]
