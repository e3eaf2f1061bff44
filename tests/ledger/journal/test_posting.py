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
from tests.communities import small_community
from tests.communities.small_community import ANA, BEA, DEE, ELI, SLUG, hours_draft, new_key, post_draft, sale_draft
from tests.databases import Filling


@pytest.fixture
def books(filled: Callable[[Filling], Engine]) -> Engine:
    return filled(small_community.create)


def how_many(engine: Engine) -> int:
    with read_books(engine, SLUG) as unit:
        return entries_in(unit)


def entries_in(unit: UnitOfWork) -> int:
    query = select(func.count()).select_from(journal_entry).where(journal_entry.c.community_id == unit.community_id)
    return int(unit.connection.scalar(query) or 0)


@pytest.mark.unhurried
def test_an_entry_moves_both_sides_and_keeps_its_words(books: Engine) -> None:
    number = post_draft(books, hours_draft()).entry_id
    with read_books(books, SLUG) as unit:
        entry = queries.entry(unit, number)
        assert [balance_of(unit, small_community.time_account(party)) for party in (BEA, ANA)] == [90, -90]
    assert (entry.narration, entry.kind, entry.family, entry.live) == ("Weeding", "hours", "exchange", True)
    assert [(line.leaf.owner, line.amount, line.programme) for line in entry.lines] == [
        (BEA, 90, "GARDEN"),
        (ANA, -90, "GARDEN"),
    ]


@pytest.mark.unhurried
def test_a_quantity_stays_with_its_line(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        before = unit.head.seq
    number = post_draft(books, sale_draft()).entry_id
    with read_books(books, SLUG) as unit:
        entry = queries.entry(unit, number)
    assert entry.lines[1].quantity == Quantity(2500, "kg", "weighed")
    assert number == before + 2  # one act opened the accounts and the month


@pytest.mark.unhurried
def test_the_same_key_gives_the_first_result_again(books: Engine) -> None:
    one = new_key()
    assert [post_draft(books, hours_draft(), one) for _ in range(2)] == [Posted(10, False), Posted(10, True)]
    assert how_many(books) == 1


CHANGES: dict[str, Callable[[EntryDraft], EntryDraft]] = {
    "minutes": lambda _: hours_draft(minutes=91),
    "day": lambda draft: replace(draft, effective_on=small_community.DAY - dt.timedelta(1)),
    "person": lambda _: hours_draft(received=small_community.CAI),
    "words": lambda draft: replace(draft, narration="Digging"),
    "an added note": lambda draft: replace(draft, note="in the rain"),
    "facts": lambda draft: replace(draft, facts={"a": 1}),
    "privacy": lambda draft: replace(draft, privacy="private"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_the_same_key_with_other_content_is_refused(books: Engine, change: Callable[[EntryDraft], EntryDraft]) -> None:
    one = new_key()
    post_draft(books, hours_draft(), one)
    with pytest.raises(errors.KeyReused, match="other content"):
        post_draft(books, change(hours_draft()), one)
    assert how_many(books) == 1


@pytest.mark.unhurried
def test_thirty_two_sendings_at_once_post_once(books: Engine) -> None:
    one = new_key()
    with ThreadPoolExecutor(8) as crowd:
        posted = list(crowd.map(lambda _: post_draft(books, hours_draft(), one), range(32)))
    assert {each.entry_id for each in posted} == {10}
    assert [each.was_there for each in posted].count(False) == 1
    assert how_many(books) == 1


@pytest.mark.unhurried
def test_a_batch_keeps_its_order_and_posts_each_key_once(books: Engine) -> None:
    first, second = new_key(), new_key()
    orders = [
        (hours_draft(), Actors(ANA), first),
        (sale_draft(), Actors(ANA), second),
        (hours_draft(), Actors(ANA), first),
    ]
    with write_books(books, SLUG) as unit:
        assert post_many(unit, orders) == [Posted(10), Posted(11), Posted(10, True)]
    assert how_many(books) == 2


def test_a_batch_posts_what_is_new_beside_what_is_there(books: Engine) -> None:
    first, second = new_key(), new_key()
    post_draft(books, hours_draft(), first)
    with write_books(books, SLUG) as unit:
        orders = [(sale_draft(), Actors(ANA), second), (hours_draft(), Actors(ANA), first)]
        assert post_many(unit, orders) == [Posted(12), Posted(10, True)]
    with read_books(books, SLUG) as unit:
        query = select(act.c.entered_by).where(act.c.act_id == 11, act.c.community_id == unit.community_id)
        assert unit.connection.scalar(query) == 0  # whoever posts, the community opens its accounts


def test_a_writer_knows_the_head_that_it_wrote(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        post_many(unit, [(hours_draft(), Actors(ANA), new_key()), (sale_draft(), Actors(ANA), new_key())])
        written = unit.head
    with read_books(books, SLUG) as unit:
        assert unit.head == written


def test_one_key_twice_in_a_batch_with_other_content_is_refused(books: Engine) -> None:
    one = new_key()
    with pytest.raises(errors.KeyReused, match="twice"), write_books(books, SLUG) as unit:
        post_many(unit, [(hours_draft(), Actors(ANA), one), (sale_draft(), Actors(ANA), one)])
    assert how_many(books) == 0


def test_a_refusal_leaves_nothing_half_done(books: Engine) -> None:
    with read_books(books, SLUG) as unit:
        before = unit.head
    with pytest.raises(errors.UnknownProgramme), write_books(books, SLUG) as unit:
        post(unit, hours_draft(), Actors(ANA), new_key())
        line = PostingDraft(small_community.BANK, 100, "CASTLE")
        wrong = replace(sale_draft(), postings=(line, PostingDraft(small_community.SALES, -100)))
        post(unit, wrong, Actors(ANA), new_key())
    with read_books(books, SLUG) as unit:
        assert unit.head == before


def many(last: EntryDraft) -> list[Order]:
    """More entries than PostgreSQL is sent at a time, and one more."""
    drafts = [hours_draft(minutes=1 + number) for number in range(2 * BATCH_SIZE)]
    return [(draft, Actors(ANA), new_key()) for draft in [*drafts, last]]


@pytest.mark.unhurried
def test_a_long_batch_is_one_run_of_links(books: Engine) -> None:
    with write_books(books, SLUG) as unit:
        posted = post_many(unit, many(sale_draft()))
    numbers = [one.entry_id for one in posted]
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    with read_for_verify(books, SLUG) as unit:
        assert verify(unit).findings == ()


@pytest.mark.unhurried
@pytest.mark.parametrize("place", [0, FIRST_BATCH_SIZE, FIRST_BATCH_SIZE + BATCH_SIZE, 2 * BATCH_SIZE + 1])
def test_a_refusal_within_a_long_batch_leaves_nothing_of_it(books: Engine, place: int) -> None:
    post_draft(books, hours_draft())
    with write_books(books, SLUG) as unit:
        small_community.close_without_balances(unit)
    later = [(replace(draft, effective_on=dt.date(2026, 4, 1)), by, one) for draft, by, one in many(sale_draft())]
    refused = [*later[:place], (hours_draft(), Actors(ANA), new_key()), *later[place:]]
    with write_books(books, SLUG) as unit:
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
        post_draft(books, replace(sale_draft(), postings=lines))


def test_a_decision_is_named_by_its_code(books: Engine) -> None:
    number = post_draft(books, replace(sale_draft(), decision="A-01")).entry_id
    with read_books(books, SLUG) as unit:
        assert queries.entry(unit, number).decision == "A-01"
    with pytest.raises(errors.UnknownDecision, match="A-99"):
        post_draft(books, replace(sale_draft(), decision="A-99"))


def test_closed_period_refuses_a_new_entry(books: Engine) -> None:
    post_draft(books, hours_draft())
    with write_books(books, SLUG) as unit:
        small_community.close_without_balances(unit)
    with pytest.raises(errors.PeriodClosed):
        post_draft(books, hours_draft(minutes=30))
    assert post_draft(books, hours_draft(day=dt.date(2026, 4, 1))).entry_id


@pytest.mark.unhurried
def test_a_reversal_mirrors_the_entry_and_names_it(books: Engine) -> None:
    number = post_draft(books, sale_draft()).entry_id
    with write_books(books, SLUG) as unit:
        back = reverse(unit, number, " typed twice ", Actors(BEA), new_key()).entry_id
    with read_books(books, SLUG) as unit:
        original, reversal = queries.entry(unit, number), queries.entry(unit, back)
        assert balance_of(unit, small_community.BANK) == 0
    assert [-line.amount for line in reversal.lines] == [line.amount for line in original.lines]
    assert (reversal.reverses, reversal.texts["reason"], original.reversed_by) == (number, "typed twice", back)
    assert not original.live
    assert not reversal.live


def test_an_entry_is_reversed_once_and_the_same_form_twice_is_once(books: Engine) -> None:
    number, one = post_draft(books, sale_draft()).entry_id, new_key()
    for was_there in (False, True):
        with write_books(books, SLUG) as unit:
            assert reverse(unit, number, "wrong", Actors(BEA), one).was_there is was_there
    with pytest.raises(errors.AlreadyReversed, match=f"Entry {number} is"), write_books(books, SLUG) as unit:
        reverse(unit, number, "wrong", Actors(BEA), new_key())
    other = post_draft(books, sale_draft()).entry_id
    with write_books(books, SLUG) as unit:
        assert not reverse(unit, other, "wrong too", Actors(BEA), new_key()).was_there


def test_a_reversal_repeats_everything_but_the_sign(books: Engine) -> None:
    counted, plain = sale_draft().postings[::-1], hours_draft().postings
    there = replace(sale_draft(), postings=(*plain, *counted), privacy="private", document="bill 7", decision="A-01")
    number, day = post_draft(books, there).entry_id, dt.date(2026, 4, 2)
    back = tuple(PostingDraft(one.leaf, -one.amount, one.programme, one.quantity) for one in there.postings)
    wanted = replace(there, postings=back, reason="twice", reverses=number, narration=None, note=None, decision=None)
    with write_books(books, SLUG) as unit:
        assert reversal_draft(unit, number, " twice ") == wanted
        taken = reverse(unit, number, "twice", Actors(BEA), new_key(), on=day).entry_id
    with read_books(books, SLUG) as unit:
        assert queries.entry(unit, taken).effective_on == day


def test_a_reversal_stays_part_of_what_its_entry_settled(community: small_community.SmallCommunity) -> None:
    waits = community.record("hours", DEE, helpers=(DEE,), receiver=ELI, minutes=90)
    entry = community.entry(community.confirm(waits.agreement_id, ELI))
    with read_books(community.engine, SLUG) as unit:
        assert reversal_draft(unit, entry.entry_id, "wrong").agreement == waits.agreement_id


@pytest.mark.unhurried
def test_entries_of_a_neighbour_are_neither_found_nor_counted(books: Engine) -> None:
    small_community.create(books, "valley")
    number, far = post_draft(books, hours_draft()).entry_id, 0
    for minutes in (20, 40, 60):
        far = post_draft(books, hours_draft(minutes=minutes), slug="valley").entry_id
    with write_books(books, "valley") as unit:
        reverse(unit, number, "wrong there", Actors(BEA), new_key())
    with pytest.raises(errors.UnknownEntry), read_books(books, SLUG) as unit:
        reversal_draft(unit, far, "not ours")
    with write_books(books, SLUG) as unit:
        assert [line.amount for line in reversal_draft(unit, number, "wrong").postings] == [-90, 90]
        assert not reverse(unit, number, "wrong here", Actors(BEA), new_key()).was_there


def test_a_reversal_is_not_reversed(books: Engine) -> None:
    number = post_draft(books, sale_draft()).entry_id
    with write_books(books, SLUG) as unit:
        back = reverse(unit, number, "wrong", Actors(BEA), new_key()).entry_id
    with pytest.raises(errors.ReversalOfReversal, match=str(back)), write_books(books, SLUG) as unit:
        reverse(unit, back, "no, right", Actors(BEA), new_key())


def test_a_reversal_wants_a_reason_and_an_entry(books: Engine) -> None:
    number = post_draft(books, sale_draft()).entry_id
    with pytest.raises(errors.FieldWrong, match="Say why") as refused, write_books(books, SLUG) as unit:
        reverse(unit, number, "  ", Actors(BEA), new_key())
    assert refused.value.field == "reason"
    with pytest.raises(errors.UnknownEntry, match="999"), write_books(books, SLUG) as unit:
        reverse(unit, 999, "wrong", Actors(BEA), new_key())
