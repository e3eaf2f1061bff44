"""The demo: a year of Willow, a small community, shifted to the last complete year."""

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
SOURCE_YEAR = 2026
"""The year in the demo's files."""
REPORT_MONTHS = (3, 12)
"""The months of the printed reports: one with every kind of content, and the last of the year."""
CLOSED_MONTHS = range(1, 11)
"""The months to close; the last two are left for the visitor to close."""
_YEAR = re.compile(r"\b202[3-8]\b")


class DemoUnfit(LedgerError):
    """A line of the demo's files was refused."""

    slug = "demo-unfit"


@dataclass(frozen=True)
class SignIn:
    """A login of the demo, and the offices that its member holds today."""

    user: str
    name: str
    offices: tuple[str, ...]


def shift_years(data: Any, years: int) -> Any:
    """JSON data with every year in its texts, and every number of a field `year`, shifted by `years`.

    A value of four characters is kept, because it is the code of an account; a field name of four digits is a year.
    """
    if isinstance(data, str):
        return data if len(data) == 4 else _shift_text(data, years)
    if isinstance(data, list):
        return [shift_years(item, years) for item in data]
    if isinstance(data, dict):
        shifted = {_shift_text(name, years): shift_years(value, years) for name, value in data.items()}
        return shifted | ({"year": data["year"] + years} if "year" in data else {})
    return data


def _shift_text(text: str, years: int) -> str:
    return _YEAR.sub(lambda match: str(int(match[0]) + years), text)


def demo_year(today: dt.date) -> int:
    """The last complete year."""
    return today.year - 1


def build_books(engine: Engine, folder: Path, today: dt.date | None = None) -> int:
    """Set up the demo's books in an empty or unfinished database; returns their year. A second call changes nothing."""
    migrations.upgrade(engine)
    with write_transaction(engine) as connection:
        if communities.find(connection, SLUG) is None:
            communities.create(connection, SLUG, "Willow", "EUR", "Europe/Athens")
    with read_books(engine, SLUG) as books:
        first_day = communities.settings(books).books_began
        today = today or communities.today(books)
    if first_day is not None:
        return first_day.year
    _import_files(engine, folder, demo_year(today) - SOURCE_YEAR)
    with read_books(engine, SLUG) as books:
        verdict = verify(books)
    with write_books(engine, SLUG) as books:
        _fill_offices(books, today)
        treasurer = roles.holders(books, TREASURER, today)[0]
        for number in CLOSED_MONTHS:
            close.close(books, Month(demo_year(today), number), verdict, entered_by=treasurer)
    return demo_year(today)


def _fill_offices(books: WriteUnit, today: dt.date) -> None:
    """Give every vacant office to its last holders, so that the demo has a treasurer today."""
    offices: dict[tuple[str, str | None], list[RoleTerm]] = defaultdict(list)
    for term in roles.get_all(books).values():
        offices[term.role, term.scope].append(term)
    for terms in offices.values():
        end = max(term.to for term in terms)
        for term in terms if end < today else []:
            if term.to == end and term.holder is not None and MEMBER in roles.roles_held(books, term.holder, today):
                first = end + dt.timedelta(days=1)
                last = roles.term_end(today, 12)
                roles.give(books, term.role, term.holder, first, last, scope=term.scope, entered_by=OPERATOR)


def _import_files(engine: Engine, folder: Path, years: int) -> None:
    lines = [shift_years(json.loads(line), years) for line in JOURNAL.read_text(encoding="utf-8").splitlines()]
    registers = shift_years(json.loads(REGISTERS.read_text(encoding="utf-8")), years)
    paths = folder / JOURNAL.name, folder / REGISTERS.name
    write_atomic(paths[0], "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())
    write_atomic(paths[1], json.dumps(registers, ensure_ascii=False, indent=1).encode())
    for import_file, path in zip((import_journal, import_registers), paths, strict=True):
        for refused in import_file(engine, SLUG, path).refused:
            raise DemoUnfit(refused.error)


def make_logins(engine: Engine) -> list[SignIn]:
    """Create a login with the demo's password for every member of today; returns them, office holders first."""
    with read_books(engine, SLUG) as books:
        today = communities.today(books)
        offices_by_member = [
            (member, tuple(sorted(roles.roles_held(books, number, today) & set(ROLES_WITH_RIGHTS) - {MEMBER})))
            for number, member in members.enrolled(books, today).items()
        ]
    for member, _ in offices_by_member:
        link_issuing.make_login(engine, member.user or member.name, PASSWORD, SLUG, member.party_id)
    sign_ins = [SignIn(member.user or member.name, member.name, offices) for member, offices in offices_by_member]
    return sorted(sign_ins, key=lambda sign_in: (not sign_in.offices, sign_in.name))


def print_reports(engine: Engine, folder: Path, year: int, host: str, progress: Progress) -> list[Path]:
    """Print every report of `REPORT_MONTHS` as PDF into a folder; returns the paths."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = [(slug, Month(year, number)) for number in REPORT_MONTHS for slug in all_reports()]
    paths = []
    for done, (slug, month) in enumerate(reports, 1):
        with read_books(engine, SLUG) as books:
            report = build_report(books, slug, Parameters(month), speech(), host)
        paths.append(folder / f"{SLUG}-{slug}-{month}.pdf")
        write_atomic(paths[-1], report.as_pdf())
        progress(done / len(reports))
    return paths
