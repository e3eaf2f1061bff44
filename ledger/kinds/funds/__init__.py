"""Funds: gifts, dues and grants that come in, and money moved between purposes."""
