"""The demo: a year of Willow, a small community, shifted so that it lies in the past."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

import migrations
from ledger.checks import verify
from ledger.closing import close
from ledger.core.errors import LedgerError
from ledger.core.periods import Month
from ledger.database.unit_of_work import WriteUnit, read_books, write_books, write_transaction
from ledger.exchange.imports.journal import import_journal
from ledger.exchange.imports.registers import import_registers
from ledger.exchange.imports.result import Progress
from ledger.registers import communities, members, roles
from ledger.registers.communities import OPERATOR
from ledger.registers.records import RoleTerm
from ledger.registers.roles import MEMBER, ROLES_WITH_RIGHTS, TREASURER
from reports.kinds import Parameters, all_reports
from reports.report_builder import build_report
from web.backup.atomic_files import write_atomic
from web.identity import link_issuing
from web.pages.reports.report_localizer_view import speech

SLUG, PASSWORD = "willow", "willow-by-the-river"
JOURNAL, REGISTERS = (Path(__file__).with_name(name) for name in ("willow.jsonl", "willow-registers.json"))
WRITTEN_YEAR = 2026
"""The year that the files tell of."""
MONTHS = (3, 12)
"""The months whose reports are printed: one with everything in it, and the year's last."""
CLOSED = range(1, 11)
"""The months that are closed; the last two wait for the treasurer."""
_YEAR = re.compile(r"\b202[3-8]\b")


class DemoUnfit(LedgerError):
    """The demo's own files fit the books they are shipped with."""

    slug = "demo-unfit"


@dataclass(frozen=True)
class SignIn:
    """Someone who can sign in to the demo, and the offices they hold today."""

    user: str
    name: str
    offices: tuple[str, ...]


def shift_years(said: Any, years: int) -> Any:
    """JSON with every year in its texts, and every number called `year`, so many years later.

    A text of four digits alone is the code of an account; as a name of a field it is a year.
    """
    if isinstance(said, str):
        return said if len(said) == 4 else _later(said, years)
    if isinstance(said, list):
        return [shift_years(item, years) for item in said]
    if isinstance(said, dict):
        later = {_later(name, years): shift_years(value, years) for name, value in said.items()}
        return later | ({"year": said["year"] + years} if "year" in said else {})
    return said


def _later(text: str, years: int) -> str:
    return _YEAR.sub(lambda found: str(int(found[0]) + years), text)


def demo_year(today: dt.date) -> int:
    """The last year that is wholly past."""
    return today.year - 1


def build_books(engine: Engine, folder: Path, today: dt.date | None = None) -> int:
    """Set the demo's books up in an empty or unfinished database; the year that they tell of. Again changes nothing."""
    migrations.upgrade(engine)
    with write_transaction(engine) as connection:
        if communities.find(connection, SLUG) is None:
            communities.create(connection, SLUG, "Willow", "EUR", "Europe/Athens")
    with read_books(engine, SLUG) as unit:
        began = communities.settings(unit).books_began
        today = today or communities.today(unit)
    if began is not None:
        return began.year
    _bring_in(engine, folder, demo_year(today) - WRITTEN_YEAR)
    with read_books(engine, SLUG) as unit:
        verdict = verify(unit)
    with write_books(engine, SLUG) as unit:
        _fill_offices(unit, today)
        treasurer = roles.holders(unit, TREASURER, today)[0]
        for number in CLOSED:
            close.close(unit, Month(demo_year(today), number), verdict, entered_by=treasurer)
    return demo_year(today)


def _fill_offices(unit: WriteUnit, today: dt.date) -> None:
    """Give every office that fell vacant since to those who held it last, so that the demo has a treasurer today."""
    offices: dict[tuple[str, str | None], list[RoleTerm]] = defaultdict(list)
    for term in roles.get_all(unit).values():
        offices[term.role, term.scope].append(term)
    for terms in offices.values():
        end = max(term.to for term in terms)
        for term in terms if end < today else []:
            if term.to == end and term.holder is not None and MEMBER in roles.roles_held(unit, term.holder, today):
                first = end + dt.timedelta(days=1)
                last = roles.term_end(today, 12)
                roles.give(unit, term.role, term.holder, first, last, scope=term.scope, entered_by=OPERATOR)


def _bring_in(engine: Engine, folder: Path, years: int) -> None:
    lines = [shift_years(json.loads(line), years) for line in JOURNAL.read_text(encoding="utf-8").splitlines()]
    registers = shift_years(json.loads(REGISTERS.read_text(encoding="utf-8")), years)
    here = folder / JOURNAL.name, folder / REGISTERS.name
    write_atomic(here[0], "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
    write_atomic(here[1], json.dumps(registers, ensure_ascii=False, indent=1).encode())
    for import_file, path in zip((import_journal, import_registers), here, strict=True):
        for refused in import_file(engine, SLUG, path).refused:
            raise DemoUnfit(refused.error)


def make_logins(engine: Engine) -> list[SignIn]:
    """Logins for everyone who is a member today, all with the demo's one password; those with offices first."""
    with read_books(engine, SLUG) as unit:
        today = communities.today(unit)
        people = [
            (member, tuple(sorted(roles.roles_held(unit, number, today) & set(ROLES_WITH_RIGHTS) - {MEMBER})))
            for number, member in members.enrolled(unit, today).items()
        ]
    for member, _ in people:
        link_issuing.make_login(engine, member.user or member.name, PASSWORD, SLUG, member.party_id)
    found = [SignIn(member.user or member.name, member.name, offices) for member, offices in people]
    return sorted(found, key=lambda one: (not one.offices, one.name))


def print_reports(engine: Engine, folder: Path, year: int, host: str, progress: Progress) -> list[Path]:
    """Every report of the demo's months as PDF, under the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [(slug, Month(year, number)) for number in MONTHS for slug in all_reports()]
    written = []
    for done, (slug, month) in enumerate(wanted, 1):
        with read_books(engine, SLUG) as unit:
            printed = build_report(unit, slug, Parameters(month), speech(), host)
        written.append(folder / f"{SLUG}-{slug}-{month}.pdf")
        write_atomic(written[-1], printed.as_pdf())
        progress(done / len(wanted))
    return written
