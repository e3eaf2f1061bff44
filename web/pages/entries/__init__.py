"""Entries, accounts, and recording a new entry."""
