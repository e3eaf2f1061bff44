"""The journal: entries with their lines and texts, and the months of the entries."""

from __future__ import annotations

from sqlalchemy import Index, UniqueConstraint, text

from ledger.models.column_types import (
    LARGEST,
    bigint_column,
    books_table,
    bytes_column,
    check_constraint,
    community_foreign_key,
    community_id_column,
    day_column,
    engine_check,
    foreign_key,
    instant_check,
    instant_column,
    json_checks,
    partial_index,
    text_column,
)

_MONTH_ON_SQLITE = (
    "period_id = CAST(substr(effective_on, 1, 4) AS INTEGER) * 100 + CAST(substr(effective_on, 6, 2) AS INTEGER)"
)
_MONTH_ON_POSTGRESQL = "period_id = extract(year FROM effective_on) * 100 + extract(month FROM effective_on)"

period = books_table(
    "period",
    community_id_column(),
    bigint_column("period_id", "A calendar month: 202603 is March 2026.", primary_key=True),
    text_column("state", "Only an open month takes entries.", server_default=text("'open'")),
    bigint_column("act_id", "The last act that closed or reopened it.", nullable=True),
    community_foreign_key(),
    foreign_key("act_id", "act"),
    check_constraint("period_id_check", "period_id BETWEEN 190001 AND 299912 AND period_id % 100 BETWEEN 1 AND 12"),
    check_constraint("state_check", "state IN ('open', 'closed')"),
)

journal_entry = books_table(
    "journal_entry",
    community_id_column(),
    bigint_column("entry_id", "The number printed on paper.", primary_key=True),
    text_column("kind", "The kind of entry by its slug, such as `hours` or `sale`."),
    text_column("family", "The group of figures that it belongs to."),
    day_column("effective_on", "The date of the entry, in the community's time zone."),
    bigint_column("period_id", "The month of the date."),
    instant_column("recorded_at", "When it was recorded, by the database's clock."),
    day_column("about_on", "The real day, if that day's month is closed.", nullable=True),
    bigint_column("entered_by", "The party who recorded it."),
    bigint_column("on_behalf_of", "The party for whom someone else recorded it.", nullable=True),
    bigint_column("confirmed_by", "The second person, other than entered_by.", nullable=True),
    bigint_column("decision_id", "The decision that it is based on.", nullable=True),
    bigint_column("reverses", "The entry that it reverses, line for line.", nullable=True),
    bigint_column("corrects", "The reversed entry that it replaces.", nullable=True),
    bigint_column("agreement_id", "The agreement that it is part of.", nullable=True),
    text_column("document", "The number of the receipt or invoice.", nullable=True),
    text_column("privacy", "Who may read its texts.", server_default=text("'members'")),
    text_column("idem_scope", "The channel that the key came through."),
    text_column("idem_key", "Idempotency key: identifies one request, even if it is sent again."),
    bytes_column("fingerprint", "SHA-256 of the request, to detect another request with the same key."),
    text_column("facts", "The kind's own fields, as the JSON text that is hashed.", server_default=text("'{}'")),
    UniqueConstraint("idem_key", "idem_scope", "community_id"),
    foreign_key("entry_id", "seal", "seq", deferred=True),
    foreign_key("period_id", "period"),
    foreign_key("entered_by", "party", "party_id"),
    foreign_key("on_behalf_of", "party", "party_id"),
    foreign_key("confirmed_by", "party", "party_id"),
    foreign_key("decision_id", "decision"),
    foreign_key("reverses", "journal_entry", "entry_id"),
    foreign_key("corrects", "journal_entry", "entry_id"),
    foreign_key("agreement_id", "agreement"),
    check_constraint("entry_id_check", "entry_id > 0"),
    check_constraint("kind_check", "kind <> ''"),
    check_constraint(
        "family_check",
        "family IN ('exchange', 'community', 'partner', 'barter', 'opening', 'year-close', 'other')",
    ),
    engine_check("sqlite", "effective_on_check", "date(effective_on, '+0 days') IS effective_on"),
    engine_check(
        "sqlite",
        "about_on_check",
        "about_on IS NULL OR (date(about_on, '+0 days') IS about_on AND about_on < effective_on)",
    ),
    engine_check("postgresql", "about_on_check", "about_on < effective_on"),
    check_constraint("confirmed_by_check", "confirmed_by <> entered_by"),
    check_constraint("reverses_check", "reverses < entry_id"),
    check_constraint("corrects_check", "corrects < entry_id"),
    check_constraint("document_check", "document <> ''"),
    check_constraint("privacy_check", "privacy IN ('open', 'members', 'private')"),
    check_constraint("idem_scope_check", "idem_scope <> ''"),
    check_constraint("idem_key_check", "length(idem_key) BETWEEN 1 AND 200"),
    check_constraint("fingerprint_check", "length(fingerprint) = 32"),
    engine_check("sqlite", "month_check", _MONTH_ON_SQLITE),
    engine_check("postgresql", "month_check", _MONTH_ON_POSTGRESQL),
    instant_check("recorded_at"),
    *json_checks("facts"),
)
_entry, _community = journal_entry.c, journal_entry.c.community_id
partial_index("journal_entry_reversed_once", "reverses IS NOT NULL", _entry.reverses, _community, unique=True)
partial_index("journal_entry_corrected", "corrects IS NOT NULL", _entry.corrects, _community)
partial_index("journal_entry_agreement", "agreement_id IS NOT NULL", _entry.agreement_id, _community)
Index("journal_entry_month", _entry.period_id, _community)

posting = books_table(
    "posting",
    community_id_column(),
    bigint_column("entry_id", "The entry it is a line of.", primary_key=True),
    bigint_column("line", "The number of the line in the entry, from 1.", primary_key=True),
    bigint_column("account_id", "The account."),
    text_column("unit", "The account's unit; the foreign key keeps it equal."),
    text_column("fund", "The account's fund; the foreign key keeps it equal."),
    day_column("effective_on", "The entry's date."),
    bigint_column("period_id", "The entry's month."),
    text_column("programme", "The activity that it is reported by.", nullable=True),
    bigint_column("amount", "In minor units: debit positive, credit negative."),
    bigint_column("quantity_milli", "A measured quantity in thousandths: 640 kWh is 640000.", nullable=True),
    text_column("quantity_unit", "The unit of the quantity: kWh, kg, nights.", nullable=True),
    text_column("method", "How it was measured: metered, estimated, stated or weighed.", nullable=True),
    foreign_key("entry_id", "journal_entry"),
    foreign_key("account_id unit fund", "account"),
    foreign_key("programme", "programme", "code"),
    check_constraint("line_check", "line > 0"),
    check_constraint("amount_check", f"amount <> 0 AND amount BETWEEN -{LARGEST} AND {LARGEST}"),
    check_constraint("quantity_milli_check", f"quantity_milli BETWEEN -{LARGEST} AND {LARGEST}"),
    check_constraint("quantity_unit_check", "quantity_unit <> ''"),
    check_constraint("method_check", "method IN ('metered', 'estimated', 'stated', 'weighed')"),
    check_constraint(
        "quantity_check",
        "(quantity_milli IS NULL) = (quantity_unit IS NULL) AND (quantity_unit IS NULL) = (method IS NULL)",
    ),
    engine_check("sqlite", "month_check", _MONTH_ON_SQLITE),
    engine_check("postgresql", "month_check", _MONTH_ON_POSTGRESQL),
)
Index("posting_statement", posting.c.account_id, posting.c.community_id, posting.c.effective_on)
Index("posting_month", posting.c.period_id, posting.c.account_id, posting.c.community_id)

entry_text = books_table(
    "entry_text",
    community_id_column(),
    bigint_column("entry_id", "The entry of the text.", primary_key=True),
    text_column("part", "Narration, reason (of a reversal), note or subject.", primary_key=True),
    bytes_column("mac", "Binds text and salt to the entry; hashed into the chain, and kept after an erasure."),
    bytes_column("salt", "32 random bytes, without which the MAC reveals nothing; null once erased.", nullable=True),
    text_column("body", "The text; null once erased.", nullable=True),
    bigint_column("erased_act", "The act that erased it.", nullable=True),
    foreign_key("entry_id", "journal_entry"),
    foreign_key("erased_act", "act", "act_id"),
    check_constraint("part_check", "part IN ('narration', 'reason', 'note', 'subject')"),
    check_constraint("mac_check", "length(mac) = 32"),
    check_constraint("salt_check", "length(salt) = 32"),
    check_constraint("erased_check", "(salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL)"),
)
