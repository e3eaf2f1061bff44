"""Equity: where the books begin."""
