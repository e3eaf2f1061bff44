"""Hard limits and holds: what would pass a limit is refused, a way back toward zero never is."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection

from tests.attacks.books import HOLD, Books, Entry, entry, refused

OVER = ("balance_below_floor", "balance_above_ceiling", "over-limit")


def move(amount: int, account: int = 1) -> Entry:
    return entry((account, amount), (2 if account != 2 else 1, -amount))


def last_moves(books: Books) -> list[tuple[int, int, int]]:
    sql = "SELECT account_id, last_move, last_entry FROM balance WHERE community_id = :c AND account_id < 3 ORDER BY 1"
    return [(int(account), int(moved), int(number)) for account, moved, number in books.run(sql)]


@pytest.mark.parametrize(("account", "amount"), [(1, 11), (2, -11)], ids=["ceiling", "floor"])
def test_one_step_over_a_limit_is_refused(books: Books, account: int, amount: int) -> None:
    books.limit(account, -100, 100)
    with refused(*OVER):
        books.post(move(amount, account))
    assert abs(books.balance(account)) == 90


@pytest.mark.parametrize(("account", "amount"), [(1, 10), (2, -10)], ids=["ceiling", "floor"])
def test_exactly_to_a_limit_is_kept(books: Books, account: int, amount: int) -> None:
    books.limit(account, -100, 100)
    books.post(move(amount, account))
    assert abs(books.balance(account)) == 100


def test_a_limit_may_be_set_tighter_than_the_balance(books: Books) -> None:
    books.limit(1, -50, 50)
    assert books.balance(1) == 90


def test_over_its_limit_an_account_still_moves_toward_zero(books: Books) -> None:
    books.limit(1, -50, 50)
    books.post(move(-10))
    assert books.balance(1) == 80


@pytest.mark.parametrize("amount", [1, -200], ids=["further away", "through zero past the other limit"])
def test_over_its_limit_an_account_does_not_move_on(books: Books, amount: int) -> None:
    books.limit(1, -50, 50)
    books.post(move(-10))
    with refused(*OVER):
        books.post(move(amount))


def test_a_batch_that_dips_over_a_limit_and_comes_back_is_refused(books: Books) -> None:
    books.limit(1, -100, 100)
    with refused(*OVER):
        books.post(move(50), move(-50))


def test_a_batch_that_makes_room_first_and_then_uses_it_is_kept(books: Books) -> None:
    books.limit(1, -100, 100)
    books.post(move(-50), move(60))
    assert books.balance(1) == 100


def test_both_ways_within_one_entry_move_nothing(books: Books) -> None:
    books.limit(1, -90, 90)
    books.post(entry((1, 50), (1, -50)))
    assert books.balance(1) == 90


def test_a_reversal_passes_a_limit(books: Books) -> None:
    number = books.post(move(-80))
    books.limit(1, -50, 50)
    books.post(entry((1, 80), (2, -80), reverses=number))
    assert (books.balance(1), last_moves(books)[0]) == (90, (1, 0, number + 2))


def test_an_account_limited_to_nothing_is_closed(books: Books) -> None:
    books.limit(3, 0, 0)
    with refused(*OVER):
        books.post(move(5, 3))


def test_the_last_move_is_that_of_the_last_entry_in_a_batch(books: Books) -> None:
    last = books.post(move(7), move(4), entry((10, 5), (11, -5)))
    assert last_moves(books) == [(1, 4, last - 1), (2, -4, last - 1)]


def test_a_reversal_at_the_end_of_a_batch_leaves_no_last_move(books: Books) -> None:
    last = books.post(move(7), entry((1, -90), (2, 90), reverses=2))
    assert last_moves(books) == [(1, 0, last), (2, 0, last)]


CROSSED = [{"floor": 5, "ceiling": 4}, {"floor": "5", "ceiling": 9}, {"floor": 1.5, "ceiling": 9}, {"floor": [1]}]


@pytest.mark.parametrize("facts", CROSSED, ids=str)
def test_limits_are_whole_numbers_that_do_not_cross(books: Books, facts: dict[str, object]) -> None:
    with refused("act-target", "limits-guard", "balance_limits_check"):
        books.act("limits", facts, account_id=1)


def test_limits_name_an_account(books: Books) -> None:
    with refused("act-target"):
        books.act("limits", {"floor": 1, "ceiling": 2})


# holds


def hold(books: Books, amount: int, connection: Connection | None = None) -> None:
    books.hold(1, amount, connection)


END = "UPDATE hold SET state = :state, entry_id = :entry WHERE community_id = :c AND hold_id = 2"


@pytest.mark.parametrize("amount", [11, -191], ids=["ceiling", "floor"])
def test_a_hold_that_does_not_fit_is_refused(books: Books, amount: int) -> None:
    books.limit(1, -100, 100)
    with refused("over-limit"):
        hold(books, amount)


def test_room_that_a_hold_reserves_is_taken(books: Books) -> None:
    books.limit(1, -100, 100)
    hold(books, 8)
    with refused(*OVER):
        books.post(move(5))


def test_a_hold_settled_by_its_entry_is_not_voided_again(books: Books) -> None:
    books.limit(1, -100, 100)
    hold(books, 8)
    with books.engine.begin() as connection:
        rows = books.rows(books.unit(connection), (move(8),))
        books.insert(connection, "journal_entry", rows["journal_entry"])
        books.run(END, connection, state="settled", entry=rows["seal"][0]["seq"])
        for table in ("entry_text", "posting", "seal"):
            books.insert(connection, table, rows[table])
    assert books.balance(1) == 98
    with refused("hold-ended"):
        books.run(END, state="voided", entry=None)


def test_a_hold_is_not_settled_by_an_older_entry(books: Books) -> None:
    hold(books, 8)
    with refused("hold-entry"):
        books.run(END, state="settled", entry=2)


@pytest.mark.parametrize(("state", "entry_id"), [("settled", None), ("voided", 2), ("gone", None)])
def test_a_hold_ends_in_one_of_three_ways(books: Books, state: str, entry_id: int | None) -> None:
    hold(books, 8)
    with refused("hold_entry_check", "hold_state_check"):
        books.run(END, state=state, entry=entry_id)


def test_a_hold_is_made_open(books: Books) -> None:
    with refused("already-there"):
        books.run(
            HOLD.replace("recorded_at)", "recorded_at, state)").replace("Z')", "Z', 'voided')"),
            number=2,
            account=1,
            amount=5,
        )
