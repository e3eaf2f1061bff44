"""Units, funds, chart lines, programmes and decisions, and the accounts that postings are made to."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from ledger.models.column_types import (
    bigint_column,
    books_table,
    check_constraint,
    community_foreign_key,
    community_id_column,
    foreign_key,
    text_column,
)

unit = books_table(
    "unit",
    community_id_column(),
    text_column("code", "The unit of amounts: `min`, `EUR`, `NV`.", primary_key=True),
    text_column("kind", "Time, money or barter value; units are never converted."),
    bigint_column("scale", "Digits after the point: 2 for EUR, 0 for minutes."),
    community_foreign_key(),
    check_constraint("code_check", "code <> ''"),
    check_constraint("kind_check", "kind IN ('time', 'money', 'value')"),
    check_constraint("scale_check", "scale BETWEEN 0 AND 6"),
)

fund = books_table(
    "fund",
    community_id_column(),
    text_column(
        "code",
        "A fund with its own purpose, such as GEN or EMF; every entry balances within each fund.",
        primary_key=True,
    ),
    community_foreign_key(),
    check_constraint("code_check", "code <> ''"),
)

chart_line = books_table(
    "chart_line",
    community_id_column(),
    text_column("code", "The number or letters of the line in the chart of accounts.", primary_key=True),
    text_column("class", "Asset, liability, equity, income or expense."),
    community_foreign_key(),
    check_constraint("code_check", "code <> ''"),
    check_constraint("class_check", "class IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE')"),
)

programme = books_table(
    "programme",
    community_id_column(),
    text_column("code", "An activity that costs and hours are reported by.", primary_key=True),
    community_foreign_key(),
    check_constraint("code_check", "code <> ''"),
)

decision = books_table(
    "decision",
    community_id_column(),
    bigint_column("decision_id", "Counted up within the community.", primary_key=True),
    text_column("code", "Its name in the minutes of the meeting."),
    UniqueConstraint("code", "community_id"),
    community_foreign_key(),
    check_constraint("decision_id_check", "decision_id > 0"),
    check_constraint("code_check", "code <> ''"),
)

account = books_table(
    "account",
    community_id_column(),
    bigint_column("account_id", "Counted up within the community.", primary_key=True),
    text_column("chart", "The chart line of the account."),
    text_column("unit", "The unit of its amounts."),
    text_column("fund", "The fund it belongs to."),
    bigint_column("owner_id", "The owner: a member, household, group, peer or outside party; 0 is the community."),
    UniqueConstraint("account_id", "unit", "fund", "community_id"),
    UniqueConstraint("owner_id", "chart", "unit", "fund", "community_id"),
    foreign_key("chart", "chart_line", "code"),
    foreign_key("unit", "unit", "code"),
    foreign_key("fund", "fund", "code"),
    foreign_key("owner_id", "party", "party_id"),
    check_constraint("account_id_check", "account_id > 0"),
)
