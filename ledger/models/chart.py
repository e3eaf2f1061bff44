"""The chart: what is counted, in which fund, on which line, for whom. A leaf of it is an account that postings move."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint

from ledger.models.column_types import books_table, check, community_number, in_community, number, refers, words

unit = books_table(
    "unit",
    community_number(),
    words("code", "`min`, `EUR`, `NV`: what an amount counts.", primary_key=True),
    words("kind", "Time, money or barter value; amounts of two units never convert."),
    number("scale", "Digits after the point: 2 for EUR, 0 for minutes."),
    in_community(),
    check("code_check", "code <> ''"),
    check("kind_check", "kind IN ('time', 'money', 'value')"),
    check("scale_check", "scale BETWEEN 0 AND 6"),
)

fund = books_table(
    "fund",
    community_number(),
    words(
        "code", "A pot with its own purpose, such as GEN or EMF; every entry balances within each.", primary_key=True
    ),
    in_community(),
    check("code_check", "code <> ''"),
)

chart_line = books_table(
    "chart_line",
    community_number(),
    words("code", "The number or letters of the line in the chart of accounts.", primary_key=True),
    words("class", "Asset, liability, equity, income or expense."),
    in_community(),
    check("code_check", "code <> ''"),
    check("class_check", "class IN ('ASSET', 'LIABILITY', 'EQUITY', 'INCOME', 'EXPENSE')"),
)

programme = books_table(
    "programme",
    community_number(),
    words("code", "An activity that costs and hours are told apart by.", primary_key=True),
    in_community(),
    check("code_check", "code <> ''"),
)

decision = books_table(
    "decision",
    community_number(),
    number("decision_id", "Counted up within the community.", primary_key=True),
    words("code", "What the minutes call it."),
    UniqueConstraint("code", "community_id"),
    in_community(),
    check("decision_id_check", "decision_id > 0"),
    check("code_check", "code <> ''"),
)

account = books_table(
    "account",
    community_number(),
    number("account_id", "Counted up within the community.", primary_key=True),
    words("chart", "The chart line it is a leaf of."),
    words("unit", "What its amounts count."),
    words("fund", "The fund it belongs to."),
    number("owner_id", "Whose it is: a member, household, group, peer or outside party; 0 is the community."),
    UniqueConstraint("account_id", "unit", "fund", "community_id"),
    UniqueConstraint("owner_id", "chart", "unit", "fund", "community_id"),
    refers("chart", "chart_line", "code"),
    refers("unit", "unit", "code"),
    refers("fund", "fund", "code"),
    refers("owner_id", "party", "party_id"),
    check("account_id_check", "account_id > 0"),
)
