"""Work and roles: load and rest, role terms, meetings and decisions. No person is named."""

from __future__ import annotations

import datetime as dt
from typing import cast

from ledger.core.messages import N_
from reports.language.localizer import Localizer
from reports.pages.figure_groups import BARTER, MEETINGS, RESOURCES, TIME, WORK, ungrouped_figures
from reports.pages.figure_tables import families_table, figures_sentence, figures_table
from reports.story.elements import (
    Body,
    Column,
    Element,
    KeepTogether,
    Lead,
    PageBreak,
    Section,
    Story,
    Table,
    TableRow,
    Title,
)
from reports.tables.agenda import EndingRole, OverdueRole
from reports.workbook import Workbook

FEW = 12
"""The largest number of roles kept together on one page."""


def story(workbook: Workbook, localizer: Localizer) -> Story:
    """Workload, meetings and roles."""
    return (
        PageBreak(),
        Title(text=localizer.text(N_("Work and care"))),
        Lead(localizer.text(N_("Work is shared when nobody carries it alone and everybody rests."))),
        families_table(workbook, localizer, WORK, "work", _roles(workbook, localizer)),
        PageBreak(),
        Section(localizer.text(N_("Meetings and decisions"))),
        families_table(workbook, localizer, MEETINGS, "meetings", _meetings(workbook, localizer)),
        *_offices(workbook, localizer),
        *_others(workbook, localizer),
    )


def _roles(workbook: Workbook, localizer: Localizer) -> str:
    template = N_("Within their term are %(within)s of all roles; %(learned)s have someone learning them.")
    roles = {"within": ("roles-within-term", "end"), "learned": ("roles-with-trainee", "end")}
    return figures_sentence(workbook, localizer, template, **roles)


def _meetings(workbook: Workbook, localizer: Localizer) -> str:
    template = N_("%(months)s: %(share)s of those entitled were present. Decisions taken: %(count)s.")
    return figures_sentence(workbook, localizer, template, share=("attendance", "ytd"), count=("decisions", "ytd"))


def _others(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    ungrouped = ungrouped_figures(workbook.figures, (*TIME, *BARTER, *RESOURCES, *WORK, *MEETINGS))
    if not ungrouped:
        return ()
    return (
        Section(localizer.text(N_("Other figures"))),
        figures_table(workbook, localizer, [("", ungrouped)], "other-figures"),
    )


def _offices(workbook: Workbook, localizer: Localizer) -> tuple[Element, ...]:
    title = Section(localizer.text(N_("Offices")))
    if not workbook.dataset.registers.roles:
        return (
            title,
            Body(localizer.text(N_("No office is in the register yet."))),
        )
    overdue = cast(list[OverdueRole], workbook.tables["roles_overdue"])
    ending = cast(list[EndingRole], workbook.tables["roles_ending_in_90_days"])
    over, ends = N_("over since %(day)s"), N_("ends on %(day)s")
    rows = [_office(workbook, localizer, row, over, row.ended) for row in overdue]
    rows += [_office(workbook, localizer, row, ends, row.ends) for row in ending]
    if not rows:
        return (
            title,
            Body(localizer.text(N_("Every office is held within its term, and none ends in the next 90 days."))),
        )
    template = N_("Terms that are over: %(over)s. Terms that end in 90 days: %(ending)s.")
    summary = localizer.text(template, over=len(overdue), ending=len(ending))
    columns = (
        Column(head=localizer.text(N_("Office")), kind="name"),
        Column(head=localizer.text(N_("Its term")), kind="words"),
    )
    table = Table(slug="offices", columns=columns, rows=tuple(rows), sentence=summary)
    return (KeepTogether((title, table)),) if len(rows) <= FEW else (title, table)


def _office(
    workbook: Workbook, localizer: Localizer, row: OverdueRole | EndingRole, template: str, day: dt.date
) -> TableRow:
    """A role with its scope, and when its term ends or ended."""
    registers = workbook.dataset.registers
    scope = registers.programmes.get(row.scope or "") or registers.funds.get(row.scope or "")
    scope_name = scope.name if scope else row.scope
    term = localizer.text(template, day=localizer.day(day))
    return TableRow(cells=(f"{row.role} ({scope_name})" if scope_name else row.role, term))
