"""Registers: descriptive data (names, terms of office, budgets, readings); each version is written by an act."""

from __future__ import annotations

from ledger.models.column_types import (
    bigint_column,
    books_table,
    bytes_column,
    check_constraint,
    community_id_column,
    foreign_key,
    json_checks,
    text_column,
)

register_row = books_table(
    "register_row",
    community_id_column(),
    text_column("register", "The register, such as `member` or `budget-line`.", primary_key=True),
    text_column("key", "The key of the item.", primary_key=True),
    bigint_column("act_id", "The act that wrote this version; the newest is valid.", primary_key=True),
    text_column("body", "The item as the JSON text that is hashed; null removes it.", nullable=True),
    foreign_key("act_id", "act"),
    check_constraint("register_check", "register <> ''"),
    check_constraint("key_check", "key <> ''"),
    *json_checks("body", nullable=True),
)

party_text = books_table(
    "party_text",
    community_id_column(),
    bigint_column("party_id", "The party of the name.", primary_key=True),
    text_column("part", "`name`, or `user` for the sign-in name.", primary_key=True),
    bigint_column("act_id", "The act that wrote this version; the newest is valid.", primary_key=True),
    bytes_column("mac", "Binds name and salt to party and act; hashed into the chain, and kept after an erasure."),
    bytes_column("salt", "32 random bytes, without which the MAC reveals nothing; null once erased.", nullable=True),
    text_column("body", "The name; null once erased.", nullable=True),
    bigint_column("erased_act", "The act that erased it.", nullable=True),
    foreign_key("party_id", "party"),
    foreign_key("act_id", "act"),
    foreign_key("erased_act", "act", "act_id"),
    check_constraint("part_check", "part IN ('name', 'user')"),
    check_constraint("mac_check", "length(mac) = 32"),
    check_constraint("salt_check", "length(salt) = 32"),
    check_constraint("erased_check", "(salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL)"),
)
