"""Books that the version before made are read, checked, printed and gone on with as they were."""

from __future__ import annotations

from tests.golden.willow import HERE as GOLDEN
from tests.previous_version.books import Books, balances, exports, reports, said_before

GIFT = ("post", "donation", "--community", "willow", "--amount", "12.50", "--fund", "GEN", "--into", "1000")


def check_going_on(books: Books) -> None:
    """Post an entry; everything still holds, and the head from before is still in the chain."""
    before = books.data("verify", "--community", "willow")["head"]
    posted = books.data(*GIFT, "--day", "2026-04-15")
    assert (posted["seq"], posted["was_there"]) == (before["seq"] + 1, False)
    kept = f"{before['seq']}:{before['hash']}"
    after = books.data("verify", "--community", "willow", "--anchor", kept)
    assert (after["ok"], after["head"]["seq"]) == (True, posted["seq"])
    wrong = f"{before['seq']}:{after['head']['hash']}"
    assert books.run("verify", "--community", "willow", "--anchor", wrong).exit_code == 1


def test_the_old_file_is_whole_and_has_the_same_heads(file_books: Books) -> None:
    assert file_books.data("verify") == said_before()["verify"]


def test_accounts_hold_the_same_as_before(file_books: Books) -> None:
    assert balances(file_books) == said_before()["balances"]


def test_reports_print_the_same_bytes_as_before(file_books: Books) -> None:
    assert reports(file_books, "pdf", "html", "csv") == said_before()["reports"]


def test_exports_write_the_same_bytes_as_before(file_books: Books) -> None:
    assert exports(file_books) == said_before()["exports"]


def test_a_new_entry_goes_into_the_old_file(file_books: Books) -> None:
    check_going_on(file_books)


def test_an_entry_sent_again_is_known_from_before(file_books: Books) -> None:
    again = file_books.data(*GIFT, "--what", "Summer feast", "--day", "2026-11-21", "--key", "two")
    assert (again["seq"], again["was_there"]) == (141, True)
    other = file_books.run(*GIFT, "--what", "Winter feast", "--day", "2026-11-21", "--key", "two")
    assert other.exit_code == 1


def test_a_journal_imported_again_is_known_from_before(file_books: Books) -> None:
    read = file_books.data("import", "journal", "--community", "willow", GOLDEN / "willow.jsonl")
    assert read == {"read": 129, "posted": 0, "already": 129, "refused": []}


def test_a_closed_month_stays_closed_in_the_old_file(file_books: Books) -> None:
    refused = file_books.run(*GIFT, "--day", "2026-03-31")
    assert refused.exit_code == 1
    assert "That month is closed." in refused.stderr


def test_the_old_backup_comes_back_as_it_was(restored_books: Books) -> None:
    before = said_before()
    assert restored_books.data("verify") == before["verify"]
    exported = exports(restored_books, ["jsonl"])
    assert exported == {asked: before["exports"][asked] for asked in exported}
    printed = reports(restored_books, "csv")
    assert printed == {asked: before["reports"][asked] for asked in printed}
    kept = restored_books.folder / "data" / "assembly" / "minutes.txt"
    assert kept.read_text(encoding="utf-8") == "The assembly of March agreed on the budget.\n"
    check_going_on(restored_books)
