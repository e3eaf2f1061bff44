"""Posting: what goes into the books, once, whole, and never out again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import Engine, func, select

from ledger.checks import verify
from ledger.core import errors
from ledger.core.drafts import AccountKey, EntryDraft, PostingDraft, Quantity
from ledger.database import error_translation
from ledger.database.unit_of_work import UnitOfWork, read_books, read_for_verify, write_books
from ledger.journal import queries
from ledger.journal.balances import balance_of
from ledger.journal.idempotency import Actors, Order, Posted
from ledger.journal.posting import BATCH_SIZE, FIRST_BATCH_SIZE, post, post_many
from ledger.journal.reversal import reversal_draft, reverse
from ledger.models import act, journal_entry
from tests.databases import Filling
from tests.ledger import village
from tests.ledger.orchard import DEE, ELI, SLUG, Orchard
from tests.ledger.village import ANA, BANK, BEA, DAY, hours, key, put, sale, time_of


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(village.found)


def how_many(engine: Engine) -> int:
    with read_books(engine, "village") as unit:
        return entries_in(unit)


def entries_in(unit: UnitOfWork) -> int:
    query = select(func.count()).select_from(journal_entry).where(journal_entry.c.community_id == unit.community_id)
    return int(unit.connection.scalar(query) or 0)


@pytest.mark.unhurried
def test_an_entry_moves_both_sides_and_keeps_its_words(books: Engine) -> None:
    number = put(books, hours()).entry_id
    with read_books(books, "village") as unit:
        entry = queries.entry(unit, number)
        assert (balance_of(unit, time_of(BEA)), balance_of(unit, time_of(ANA))) == (90, -90)
    assert (entry.narration, entry.kind, entry.family, entry.live) == ("Weeding", "hours", "exchange", True)
    assert [(line.leaf.owner, line.amount, line.programme) for line in entry.lines] == [
        (BEA, 90, "GARDEN"),
        (ANA, -90, "GARDEN"),
    ]


@pytest.mark.unhurried
def test_a_quantity_stays_with_its_line(books: Engine) -> None:
    with read_books(books, "village") as unit:
        before = unit.head.seq
    number = put(books, sale()).entry_id
    with read_books(books, "village") as unit:
        entry = queries.entry(unit, number)
    assert entry.lines[1].quantity == Quantity(2500, "kg", "weighed")
    assert number == before + 2  # one act opened the accounts and the month


@pytest.mark.unhurried
def test_the_same_key_gives_the_first_result_again(books: Engine) -> None:
    one = key()
    assert (put(books, hours(), one), put(books, hours(), one)) == (Posted(3, False), Posted(3, True))
    assert how_many(books) == 1


CHANGES: dict[str, Callable[[EntryDraft], EntryDraft]] = {
    "minutes": lambda _: hours(minutes=91),
    "day": lambda draft: replace(draft, effective_on=DAY - dt.timedelta(1)),
    "person": lambda _: hours(received=village.CAI),
    "words": lambda draft: replace(draft, narration="Digging"),
    "an added note": lambda draft: replace(draft, note="in the rain"),
    "facts": lambda draft: replace(draft, facts={"a": 1}),
    "privacy": lambda draft: replace(draft, privacy="private"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_same_key_with_other_content_is_refused(books: Engine, change: Callable[[EntryDraft], EntryDraft]) -> None:
    one = key()
    put(books, hours(), one)
    with pytest.raises(errors.KeyReused, match="other content"):
        put(books, change(hours()), one)
    assert how_many(books) == 1


@pytest.mark.unhurried
def test_thirty_two_sendings_at_once_post_once(books: Engine) -> None:
    one = key()
    with ThreadPoolExecutor(8) as crowd:
        posted = list(crowd.map(lambda _: put(books, hours(), one), range(32)))
    assert {each.entry_id for each in posted} == {3}
    assert [each.was_there for each in posted].count(False) == 1
    assert how_many(books) == 1


@pytest.mark.unhurried
def test_a_batch_keeps_its_order_and_posts_each_key_once(books: Engine) -> None:
    first, second = key(), key()
    orders = [(hours(), Actors(ANA), first), (sale(), Actors(ANA), second), (hours(), Actors(ANA), first)]
    with write_books(books, "village") as unit:
        assert post_many(unit, orders) == [Posted(3), Posted(4), Posted(3, True)]
    assert how_many(books) == 2


def test_a_batch_posts_what_is_new_beside_what_is_there(books: Engine) -> None:
    first, second = key(), key()
    put(books, hours(), first)
    with write_books(books, "village") as unit:
        orders = [(sale(), Actors(ANA), second), (hours(), Actors(ANA), first)]
        assert post_many(unit, orders) == [Posted(5), Posted(3, True)]
    with read_books(books, "village") as unit:
        query = select(act.c.entered_by).where(act.c.act_id == 4, act.c.community_id == unit.community_id)
        assert unit.connection.scalar(query) == 0  # whoever posts, the community opens its accounts


def test_a_writer_knows_the_head_that_it_wrote(books: Engine) -> None:
    with write_books(books, "village") as unit:
        post_many(unit, [(hours(), Actors(ANA), key()), (sale(), Actors(ANA), key())])
        written = unit.head
    with read_books(books, "village") as unit:
        assert unit.head == written


def test_one_key_twice_in_a_batch_with_other_content_is_refused(books: Engine) -> None:
    one = key()
    with pytest.raises(errors.KeyReused, match="twice"), write_books(books, "village") as unit:
        post_many(unit, [(hours(), Actors(ANA), one), (sale(), Actors(ANA), one)])
    assert how_many(books) == 0


def test_a_refusal_leaves_nothing_half_done(books: Engine) -> None:
    with read_books(books, "village") as unit:
        before = unit.head
    with pytest.raises(errors.UnknownProgramme), write_books(books, "village") as unit:
        post(unit, hours(), Actors(ANA), key())
        line = PostingDraft(BANK, 100, "CASTLE")
        wrong = replace(sale(), postings=(line, PostingDraft(village.SALES, -100)))
        post(unit, wrong, Actors(ANA), key())
    with read_books(books, "village") as unit:
        assert unit.head == before


def many(last: EntryDraft) -> list[Order]:
    """More entries than PostgreSQL is sent at a time, and one more."""
    drafts = [hours(minutes=1 + number) for number in range(2 * BATCH_SIZE)]
    return [(draft, Actors(ANA), key()) for draft in [*drafts, last]]


@pytest.mark.unhurried
def test_a_long_batch_is_one_run_of_links(books: Engine) -> None:
    with write_books(books, "village") as unit:
        posted = post_many(unit, many(sale()))
    numbers = [one.entry_id for one in posted]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    with read_for_verify(books, "village") as unit:
        assert verify(unit).findings == ()


@pytest.mark.unhurried
@pytest.mark.parametrize("place", [0, FIRST_BATCH_SIZE, FIRST_BATCH_SIZE + BATCH_SIZE, 2 * BATCH_SIZE + 1])
def test_a_refusal_within_a_long_batch_leaves_nothing_of_it(books: Engine, place: int) -> None:
    put(books, hours())
    with write_books(books, "village") as unit:
        village.close_month(unit)
    later = [(replace(draft, effective_on=dt.date(2026, 4, 1)), by, one) for draft, by, one in many(sale())]
    refused = [*later[:place], (hours(), Actors(ANA), key()), *later[place:]]
    with write_books(books, "village") as unit:
        head = unit.head
        with pytest.raises(errors.PeriodClosed), error_translation.errors_translated(), unit.connection.begin_nested():
            post_many(unit, refused)
        assert entries_in(unit) == 1
        unit.set_head(head)
        post_many(unit, later)
    assert how_many(books) == 1 + len(later)


STRANGE = {
    "account": (AccountKey("9999", "EUR", "GEN"), errors.UnknownAccount),
    "fund": (AccountKey("1000", "EUR", "ZZZ"), errors.UnknownFund),
    "unit": (AccountKey("1000", "XTS", "GEN"), errors.UnknownAccount),
    "owner": (AccountKey("1000", "EUR", "GEN", 77), errors.UnknownMember),
}


@pytest.mark.parametrize(("leaf", "refusal"), STRANGE.values(), ids=STRANGE.keys())
def test_what_is_in_no_list_is_refused_by_name(
    books: Engine, leaf: AccountKey, refusal: type[errors.LedgerError]
) -> None:
    lines = (PostingDraft(leaf, 100), PostingDraft(leaf, -100))
    with pytest.raises(refusal):
        put(books, replace(sale(), postings=lines))


def test_a_decision_is_named_by_its_code(books: Engine) -> None:
    number = put(books, replace(sale(), decision="A-01")).entry_id
    with read_books(books, "village") as unit:
        assert queries.entry(unit, number).decision == "A-01"
    with pytest.raises(errors.UnknownDecision, match="A-99"):
        put(books, replace(sale(), decision="A-99"))


def test_closed_period_refuses_a_new_entry(books: Engine) -> None:
    put(books, hours())
    with write_books(books, "village") as unit:
        village.close_month(unit)
    with pytest.raises(errors.PeriodClosed):
        put(books, hours(minutes=30))
    assert put(books, hours(day=dt.date(2026, 4, 1))).entry_id


@pytest.mark.unhurried
def test_a_reversal_mirrors_the_entry_and_names_it(books: Engine) -> None:
    number = put(books, sale()).entry_id
    with write_books(books, "village") as unit:
        back = reverse(unit, number, " typed twice ", Actors(BEA), key()).entry_id
    with read_books(books, "village") as unit:
        original, reversal = queries.entry(unit, number), queries.entry(unit, back)
        assert balance_of(unit, BANK) == 0
    assert [-line.amount for line in reversal.lines] == [line.amount for line in original.lines]
    assert (reversal.reverses, reversal.texts["reason"], original.reversed_by) == (number, "typed twice", back)
    assert not original.live
    assert not reversal.live


def test_an_entry_is_reversed_once_and_the_same_form_twice_is_once(books: Engine) -> None:
    number, one = put(books, sale()).entry_id, key()
    for was_there in (False, True):
        with write_books(books, "village") as unit:
            assert reverse(unit, number, "wrong", Actors(BEA), one).was_there is was_there
    with pytest.raises(errors.AlreadyReversed, match=f"Entry {number} is"), write_books(books, "village") as unit:
        reverse(unit, number, "wrong", Actors(BEA), key())
    other = put(books, sale()).entry_id
    with write_books(books, "village") as unit:
        assert not reverse(unit, other, "wrong too", Actors(BEA), key()).was_there


def test_a_reversal_repeats_everything_but_the_sign(books: Engine) -> None:
    counted, plain = sale().postings[::-1], hours().postings
    there = replace(sale(), postings=(*plain, *counted), privacy="private", document="bill 7", decision="A-01")
    number, day = put(books, there).entry_id, dt.date(2026, 4, 2)
    back = tuple(PostingDraft(one.leaf, -one.amount, one.programme, one.quantity) for one in there.postings)
    wanted = replace(there, postings=back, reason="twice", reverses=number, narration=None, note=None, decision=None)
    with write_books(books, "village") as unit:
        assert reversal_draft(unit, number, " twice ") == wanted
        taken = reverse(unit, number, "twice", Actors(BEA), key(), on=day).entry_id
    with read_books(books, "village") as unit:
        assert queries.entry(unit, taken).effective_on == day


def test_a_reversal_stays_part_of_what_its_entry_settled(orchard: Orchard) -> None:
    waits = orchard.record("hours", DEE, helpers=(DEE,), receiver=ELI, minutes=90)
    entry = orchard.entry(orchard.confirm(waits.agreement_id, ELI))
    with read_books(orchard.engine, SLUG) as unit:
        assert reversal_draft(unit, entry.entry_id, "wrong").agreement == waits.agreement_id


@pytest.mark.unhurried
def test_entries_of_a_neighbour_are_neither_found_nor_counted(books: Engine) -> None:
    village.found(books, "valley", "0192f0c4-7c1e-7b3a-9d52-3f6a1b2c4d5f", 2)
    number, far = put(books, hours()).entry_id, 0
    for minutes in (20, 40, 60):
        far = put(books, hours(minutes=minutes), slug="valley").entry_id
    with write_books(books, "valley") as unit:
        reverse(unit, number, "wrong there", Actors(BEA), key())
    with pytest.raises(errors.UnknownEntry), read_books(books, "village") as unit:
        reversal_draft(unit, far, "not ours")
    with write_books(books, "village") as unit:
        assert [line.amount for line in reversal_draft(unit, number, "wrong").postings] == [-90, 90]
        assert not reverse(unit, number, "wrong here", Actors(BEA), key()).was_there


def test_a_reversal_is_not_reversed(books: Engine) -> None:
    number = put(books, sale()).entry_id
    with write_books(books, "village") as unit:
        back = reverse(unit, number, "wrong", Actors(BEA), key()).entry_id
    with pytest.raises(errors.ReversalOfReversal, match=str(back)), write_books(books, "village") as unit:
        reverse(unit, back, "no, right", Actors(BEA), key())


def test_a_reversal_wants_a_reason_and_an_entry(books: Engine) -> None:
    number = put(books, sale()).entry_id
    with pytest.raises(errors.FieldWrong, match="Say why") as refused, write_books(books, "village") as unit:
        reverse(unit, number, "  ", Actors(BEA), key())
    assert refused.value.field == "reason"
    with pytest.raises(errors.UnknownEntry, match="999"), write_books(books, "village") as unit:
        reverse(unit, 999, "wrong", Actors(BEA), key())
