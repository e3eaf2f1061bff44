"""Importing a journal: what is opened on the way, what is refused, and that a refusal leaves no trace."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from ledger.chain import hashing
from ledger.checks import verify
from ledger.database.unit_of_work import read_books, write_books
from ledger.exchange.exports.digest import journal_digest
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.imports.input_files import LONGEST_LINE, FileUnread
from ledger.exchange.imports.journal import import_journal
from ledger.journal import queries
from ledger.journal.idempotency import FORM, Actors, Key
from ledger.journal.posting import post
from ledger.journal.reversal import reverse
from ledger.registers import communities, decisions, members
from ledger.registers.communities import OPERATOR
from ledger.registers.registry import FUNDS, MEMBERS, PARTNERS, PROGRAMMES
from tests.communities import small_community
from tests.communities.small_community import add_members, hours_draft
from tests.ledger.exchange.files import SLUG, Files, hours, posting

MONEY = [
    posting(500, account="1000", unit="EUR", fund="TREE", programme="ORCHARD"),
    posting(-500, account="4000", unit="EUR", fund="TREE"),
]


def reasons(files: Files, *lines: Any, partial: bool = False) -> list[tuple[int | None, str | None, str]]:
    outcome = files.journal(*lines, partial=partial)
    assert not outcome.ok
    return [(refused.line, refused.key, str(refused.error)) for refused in outcome.refused]


def entries(files: Files) -> int:
    with read_books(files.engine, SLUG) as unit:
        return len(queries.entries(unit, limit=1000).entries)


def test_what_a_line_names_and_the_books_lack_is_opened(files: Files) -> None:
    line = hours("K2", postings=MONEY, family="other", kind="never-heard-of", decision="A-09", date="2031-05-01")
    partner = hours("K3", postings=[posting(60, owner="Ana"), posting(-60, account="T2100", owner="Riverbend")])
    also = hours("K4", postings=[posting(60, owner="Riverbend", account="T2100"), posting(-60, owner="Bea")])
    assert files.journal(hours(), line, partner, also).posted == 4
    with read_books(files.engine, SLUG) as unit:
        assert (FUNDS.all(unit)["TREE"].class_, PROGRAMMES.all(unit)["ORCHARD"].name) == ("restricted", "ORCHARD")
        assert decisions.codes(unit) == {"A-09": 1}
        people = {member.name: member.joined for member in members.get_all(unit).values()}
        assert people == {"Ana": dt.date(2026, 3, 5), "Bea": dt.date(2026, 3, 5)}
        assert [partner.name for partner in members.partners(unit).values()] == ["Riverbend"]
        assert (len(MEMBERS.all(unit)), len(PARTNERS.all(unit))) == (2, 1)
        newest = queries.entries(unit).entries[2]
        assert (newest.kind, newest.decision, newest.entered_by, newest.scope) == (
            "never-heard-of",
            "A-09",
            1,
            "journal",
        )
        assert verify(unit).findings == ()


def test_a_partner_is_one_though_a_later_line_says_so(files: Files) -> None:
    first = hours(
        "K1",
        postings=[
            posting(5, account="1150", unit="EUR", fund="GEN", owner="Riverbend"),
            posting(-5, account="1000", unit="EUR", fund="GEN"),
        ],
    )
    later = hours("K2", postings=[posting(60, owner="Ana"), posting(-60, account="T2100", owner="Riverbend")])
    assert files.journal(first, later).ok
    with read_books(files.engine, SLUG) as unit:
        assert {party.kind for party in members.parties(unit).values() if party.name == "Riverbend"} == {"peer"}


def test_links_are_keys_of_earlier_lines_or_entries(files: Files) -> None:
    back = [posting(-90, owner="Bea"), posting(90, owner="Ana")]
    assert files.journal(hours("K1"), hours("K2", reverses="K1", postings=back), hours("K3", corrects="K1")).posted == 3
    assert files.journal(hours("K4"), partial=True).posted == 1
    assert files.journal(hours("K5", reverses="K4", postings=back)).posted == 1
    with read_books(files.engine, SLUG) as unit:
        found = {entry.key: entry for entry in queries.entries(unit).entries}
        assert (found["K2"].reverses, found["K3"].corrects) == (found["K1"].entry_id, found["K1"].entry_id)
        assert (found["K4"].reversed_by, found["K1"].live) == (found["K5"].entry_id, False)


def test_words_of_a_private_line_stay_with_it(files: Files) -> None:
    files.journal(hours("K1", private=True, narration=None), hours("K2", private=True, narration="Between us"))
    with read_books(files.engine, SLUG) as unit:
        second, first = queries.entries(unit).entries
        assert (first.narration, first.privacy) == (None, "private")
        assert (second.narration, second.privacy) == ("Between us", "private")
        assert not any("Between us" in line for line in jsonl(unit))
        assert any("Between us" in line for line in jsonl(unit, with_private=True))


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "an account that is in no chart": (hours(postings=[posting(1, account="9999"), posting(-1)]), "account “9999”"),
    "a unit that is not counted in": (
        hours(postings=[posting(1, account="1000", unit="USD"), posting(-1, account="1000", unit="USD")]),
        "counted in “USD”",
    ),
    "hours on a bank account": (hours(postings=[posting(1, account="1000"), posting(-1)]), "not kept in “min”"),
    "lines that do not balance": (hours(postings=[posting(90), posting(-80)]), "do not balance"),
    "funds that do not balance": (hours(postings=[posting(90), posting(-90, fund="T2")]), "do not balance"),
    "one line only": (hours(postings=[posting(0)]), "two lines or more"),
    "the community as an owner": (hours(postings=[posting(1, owner="Willow"), posting(-1)]), "the community itself"),
    "a link to nothing": (hours(corrects="K0"), "No earlier entry has the key “K0”"),
    "a link to itself": (hours(corrects="K1"), "No earlier entry has the key “K1”"),
}


@pytest.mark.parametrize(("line", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_one_bad_line_refuses_the_whole_file_and_names_its_number(
    files: Files, line: dict[str, Any], reason: str
) -> None:
    ((number, key, said),) = reasons(files, hours("K9"), "", line)
    assert (number, key) == (3, "K1")
    assert reason in said
    assert entries(files) == 0
    with read_books(files.engine, SLUG) as unit:
        assert members.owners(unit) == {}


def test_every_bad_line_is_named_not_only_the_first(files: Files) -> None:
    found = reasons(files, "{", hours(key="", narration="x"), hours("K2", date="soon"), b"\xff\xfe", hours("K1"))
    assert [(number, key) for number, key, _ in found] == [(1, None), (2, ""), (3, "K2"), (4, None)]
    assert "not UTF-8" in found[3][2]


def test_what_only_the_books_can_refuse_is_named_too(files: Files) -> None:
    back = [posting(-90, owner="Bea"), posting(90, owner="Ana")]
    files.journal(hours("K1"), hours("K2", date="2026-02-01"))
    with write_books(files.engine, SLUG) as unit:
        hashing.append_act(unit, "close", entered_by=OPERATOR, facts={}, period_id=202602)
    found = reasons(
        files,
        hours("K3", date="2026-02-28"),
        hours("K4", reverses="K1", postings=back),
        hours("K5", reverses="K1", postings=back),
        hours("K6", reverses="K4"),
        hours("K1", narration="Other words"),
        hours("K7", reverses="K2", date="2026-03-31"),
    )
    assert [number for number, _, _ in found] == [1, 3, 4, 5, 6]
    assert [
        next(word for word in ("closed", "stands for another", "already", "mirror", "reverse") if word in said)
        for _, _, said in found
    ] == ["closed", "already", "reverse", "stands for another", "mirror"]
    assert entries(files) == 2


def test_partial_takes_what_can_be_taken(files: Files) -> None:
    lines = [
        hours("K1"),
        "{",
        hours("K2", postings=[posting(1, account="9999"), posting(-1)]),
        hours("K3"),
        hours("K3"),
    ]
    outcome = files.journal(*lines, hours("K4", corrects="K2"), partial=True)
    assert (outcome.read, outcome.posted, outcome.already) == (6, 2, 1)
    assert [refused.line for refused in outcome.refused] == [2, 3, 6]
    assert entries(files) == 2
    assert outcome.as_json()["refused"][0] == {"line": 2, "key": None, "error": str(outcome.refused[0].error)}


def test_a_key_twice_in_a_file_counts_once_and_never_for_two_things(files: Files) -> None:
    outcome = files.journal(hours("K1"), hours("K1"))
    assert (outcome.posted, outcome.already) == (1, 1)
    assert "another entry" in reasons(files, hours("K2"), hours("K2", narration="Other"))[0][2]


def test_after_going_live_a_line_needs_a_decision(files: Files) -> None:
    files.journal(hours("K0", date="2026-03-06"))
    with write_books(files.engine, SLUG) as unit:
        live = replace(communities.settings(unit), go_live=dt.date(2026, 3, 5))
        communities.change_settings(unit, live, entered_by=OPERATOR)
    assert files.journal(hours("K0", date="2026-03-06"), hours("K1")).posted == 1
    assert "2026-03-05 needs a decision" in reasons(files, hours("K2", date="2026-03-06"))[0][2]
    assert files.journal(hours("K2", date="2026-03-06", decision="A-01")).posted == 1


def test_what_was_typed_in_here_is_known_by_its_key(files: Files) -> None:
    ana, bea = add_members(files.engine, "Ana", "Bea", slug=SLUG)
    with write_books(files.engine, SLUG) as unit:
        draft = replace(
            hours_draft(ana, bea), postings=tuple(replace(p, programme=None) for p in hours_draft(ana, bea).postings)
        )
        number = post(unit, draft, Actors(ana), Key(FORM, "abc")).entry_id
        reverse(unit, number, "typed twice", Actors(ana), Key(FORM, "def"))
    with read_books(files.engine, SLUG) as unit:
        lines, digest = list(jsonl(unit)), journal_digest(unit)
    assert '"key": "form:abc"' in lines[0]
    assert '"narration": "typed twice"' in lines[1]
    assert files.journal(*(line.strip() for line in lines)).already == 2
    files.slug = "elsewhere"
    small_community.create_empty(files.engine, "elsewhere")
    assert files.journal(*(line.strip() for line in lines)).posted == 2
    assert files.journal(*(line.strip() for line in lines)).already == 2
    with read_books(files.engine, "elsewhere") as unit:
        assert journal_digest(unit) == digest


def test_erased_words_and_names_are_taken_as_equal(files: Files) -> None:
    lines = [hours("K1"), hours("K2", private=True)]
    files.journal(*lines)
    with write_books(files.engine, SLUG) as unit:
        for entry in queries.entries(unit).entries:
            hashing.append_act(unit, "erase", entered_by=OPERATOR, facts={}, entry_id=entry.entry_id)
        hashing.append_act(unit, "erase", entered_by=OPERATOR, facts={"party": members.owners(unit)["Ana"]})
    assert files.journal(*lines).already == 2
    with read_books(files.engine, SLUG) as unit:
        assert verify(unit).findings == ()
        moved, digest = list(jsonl(unit, with_private=True)), journal_digest(unit)
    assert "[erased]" in moved[0]
    assert "Former member" in moved[0]
    files.slug = "elsewhere"
    small_community.create_empty(files.engine, "elsewhere")
    assert files.journal(*(line.strip() for line in moved)).posted == 2
    with read_books(files.engine, "elsewhere") as unit:
        assert journal_digest(unit) == digest
    files.slug = SLUG
    assert "another entry" in reasons(files, hours("K1", postings=[posting(90, owner="Ana"), posting(-90)]))[0][2]


def test_more_lines_than_a_batch_come_in_whole(files: Files) -> None:
    told: list[float] = []
    path = files.write(*(hours(f"K{number}") for number in range(1, 1202)))
    assert import_journal(files.engine, SLUG, path, progress=told.append).posted == 1201
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)
    assert import_journal(files.engine, SLUG, path, partial=True).already == 1201


def test_a_byte_order_mark_and_line_ends_of_another_system_do_not_matter(files: Files) -> None:
    path = files.write(hours("K1"), hours("K2"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert import_journal(files.engine, SLUG, path).posted == 2


def test_a_file_that_is_not_there_and_a_line_without_end_are_refused(sqlite_files: Files, tmp_path: Path) -> None:
    with pytest.raises(FileUnread, match="No such file"):
        import_journal(sqlite_files.engine, SLUG, tmp_path / "nothing.jsonl")
    found = reasons(sqlite_files, b" " + b"x" * LONGEST_LINE)
    assert "longer than" in found[0][2]
