"""Posting entries, and reading entries, balances and statements."""
