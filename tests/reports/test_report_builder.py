"""What a sheet printed from the books promises: the same bytes at a number, sums that tie at any time, sound files."""

from __future__ import annotations

import csv
import datetime as dt
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.core.drafts import EXCHANGE, OTHER, AccountKey, EntryDraft, PostingDraft
from ledger.database.unit_of_work import read_books, write_books
from ledger.journal.idempotency import Order
from ledger.journal.posting import FORM, Actors, Key, post, post_many
from ledger.journal.reversal import reverse
from ledger.registers import communities, members, policies, store
from ledger.registers.records import Fund, Programme
from ledger.registers.registry import Register
from reports import report_builder
from reports.kinds import Parameters
from reports.render.typography.errors import GlyphMissing, RightToLeft
from reports.workbook import Workbook
from tests.databases import Filling
from tests.golden.willow import willow
from tests.programs import needed
from tests.reports.pdf_reading import read_tags
from tests.reports.willow_reports import HEAD, KINDS, MARCH, march_report, report_of
from tests.willow import bring

ME = Actors(communities.OPERATOR)


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(bring)


def drafts(people: list[int], numbers: range) -> Iterator[Order]:
    """Entries dated March, in money and in hours; each has its own amount."""
    for n in numbers:
        day = dt.date(2026, 3, 1 + n % 31)
        cost = (
            PostingDraft(AccountKey("6100", "EUR", "GEN"), n + 1),
            PostingDraft(AccountKey("1000", "EUR", "GEN"), -n - 1),
        )
        helped = (
            PostingDraft(AccountKey("T2000", "min", "TB", people[n % len(people)]), n + 1),
            PostingDraft(AccountKey("T2000", "min", "TB", people[(n + 1) % len(people)]), -n - 1),
        )
        kind, family, postings = ("cost", OTHER, cost) if n % 2 else ("hours", EXCHANGE, helped)
        draft = EntryDraft(kind=kind, family=family, effective_on=day, postings=postings, narration=f"Later, {n}")
        yield draft, ME, Key(FORM, f"later-{n}")


def printed(engine: Engine, kind: str, at: int | None = None) -> bytes:
    with read_books(engine, "willow", at=at) as unit:
        return report_builder.build_report(unit, kind, Parameters(MARCH), host="https://willow.example").as_pdf()


def collected(engine: Engine, kind: str) -> Workbook:
    with read_books(engine, "willow") as unit:
        return report_builder.build_report(unit, kind, Parameters(MARCH)).workbook


def head(engine: Engine) -> int:
    with read_books(engine, "willow") as unit:
        return unit.head.seq


def test_a_sheet_at_a_number_has_the_same_bytes_after_five_hundred_posts_and_a_reversal(books: Engine) -> None:
    at = head(books)
    before = {kind: printed(books, kind, at) for kind in KINDS}
    with write_books(books, "willow") as unit:
        everyone = sorted(members.get_all(unit))
        post_many(unit, list(drafts(everyone, range(500))))
    undone = next(row.seq for row in collected(books, "sustainability").dataset.rows if row.key == "J01")
    with write_books(books, "willow") as unit:
        reverse(unit, undone, "Written twice", ME, Key(FORM, "undo"))
    assert {kind: printed(books, kind, at) for kind in KINDS} == before
    assert all(printed(books, kind) != before[kind] for kind in KINDS)


def test_lists_changed_after_a_number_do_not_change_the_sheet_at_that_number(books: Engine) -> None:
    at = head(books)
    before = {kind: printed(books, kind, at) for kind in KINDS}
    with write_books(books, "willow") as unit:
        fund = Register("fund", Fund, lambda item: item.code).all(unit)["GEN"]
        garden = Register("programme", Programme, lambda item: item.code).all(unit)["GARDEN"]
        changes = [
            Register("fund", Fund, lambda item: item.code).change(replace(fund, name="Shared purse")),
            Register("programme", Programme, lambda item: item.code).change(replace(garden, name="Orchard")),
        ]
        store.write(unit, changes, entered_by=communities.OPERATOR)
        policies.set_values(unit, {"privacy.k_members": 3}, entered_by=communities.OPERATOR)
    assert {kind: printed(books, kind, at) for kind in KINDS} == before
    assert all(printed(books, kind) != before[kind] for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_tables_tie_while_two_hundred_posts_land(books: Engine, kind: str, share: Callable[[int, int], int]) -> None:
    with read_books(books, "willow") as unit:
        orders = list(drafts(sorted(members.get_all(unit)), range(share(100, 200))))
    seen = set()
    with ThreadPoolExecutor(1) as thread:
        posting = thread.submit(post_each, books, orders)
        while not posting.done():
            workbook = collected(books, kind)
            seen.add(workbook.dataset.head.seq)
            assert_ties(workbook)
        posting.result()
    assert len(seen) > 1
    assert_ties(collected(books, kind))


def post_each(engine: Engine, orders: list[Order]) -> None:
    for draft, actors, key in orders:
        with write_books(engine, "willow") as unit:
            post(unit, draft, actors, key)


def assert_ties(workbook: Workbook) -> None:
    """Debits are credits, the funds add up to what is owned less owed, members and pot hold the same hours."""
    tables: Any = workbook.tables
    assert all(sides.debit == sides.credit for sides in tables["trial_balance"].total.values())
    funds = tables["funds"]["month"]
    assert funds.total.close == sum(row.close for row in funds.rows)
    assert (
        sum(tables["cash_by_fund"].values()) == workbook.figures["money-left"].columns["end"].value
        if ("money-left" in workbook.figures)
        else True
    )
    pot = tables["pot"]["month"]
    assert pot.lines["close"] + pot.members_sum + pot.partners == 0
    assert tables["checks"].entries_out_of_balance == 0
    assert tables["checks"].time_sum == 0


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_sheet_is_a_sound_tagged_file_with_its_faces_in_it(kind: str, paper: Any, tmp_path: Path) -> None:
    file = tmp_path / "sheet.pdf"
    file.write_bytes(march_report(kind).as_pdf(paper))
    assert "No syntax or stream encoding errors" in ran("qpdf", "--check", file)
    about = dict(line.split(":", 1) for line in ran("pdfinfo", file).splitlines() if ":" in line)
    assert about["Tagged"].strip() == "yes"
    assert about["Page size"].split()[0] == {"a4": "595.28", "letter": "612"}[paper]
    faces = [line.split() for line in ran("pdffonts", file).splitlines()[2:]]
    assert faces
    assert all(face[-5] == "yes" for face in faces)


def ran(program: str, *arguments: str | Path) -> str:
    return subprocess.run([needed(program), *arguments], capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_of_reading_is_the_order_of_the_pages(kind: str) -> None:
    marks = [mark for tag in read_tags(march_report(kind).as_pdf()).walk() for mark in tag.marks]
    assert [page for page, _ in marks] == sorted(page for page, _ in marks)
    assert len(set(marks)) == len(marks)


def named(text: str) -> Any:
    """Willow with a garden called something else."""
    registers = willow().registers
    garden = replace(registers.programmes["GARDEN"], name=text)
    return replace(
        willow(), registers=replace(registers, programmes={**registers.programmes, "GARDEN": garden}), cache={}
    )


@pytest.mark.parametrize("kind", KINDS)
def test_a_persons_markup_stands_on_the_sheet_letter_for_letter(kind: str) -> None:
    hostile = "<b>x</b> & %(page)s {0}"
    made = report_of(named(hostile), kind)
    assert made.as_pdf()
    assert "&lt;b&gt;x&lt;/b&gt; &amp; %(page)s {0}" in made.as_html()
    assert hostile in made.as_csv()


@pytest.mark.parametrize("kind", KINDS)
def test_a_formula_in_a_name_is_words_to_a_spreadsheet(kind: str) -> None:
    cells = [cell for row in csv.reader(StringIO(report_of(named("=1+1"), kind).as_csv())) for cell in row]
    assert "'=1+1" in cells
    assert "=1+1" not in cells


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("text", "refused"), [("שלום", RightToLeft), ("漢", GlyphMissing)])
def test_a_name_that_no_face_can_write_is_refused_on_paper_and_shown_on_screen(
    kind: str, text: str, refused: type[Exception]
) -> None:
    made = report_of(named(text), kind)
    with pytest.raises(refused):
        made.as_pdf()
    assert text in made.as_html()


def test_a_sheet_names_its_place_its_entry_and_its_head() -> None:
    header_footer = march_report("budget-review").header_footer
    assert header_footer.report_id == "W26-03-B"
    assert header_footer.link == "https://willow.example/c/willow/check"
    assert header_footer.address == "willow.example/c/willow/check"
    assert header_footer.check(8) == f"{header_footer.link}?number={HEAD.seq}&mark={HEAD.hash[:8]}"
    assert (header_footer.entry, header_footer.chain_head) == (HEAD.seq, HEAD.hash)
    assert header_footer.recorded == "2026-04-03 09:00 UTC"
