"""Registers: whatever describes (names, terms of office, budgets, readings), each version written by an act."""

from __future__ import annotations

from ledger.models.column_types import books_table, check, community_number, digest, json_checks, number, refers, words

register_row = books_table(
    "register_row",
    community_number(),
    words("register", "Which register, such as `member` or `budget-line`.", primary_key=True),
    words("key", "Which item in it.", primary_key=True),
    number("act_id", "The act that wrote this version; the newest stands.", primary_key=True),
    words("body", "The item as the JSON text that is hashed; null withdraws it.", nullable=True),
    refers("act_id", "act"),
    check("register_check", "register <> ''"),
    check("key_check", "key <> ''"),
    *json_checks("body", nullable=True),
)

party_text = books_table(
    "party_text",
    community_number(),
    number("party_id", "Whose name it is.", primary_key=True),
    words("part", "`name`, or `user` for the name they sign in by.", primary_key=True),
    number("act_id", "The act that wrote this version; the newest stands.", primary_key=True),
    digest("mac", "Binds name and salt to party and act; hashed into the chain, and it stays when they go."),
    digest("salt", "32 random bytes, without which the MAC says nothing; null once erased.", nullable=True),
    words("body", "The name; null once erased.", nullable=True),
    number("erased_act", "The act that erased it.", nullable=True),
    refers("party_id", "party"),
    refers("act_id", "act"),
    refers("erased_act", "act", "act_id"),
    check("part_check", "part IN ('name', 'user')"),
    check("mac_check", "length(mac) = 32"),
    check("salt_check", "length(salt) = 32"),
    check("erased_check", "(salt IS NULL) = (body IS NULL) AND (body IS NULL) = (erased_act IS NOT NULL)"),
)
