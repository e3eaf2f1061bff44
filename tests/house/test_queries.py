"""Every statement that our own code sends is listened to, and one that forgets the community is heard."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from tests.queries import ROOT, forgetful, forgotten

WHOLE = [
    "SELECT amount FROM posting WHERE posting.community_id = ? AND entry_id = ?",
    "SELECT 1 FROM account AS a JOIN posting AS p ON p.community_id = a.community_id WHERE a.community_id = %(c)s",
    "SELECT 1 FROM account, balance WHERE account.community_id = $1 AND balance.community_id = account.community_id",
    "INSERT INTO posting (community_id, entry_id) VALUES (?, ?)",
    "INSERT INTO seal (community_id, seq) SELECT community_id, seq FROM json_to_recordset(%s::json)",
    "WITH said AS (INSERT INTO hold (community_id, a) SELECT 1, 2) INSERT INTO posting (community_id, b) SELECT 1, 2",
    "UPDATE agreement SET state = ? WHERE community_id = ?",
    "SELECT community_id FROM community WHERE slug = ?",
    "SELECT h.seq FROM community AS c JOIN chain_head AS h ON h.community_id = c.community_id WHERE c.slug = ?",
    "CREATE TRIGGER t BEFORE INSERT ON seal BEGIN SELECT 1 FROM period; END",
    "SELECT seq FROM chain_head AS h WHERE h.community_id = (SELECT community_id FROM community WHERE slug = %s)",
    "SELECT period FROM job WHERE told = 'from posting'",
    "SELECT 1 FROM posting WHERE posting.community_id + ? = ?",
]
FORGETFUL = {
    "SELECT sum(amount) FROM posting": ["posting"],
    "SELECT sum(amount) FROM posting p WHERE p.entry_id = ?": ["posting"],
    "SELECT 1 FROM account JOIN posting USING (account_id) WHERE account.community_id = ?": ["posting"],
    "SELECT 1 FROM account, balance b WHERE account.community_id = ?": ["balance"],
    "SELECT 1 FROM community AS c JOIN posting AS p ON p.entry_id > 0 WHERE c.slug = ?": ["posting"],
    "SELECT 1 FROM posting WHERE community_id = account_id": ["posting"],
    "UPDATE agreement SET state = ? WHERE agreement_id = ?": ["agreement"],
    "INSERT INTO posting (community_id) SELECT community_id FROM account": ["account"],
    "DELETE FROM hold WHERE hold_id = ?": ["hold"],
}


@pytest.mark.parametrize("statement", WHOLE)
def test_a_statement_that_says_whose_rows_it_means_passes(statement: str) -> None:
    assert forgotten(statement) == []


@pytest.mark.parametrize("statement", FORGETFUL)
def test_a_statement_that_forgets_the_community_is_named(statement: str) -> None:
    assert forgotten(statement) == FORGETFUL[statement]


def test_what_our_own_code_sends_is_heard_and_what_a_test_sends_is_not(sqlite_engine: Engine) -> None:
    sql = "SELECT count(*) FROM posting"
    with sqlite_engine.connect() as connection:
        connection.exec_driver_sql(sql)
        assert forgetful == []
        sent = compile("connection.exec_driver_sql(sql)", str(ROOT / "ledger" / "of_no_file.py"), "exec")
        exec(sent, {"connection": connection, "sql": sql})
        assert [said.partition(" in: ")[0] for said in forgetful] == [
            "ledger/of_no_file.py:<module> forgets the community of posting"
        ]
    forgetful.clear()
