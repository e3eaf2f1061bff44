"""What a person typed as the subject is stored in their own words, sealed, exported and erased like other texts."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from ledger.checks import verify
from ledger.core.errors import KeyReused
from ledger.core.messages import Message
from ledger.core.periods import Span
from ledger.database.unit_of_work import read_books, write_books
from ledger.exchange.exports.digest import journal_digest
from ledger.exchange.exports.jsonl import jsonl
from ledger.exchange.imports.journal import import_journal
from ledger.journal import queries, statements
from ledger.journal.idempotency import Actors
from ledger.journal.posting import post
from ledger.kinds import fill
from ledger.registers.communities import OPERATOR
from ledger.registers.erasure import all_erasures, erase_words
from ledger.rules.books_view import BooksLookup
from ledger.workflow.record import record
from tests.communities.small_community import DEE, ELI, SLUG, SmallCommunity, add_members, new_key
from tests.databases import owned
from tests.ledger.checks.tampering import guards_dropped
from tests.ledger.exchange.files import found

HELP: dict[str, Any] = {"helpers": (DEE,), "receiver": ELI, "minutes": 90}
GERMAN = {"%(what)s, %(time)s: %(helpers)s for %(receiver)s": "%(what)s (%(time)s): %(helpers)s für %(receiver)s"}


def in_german(message: Message) -> str:
    return GERMAN.get(message.text, message.text) % dict(message.values)


def subject_of(community: SmallCommunity, entry_id: int) -> str | None:
    with read_books(community.engine, SLUG) as books:
        return queries.entry(books, entry_id).subject


def findings(engine: Engine) -> list[tuple[str, int | None]]:
    with read_books(engine, SLUG) as books:
        return [(finding.check, finding.seq) for finding in verify(books).findings]


def digest_of(engine: Engine, slug: str = SLUG) -> str:
    with read_books(engine, slug) as books:
        return journal_digest(books)


@pytest.fixture
def weeding(community: SmallCommunity) -> int:
    """An hour and a half of help with a subject."""
    return community.entry(community.record("hours", ELI, **HELP, what="Weeding, 2:00: the beans")).entry_id


def test_a_subject_is_stored_beside_the_narration(community: SmallCommunity, weeding: int) -> None:
    assert subject_of(community, weeding) == "Weeding, 2:00: the beans"
    with read_books(community.engine, SLUG) as books:
        (line,) = statements.get_statement(books, ELI, Span(community.today, community.today)).lines
    assert (line.subject, line.narration) == (
        "Weeding, 2:00: the beans",
        "Weeding, 2:00: the beans, 1:30: Dee for Eli",
    )
    assert findings(community.engine) == []


def test_a_subject_does_not_depend_on_the_language_of_the_narration(community: SmallCommunity) -> None:
    kind = fill("hours", day=community.today, **HELP, what="Unkraut jäten")
    with write_books(community.engine, SLUG) as unit:
        outcome = record(unit, kind, Actors(ELI), new_key(), translate=in_german)
    entry = community.entry(outcome)
    assert (entry.subject, entry.narration) == ("Unkraut jäten", "Unkraut jäten (1:30): Dee für Eli")


def test_a_claim_keeps_its_subject_when_it_is_confirmed(community: SmallCommunity) -> None:
    claim = community.record("hours", DEE, **HELP, what="Weeding")
    assert community.entry(community.confirm(claim.agreement_id, ELI)).subject == "Weeding"


def test_nothing_typed_is_no_subject(community: SmallCommunity) -> None:
    assert "subject" not in community.entry(community.record("hours", ELI, **HELP)).texts


def test_a_narration_in_a_persons_own_words_is_stored_once(community: SmallCommunity) -> None:
    community.record("donation", 3, amount=100, fund="GEN", into="1000", what="Summer feast")
    with read_books(community.engine, SLUG) as books:
        assert queries.entries(books).entries[0].texts == {"narration": "Summer feast"}


def test_the_subject_of_a_private_entry_is_in_its_note_only(community: SmallCommunity) -> None:
    kind = fill("community-hours", day=community.today, helpers=(DEE,), minutes=60, programme="PEER", what="Circle")
    with read_books(community.engine, SLUG) as books:
        draft = kind.draft(BooksLookup(books))
    assert (draft.privacy, draft.subject, draft.note) == ("private", None, "Circle")


def test_a_changed_subject_is_found(community: SmallCommunity, weeding: int, make: Callable[[str], Engine]) -> None:
    owner = make(owned(community.engine))
    guards_dropped(owner)
    with owner.begin() as connection:
        connection.exec_driver_sql(f"UPDATE entry_text SET body = 'x' WHERE entry_id = {weeding} AND part = 'subject'")
    assert ("texts", weeding) in findings(community.engine)


@pytest.mark.parametrize("part", [None, "narration"])
def test_a_subject_is_erased_with_the_narration(community: SmallCommunity, weeding: int, part: str | None) -> None:
    with write_books(community.engine, SLUG) as unit:
        erase_words(unit, weeding, entered_by=OPERATOR, part=part)
    with read_books(community.engine, SLUG) as books:
        assert queries.entry(books, weeding).texts == {"narration": None, "subject": None}
        assert {one.part for one in all_erasures(books)} == {"narration", "subject"}
        assert "beans" not in "".join(jsonl(books))
    assert findings(community.engine) == []


def test_an_entry_posted_before_subjects_were_stored_is_the_same_request(community: SmallCommunity) -> None:
    kind, key = fill("hours", day=community.today, **HELP, what="Weeding"), new_key()
    with write_books(community.engine, SLUG) as unit:
        draft = kind.draft(BooksLookup(unit))
        earlier = post(unit, dataclasses.replace(draft, subject=None), Actors(ELI), key)
        again = post(unit, draft, Actors(ELI), key)
        with pytest.raises(KeyReused):
            post(unit, dataclasses.replace(draft, narration="Other"), Actors(ELI), key)
    assert (again.entry_id, again.was_there) == (earlier.entry_id, True)


def test_an_export_keeps_the_subject_and_imports_to_the_same_digest(
    community: SmallCommunity, weeding: int, tmp_path: Any
) -> None:
    with read_books(community.engine, SLUG) as books:
        lines = list(jsonl(books))
        assert verify(books).journal == journal_digest(books)
    (line,) = [json.loads(line) for line in lines if "beans" in line]
    assert line["subject"] == "Weeding, 2:00: the beans"
    path = tmp_path / "journal.jsonl"
    path.write_text("".join(lines))
    found(community.engine, "copy")
    add_members(community.engine, "Ana", "Bea", "Cai", "Dee", "Eli", slug="copy")
    assert import_journal(community.engine, "copy", path).refused == ()
    assert digest_of(community.engine, "copy") == digest_of(community.engine)
    with read_books(community.engine, "copy") as books:
        assert [entry.subject for entry in queries.entries(books).entries] == ["Weeding, 2:00: the beans"]


def test_a_file_without_subjects_says_the_same_as_the_entries(
    community: SmallCommunity, weeding: int, tmp_path: Any
) -> None:
    with read_books(community.engine, SLUG) as books:
        lines = [json.loads(line) for line in jsonl(books)]
    path = tmp_path / "journal.jsonl"
    for subject, refused in ((None, 0), ("Weeding, 2:00: the beans", 0), ("Digging", 1)):
        path.write_text("\n".join(json.dumps(line | {"subject": subject}) for line in lines) + "\n")
        assert len(import_journal(community.engine, SLUG, path, partial=True).refused) == refused
